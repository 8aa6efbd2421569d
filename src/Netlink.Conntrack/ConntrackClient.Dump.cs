using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>Dumps.</content>
public sealed partial class ConntrackClient
{
    private const int MaximumAttempts = 5;

    // 0: not asked yet; 1: yes; -1: no. Two threads may ask at once and learn the same.
    private volatile int _filtersTuples;

    /// <summary>
    /// Whether the kernel compares tuples in a dump (<c>CTA_FILTER</c>, Linux 5.8). An older one ignores the wish without a word
    /// and sends everything, which is then compared here. Asked once, of the kernel.
    /// </summary>
    public bool FiltersTuplesInKernel
    {
        get
        {
            if (_filtersTuples == 0)
                _filtersTuples = ProbeTupleFilter() ? 1 : -1;
            return _filtersTuples > 0;
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
    [SkipLocalsInit]
    public bool TryDump<TSink>(in FlowFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IFlowSink, allows ref struct
    {
        var asked = filter.Original.IsEmpty || FiltersTuplesInKernel ? filter : filter with { Original = default };
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        using var replies = _socket.Exchange(FlowRequest.Dump(buffer, asked).Message, FlowRequest.Space);
        while (replies.MoveNext())
        {
            var flow = FlowView.Read(replies.Current);
            if (filter.Matches(flow))
                sink.Flow(flow);
        }

        error = replies.Error.IsSuccess && replies.Interrupted ? Interrupted : replies.Error;
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

    /// <summary>All flows that a filter wants. A dump that the table changed under is made again, five times at most.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed under every attempt (EINTR).</exception>
    public IReadOnlyList<Flow> List(in FlowFilter filter = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var sink = new ListSink([]);
            if (TryDump(filter, ref sink, out var error))
                return sink.Flows;
            if (error.Number != Errno.EINTR || attempt == MaximumAttempts)
                throw Refused(error, filter);
        }
    }

    private static NetlinkError Interrupted => new(Errno.EINTR) { Message = "the table changed while it was dumped" };

    private static NetlinkException Refused(in NetlinkError error, in FlowFilter filter) => new(error, $"IPCTNL_MSG_CT_GET dump of {filter}");

    /// <summary>
    /// Names a part of the original tuple and sends no tuple. A kernel that knows the attribute refuses that (EINVAL), whatever
    /// is in the table; one that does not answers with everything.
    /// </summary>
    [SkipLocalsInit]
    private bool ProbeTupleFilter()
    {
        Span<byte> buffer = stackalloc byte[FlowRequest.MaximumLength];
        var message = MessageWriter.Begin(buffer, FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_GET), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        var attributes = message.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)InetFamily.IPv4 });
        using (var filter = attributes.NestFlagged<CTA_FILTER>(CTA.CTA_FILTER))
        {
            filter.Put(CTA_FILTER.CTA_FILTER_ORIG_FLAGS, (uint)CTA_FILTER_F.CTA_FILTER_F_CTA_PROTO_NUM);
        }

        using var replies = _socket.Exchange(message.Message, FlowRequest.Space);
        while (replies.MoveNext())
        {
            // What comes is not wanted; that it comes is the answer.
        }

        return replies.Error.Number switch
        {
            0 => false,
            Errno.EINVAL => true,
            _ => throw new NetlinkException(replies.Error, "IPCTNL_MSG_CT_GET dump to learn whether CTA_FILTER is known"),
        };
    }

    private readonly struct ListSink(List<Flow> flows) : IFlowSink
    {
        public List<Flow> Flows { get; } = flows;

        public void Flow(scoped in FlowView flow) => Flows.Add(flow.ToFlow());
    }
}
