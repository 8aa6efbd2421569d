using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The names of the attributes in traffic control's messages, for errors. What is inside <c>TCA_OPTIONS</c> is known for every kind
/// that the process has used.
/// </summary>
public static class TcAttributes
{
    private const int MaximumActions = 32; // TCA_ACT_MAX_PRIO

    /// <summary>A list of actions: nests numbered from 1, each with a <c>TCA_ACT_KIND</c>.</summary>
    public static AttributeSpace Actions { get; } = NameActions();

    /// <summary>Every message behind a <c>tcmsg</c>: hand it to <see cref="NetlinkBatch.Send(NetlinkSocket, AttributeSpace?, WaitLimit)"/>.</summary>
    public static AttributeSpace Messages { get; } = AttributeSpace.Of<tcmsg, TCA>().WithKinds(TCA.TCA_KIND, TCA.TCA_OPTIONS, KnownKinds.Find);

    private static AttributeSpace NameActions()
    {
        var action = AttributeSpace.Of<TCA_ACT>().WithKinds(TCA_ACT.TCA_ACT_KIND, TCA_ACT.TCA_ACT_OPTIONS, KnownActions.Find);
        Span<(ActionOrder, AttributeSpace)> orders = new (ActionOrder, AttributeSpace)[MaximumActions];
        for (var i = 0; i < orders.Length; i++)
            orders[i] = ((ActionOrder)(i + 1), action);
        return AttributeSpace.Of<ActionOrder>(orders);
    }
}
