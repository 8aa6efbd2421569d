using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Dumps.</content>
public sealed partial class ConntrackClient
{
    private const int MaximumAttempts = 5;

    private readonly KnownFilters _known;

    /// <summary>
    /// Whether the kernel compares tuples in a dump (<c>CTA_FILTER</c>, Linux 5.8). An older one ignores the wish without a word
    /// and sends everything, which is then compared here. Asked once, of the kernel.
    /// </summary>
    public bool FiltersTuplesInKernel
    {
        get
        {
            if (_known.Tuples == 0)
                _known.Tuples = ProbeTupleFilter() ? 1 : -1;
            return _known.Tuples > 0;
        }
    }

    /// <summary>
    /// Whether the kernel compares the status in a dump (<c>CTA_STATUS_MASK</c>, Linux 5.15). An older one sends everything, which is then compared here.
    /// Asked once, of the kernel.
    /// </summary>
    public bool FiltersStatusInKernel
    {
        get
        {
            if (_known.Status == 0)
                _known.Status = ProbeStatusFilter() ? 1 : -1;
            return _known.Status > 0;
        }
    }

    /// <summary>
    /// Whether the kernel compares the zone in a dump (Linux 6.8). An older one sends everything, which is then compared here. Asked until the kernel's table
    /// had a flow that tells; null: it had none yet. To ask costs a dump of the whole table, and of an older kernel two.
    /// </summary>
    public bool? FiltersZonesInKernel
    {
        get
        {
            if (_known.Zones == 0)
                _known.Zones = ProbeZoneFilter();
            return _known.Zones == 0 ? null : _known.Zones > 0;
        }
    }

    /// <summary>Hands every flow that a filter wants to a sink, as it comes. Allocates nothing per flow.</summary>
    /// <param name="filter">The kernel leaves the others out as far as it can; what it sends is compared again.</param>
    /// <param name="sink">
    /// Has had what came also where the dump fails later. It must not use this client. What it throws comes out here, after the rest of the
    /// dump was read.
    /// </param>
    /// <param name="error">EINTR: the table changed under the dump, so that flows may be missing or doubled.</param>
    /// <remarks>
    /// A dump is no snapshot, and the kernel does not tell so: flows that begin or end meanwhile are in it or not, and a flow may come twice
    /// where one that ended had marked the kernel's place.
    /// </remarks>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A flow makes no sense.</exception>
    public bool TryDump<TSink>(in FlowFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFlowSink, allows ref struct => TryDump(filter, FlowList.Table, ref sink, out error);

    /// <summary>Hands every flow of one of the kernel's lists that a filter wants to a sink, as it comes. Allocates nothing per flow.</summary>
    /// <param name="filter">The kernel leaves the others out as far as it can; what it sends is compared again.</param>
    /// <param name="list">Which list, and whether counters are set to zero. Then the kernel has to leave out the others by itself: it would set theirs to zero, too.</param>
    /// <param name="sink">As for the table.</param>
    /// <param name="error">EINTR: the list changed under the dump, so that flows may be missing or doubled.</param>
    /// <exception cref="ArgumentException">Counters are to be set to zero under a filter that this kernel cannot compare all of.</exception>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">A flow makes no sense.</exception>
    [SkipLocalsInit]
    public bool TryDump<TSink>(in FlowFilter filter, FlowList list, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFlowSink, allows ref struct
    {
        error = default;
        if (list == FlowList.TableAndZeroCounters && !IsTheKernelsAlone(filter))
            return true; // there is no flow
        var asked = !filter.HasTuples || FiltersTuplesInKernel ? filter : filter with { Original = default, Reply = default };
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Dump(buffer, asked, list).Message, FlowRequest.Space, _limit);
        if (filter.IsEmpty)
        {
            while (replies.MoveNext())
                sink.Flow(FlowView.Read(replies.Current));
        }
        else
        {
            while (replies.MoveNext())
            {
                var flow = FlowView.Read(replies.Current);
                if (filter.Matches(flow))
                    sink.Flow(flow);
            }
        }

        error = replies.Outcome;
        return error.IsSuccess;
    }

    /// <summary>Hands every flow that a filter wants to a sink, as it comes. Allocates nothing per flow.</summary>
    /// <param name="filter">The kernel leaves the others out as far as it can; what it sends is compared again.</param>
    /// <param name="sink">It must not use this client.</param>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed under the dump (EINTR), which the sink has had by then.</exception>
    public void Dump<TSink>(in FlowFilter filter, ref TSink sink)
        where TSink : struct, IFlowSink, allows ref struct
    {
        if (!TryDump(filter, ref sink, out var error))
            throw Refused(error, filter);
    }

    /// <summary>Hands every flow of one of the kernel's lists that a filter wants to a sink, as it comes. Allocates nothing per flow.</summary>
    /// <param name="filter">The kernel leaves the others out as far as it can; what it sends is compared again.</param>
    /// <param name="list">Which list, and whether counters are set to zero.</param>
    /// <param name="sink">It must not use this client.</param>
    /// <exception cref="ArgumentException">Counters are to be set to zero under a filter that this kernel cannot compare all of.</exception>
    /// <exception cref="NetlinkException">The kernel refused, or the list changed under the dump (EINTR), which the sink has had by then.</exception>
    public void Dump<TSink>(in FlowFilter filter, FlowList list, ref TSink sink)
        where TSink : struct, IFlowSink, allows ref struct
    {
        if (!TryDump(filter, list, ref sink, out var error))
            throw Refused(error, filter, list);
    }

    /// <summary>All flows that a filter wants. A dump that the table changed under is made again, five times at most.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed under every attempt (EINTR).</exception>
    public IReadOnlyList<Flow> List(in FlowFilter filter = default) => List(filter, FlowList.Table);

    /// <summary>
    /// All flows of one of the kernel's lists that a filter wants. A dump that the list changed under is made again, five times at most, unless it sets counters to zero.
    /// </summary>
    /// <param name="filter">The kernel leaves the others out as far as it can; what it sends is compared again.</param>
    /// <param name="list">Which list, and whether counters are set to zero.</param>
    /// <exception cref="ArgumentException">Counters are to be set to zero under a filter that this kernel cannot compare all of.</exception>
    /// <exception cref="NetlinkException">The kernel refused, or the list changed under every attempt (EINTR).</exception>
    public IReadOnlyList<Flow> List(in FlowFilter filter, FlowList list)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sink = new ListSink([]);
            if (TryDump(filter, list, ref sink, out var error))
                return sink.Flows;
            // What was set to zero once is not to be had again: then the flows that came are worth more than a second try.
            if (error.Number == Errno.EINTR && list == FlowList.TableAndZeroCounters)
                return sink.Flows;
            if (error.Number != Errno.EINTR || attempt == MaximumAttempts)
                throw Refused(error, filter, list);
        }
    }

    private static NetlinkException Refused(in NetlinkError error, in FlowFilter filter, FlowList list = FlowList.Table) =>
        new(error, $"{FlowRequest.TypeOf(list)} dump of {filter}");

    /// <summary>Whether this kernel leaves out what a filter does not want, flow by flow, on its own; false where there is no flow to tell by.</summary>
    private bool IsTheKernelsAlone(in FlowFilter filter)
    {
        var can = filter.IsKernelsAlone && (!filter.HasTuples || FiltersTuplesInKernel) && (filter.Status.Mask == 0 || FiltersStatusInKernel);
        var zones = !can || filter.Zone is null ? true : FiltersZonesInKernel;
        if (!can || zones == false)
            throw new ArgumentException($"This kernel cannot compare all of the filter, and would set the counters of other flows to zero: {filter}.", nameof(filter));
        return zones is not null;
    }

    private readonly struct ListSink(List<Flow> flows) : IFlowSink
    {
        public List<Flow> Flows { get; } = flows;

        public void Flow(scoped in FlowView flow) => Flows.Add(flow.ToFlow());
    }
}
