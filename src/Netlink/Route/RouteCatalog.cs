using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The names of rtnetlink's messages about links, addresses and routes; <see cref="MessageCatalog"/> says how a family adds its own.</summary>
public static class RouteCatalog
{
    /// <summary>Links, behind an <c>ifinfomsg</c>.</summary>
    public static AttributeSpace Links { get; } = LinkNames.CreateSpace();

    /// <summary>Addresses, behind an <c>ifaddrmsg</c>.</summary>
    public static AttributeSpace Addresses { get; } = AttributeSpace.Of<ifaddrmsg, IFA>()
        .WithHeader(ValueFormat.Struct<ifaddrmsg>().Field(nameof(ifaddrmsg.ifa_family), ValueFormat.Names<InetFamily>()))
        .With(ValueFormat.Address, IFA.IFA_ADDRESS, IFA.IFA_LOCAL, IFA.IFA_BROADCAST, IFA.IFA_ANYCAST, IFA.IFA_MULTICAST)
        .With(ValueFormat.String, IFA.IFA_LABEL)
        .With(ValueFormat.Hex, IFA.IFA_FLAGS)
        .With(ValueFormat.U32, IFA.IFA_RT_PRIORITY)
        .With(ValueFormat.S32, IFA.IFA_TARGET_NETNSID)
        .With(ValueFormat.U8, IFA.IFA_PROTO)
        .WithRequests<RTM>(static (scoped in request, scoped ref text) => RequestText.PutIndex(ref text, (int)request.ReadHeader<ifaddrmsg>().ifa_index));

    /// <summary>Routes, behind an <c>rtmsg</c>.</summary>
    public static AttributeSpace Routes { get; } = AttributeSpace.Of<rtmsg, RTA>((RTA.RTA_MULTIPATH, AttributeSpace.OfRecords<rtnexthop, RTA>()
            .With(ValueFormat.Address, RTA.RTA_GATEWAY)
            .With(RouteFormats.Via, RTA.RTA_VIA)
            .With(ValueFormat.U32, RTA.RTA_FLOW)
            .With(ValueFormat.U16, RTA.RTA_ENCAP_TYPE)))
        .WithHeader(ValueFormat.Struct<rtmsg>()
            .Field(nameof(rtmsg.rtm_family), ValueFormat.Names<InetFamily>())
            .Field(nameof(rtmsg.rtm_flags), ValueFormat.Hex))
        .With(ValueFormat.Address, RTA.RTA_DST, RTA.RTA_SRC, RTA.RTA_GATEWAY, RTA.RTA_PREFSRC, RTA.RTA_NEWDST)
        .With(RouteFormats.Via, RTA.RTA_VIA)
        .With(ValueFormat.U32, RTA.RTA_IIF, RTA.RTA_OIF, RTA.RTA_PRIORITY, RTA.RTA_FLOW, RTA.RTA_TABLE, RTA.RTA_EXPIRES, RTA.RTA_UID, RTA.RTA_NH_ID)
        .With(ValueFormat.Hex, RTA.RTA_MARK)
        .With(ValueFormat.U16, RTA.RTA_ENCAP_TYPE)
        .With(ValueFormat.U8, RTA.RTA_PREF, RTA.RTA_TTL_PROPAGATE)
        .With(ValueFormat.Names<IpProtocol>(), RTA.RTA_IP_PROTO)
        .With(ValueFormat.U16BigEndian, RTA.RTA_SPORT, RTA.RTA_DPORT)
        .WithRequests<RTM>(static (scoped in request, scoped ref text) =>
        {
            if (request.Attributes<rtmsg, RTA>().TryFind(RTA.RTA_OIF, out var link))
                RequestText.PutIndex(ref text, link.ReadInt32());
        });

    /// <summary>All of them.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty
        .Add(NETLINK.NETLINK_ROUTE, Links, RTM.RTM_NEWLINK, RTM.RTM_DELLINK, RTM.RTM_GETLINK, RTM.RTM_SETLINK)
        .Add(NETLINK.NETLINK_ROUTE, Addresses, RTM.RTM_NEWADDR, RTM.RTM_DELADDR, RTM.RTM_GETADDR)
        .Add(NETLINK.NETLINK_ROUTE, Routes, RTM.RTM_NEWROUTE, RTM.RTM_DELROUTE, RTM.RTM_GETROUTE);
}
