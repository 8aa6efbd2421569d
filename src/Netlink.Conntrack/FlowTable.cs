using System.Runtime.CompilerServices;
using VffNetlink.Events;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// The flows of a namespace as a table to watch: <c>new TableWatch&lt;FlowKey, FlowInfo&gt;(new FlowTable())</c>. An entry has what every event tells: tuples, id, status and mark;
/// counters and timeouts change without an event, and are null.
/// </summary>
/// <remarks>
/// <para>A flow that was made while nobody had subscribed may send no event of its end (<see cref="FlowEventSetting.WithSubscriber"/>), and stays in the table until it is dumped
/// again.</para>
/// <para>With 100,000 flows a watch holds some 20 MB. Whoever needs less writes an <see cref="IFlowEventSink"/> that keeps what it needs.</para>
/// </remarks>
public sealed class FlowTable : WatchedTable<FlowKey, FlowInfo>
{
    private readonly FlowFilter _filter;

    /// <summary>All flows, or those that a filter wants: a flow leaves the table, too, where it no longer matches.</summary>
    /// <param name="filter">Which flows; labels cannot be among its conditions, since only events of their change tell them.</param>
    /// <exception cref="ArgumentException">The filter has labels.</exception>
    public FlowTable(in FlowFilter filter = default)
    {
        if (filter.Labels.Mask != default)
            throw new ArgumentException($"Events tell labels only where they change, so that no table can be kept by them: {filter}.", nameof(filter));
        _filter = filter;
    }

    /// <inheritdoc/>
    public override NETLINK Protocol => NETLINK.NETLINK_NETFILTER;

    /// <inheritdoc/>
    public override IReadOnlyList<uint> Groups { get; } = [(uint)NFNLGRP.NFNLGRP_CONNTRACK_NEW, (uint)NFNLGRP.NFNLGRP_CONNTRACK_UPDATE, (uint)NFNLGRP.NFNLGRP_CONNTRACK_DESTROY];

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override IReadOnlyList<FlowInfo> Dump(NetlinkSocket socket, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(socket);
        // Tuples are compared here alone: whether this kernel does is not worth asking.
        var filter = _filter;
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        var request = FlowRequest.Dump(buffer, filter with { Original = default, Reply = default }).Message;
        var all = socket.Dump(request, FlowRequest.Space, $"IPCTNL_MSG_CT_GET dump of {filter}", (scoped in NetlinkMessage m) => Wanted(FlowView.Read(m)), limit: cancellation);
        var flows = new List<FlowInfo>(all.Count);
        foreach (var flow in all)
            flows.Add(flow!.Value);
        return flows;
    }

    /// <inheritdoc/>
    public override TableEvent Read(scoped in NetlinkMessage message, out FlowInfo value)
    {
        value = default;
        if (ConntrackEvents.KindOf(message) is not { } kind)
            return TableEvent.None;
        var flow = FlowView.Read(message);
        value = Entry(flow);
        return kind != FlowEventKind.Destroy && _filter.Matches(flow) ? TableEvent.Set : TableEvent.Removed;
    }

    /// <inheritdoc/>
    public override FlowKey KeyOf(FlowInfo value) => new(value.Original, value.Id ?? 0);

    private FlowInfo? Wanted(scoped in FlowView flow) => _filter.Matches(flow) ? Entry(flow) : null;

    private static FlowInfo Entry(scoped in FlowView flow) => new()
    {
        Original = flow.Original,
        Reply = flow.Reply,
        Id = flow.Id,
        Status = flow.Status,
        Mark = flow.Mark ?? 0,
    };
}
