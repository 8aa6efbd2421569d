using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>The names of traffic control's messages; <see cref="MessageCatalog"/> says how a family adds its own.</summary>
public static class TcCatalog
{
    private static readonly AttributeSpace ActionMessages = AttributeSpace.Of<tcamsg, TCA_ROOT>((TCA_ROOT.TCA_ROOT_TAB, TcAttributes.Actions))
        .With(ValueFormat.Bitfield32, TCA_ROOT.TCA_ROOT_FLAGS)
        .With(ValueFormat.U32, TCA_ROOT.TCA_ROOT_COUNT, TCA_ROOT.TCA_ROOT_TIME_DELTA)
        .With(ValueFormat.String, TCA_ROOT.TCA_ROOT_EXT_WARN_MSG);

    /// <summary>All of them.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty
        .Add(NETLINK.NETLINK_ROUTE, TcAttributes.Messages, RTM_TC.RTM_NEWQDISC, RTM_TC.RTM_DELQDISC, RTM_TC.RTM_GETQDISC)
        .Add(NETLINK.NETLINK_ROUTE, TcAttributes.Messages, RTM_TC.RTM_NEWTCLASS, RTM_TC.RTM_DELTCLASS, RTM_TC.RTM_GETTCLASS)
        .Add(NETLINK.NETLINK_ROUTE, TcAttributes.Messages, RTM_TC.RTM_NEWTFILTER, RTM_TC.RTM_DELTFILTER, RTM_TC.RTM_GETTFILTER)
        .Add(NETLINK.NETLINK_ROUTE, TcAttributes.Messages, RTM_TC.RTM_NEWCHAIN, RTM_TC.RTM_DELCHAIN, RTM_TC.RTM_GETCHAIN)
        .Add(NETLINK.NETLINK_ROUTE, ActionMessages, RTM_TC.RTM_NEWACTION, RTM_TC.RTM_DELACTION, RTM_TC.RTM_GETACTION);
}
