using System.Net;
using System.Net.Sockets;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>A table with everything in it, read by us and by a witness, and made again in another namespace.</summary>
[Trait("Category", "Kernel")]
public sealed class EveryFlowKernelTests : IDisposable
{
    private readonly FullTable _full = new();

    private KernelTable Table => _full.Table;

    private List<Flow> Made => _full.Made;

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Every_Attribute_Of_Every_Flow_Is_Read_As_A_Witness_In_C_Reads_It()
    {
        using var witness = new FlowWitness();
        var flows = Table.Client.List();
        Assert.InRange(flows.Count, 300, Made.Count);
        Assert.Equal(Made.Count, flows.Count);
        FlowWitness.AssertSame(witness.Dump(Table.Namespace), [.. flows.Select(FlowLines.Of)]);
    }

    [Fact]
    public void What_Was_Asked_For_Is_There()
    {
        var flows = Table.Client.List().ToDictionary(static f => f.Original);
        foreach (var wanted in Made)
        {
            var flow = flows[wanted.Original];
            Assert.Equal(wanted.Mark ?? 0, flow.Mark);
            Assert.Equal(wanted.Helper, flow.Helper);
            Assert.Equal(wanted.Labels, flow.Labels);
            Assert.Equal(wanted.Master, flow.Master);
            Assert.Equal(wanted.Master is not null, flow.Status!.Value.HasFlag(FlowStatus.Expected));
            Assert.Equal(wanted.Sctp ?? (wanted.Original.Protocol == IpProtocol.Sctp ? new SctpTracking(SctpState.None, 0, 0) : null), flow.Sctp);
            // Only a kernel that knows DCCP has its state.
            Assert.Equal(flow.Dccp is null ? null : wanted.Dccp ?? new DccpTracking(DccpState.None, OriginalIsServer: false, 0), flow.Dccp);
            Assert.Equal(wanted.Tcp?.State ?? (wanted.Original.Protocol == IpProtocol.Tcp ? TcpState.None : null), flow.Tcp?.State);
            Assert.Equal(wanted.Tcp?.OriginalWindowScale ?? (flow.Tcp is null ? null : 0), flow.Tcp?.OriginalWindowScale);
            Assert.Equal(wanted.SynProxy ?? default, flow.SynProxy);
            // An adjustment of one direction makes room for both.
            var isAdjusted = wanted.OriginalSequence is not null || wanted.ReplySequence is not null;
            Assert.Equal(isAdjusted ? wanted.OriginalSequence ?? default(SequenceAdjustment) : null, flow.OriginalSequence);
            Assert.Equal(isAdjusted ? wanted.ReplySequence ?? default(SequenceAdjustment) : null, flow.ReplySequence);
            Assert.Equal(isAdjusted, flow.Status.Value.HasFlag(FlowStatus.SequenceAdjusted));
            // The kernel marks a flow that was given a helper.
            Assert.Equal((wanted.Status ?? 0) | (wanted.Helper is null ? 0 : FlowStatus.Helper), flow.Status.Value & (FlowStatus.SeenReply | FlowStatus.Assured | FlowStatus.FixedTimeout | FlowStatus.Helper));
            Assert.InRange(flow.Timeout!.Value, wanted.Timeout!.Value - TimeSpan.FromSeconds(60), wanted.Timeout.Value);
            AssertTranslated(wanted, flow);
        }
    }

    [Fact]
    public void Copied_To_Another_Namespace_All_Of_Them_Are_The_Same_There()
    {
        using var other = KernelTable.WithLabels();
        var refusals = new RefusedFlows([]);
        var copy = Table.Client.CopyTo(other.Client, default, ref refusals);

        Assert.True(refusals.Refusals.Count == 0, string.Join('\n', refusals.Refusals));
        Assert.Equal(new FlowCopy(Made.Count, 0), copy);
        var originals = Table.Client.List().ToDictionary(static f => (f.Original, f.Reply), Comparable);
        var copies = other.Client.List().ToDictionary(static f => (f.Original, f.Reply), Comparable);
        Assert.Equal(originals.Keys.Order(Comparer<(ConntrackTuple, ConntrackTuple?)>.Create(static (a, b) => string.CompareOrdinal($"{a}", $"{b}"))), copies.Keys.Order(Comparer<(ConntrackTuple, ConntrackTuple?)>.Create(static (a, b) => string.CompareOrdinal($"{a}", $"{b}"))));
        foreach (var (key, original) in originals)
        {
            var (flow, timeout) = copies[key];
            Assert.Equal(original.Flow, flow);
            Assert.InRange((original.Timeout - timeout).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(60));
        }

        // And once more: all of them are there already.
        var again = new RefusedFlows([]);
        Assert.Equal(new FlowCopy(0, Made.Count), Table.Client.CopyTo(other.Client, default, ref again));
        Assert.All(again.Refusals, static r => Assert.Contains("EEXIST", r, StringComparison.Ordinal));
    }

    [Fact]
    public void A_Copy_Takes_What_The_Filter_Wants_And_Tells_Whose_Master_Is_Missing()
    {
        using var other = new KernelTable();
        var refusals = new RefusedFlows([]);
        var copy = Table.Client.CopyTo(other.Client, new FlowFilter { Original = new TupleFilter { DestinationPort = 20 } }, ref refusals);
        Assert.Equal(new FlowCopy(0, Made.Count(static f => f.Master is not null)), copy);
        Assert.All(refusals.Refusals, static r => Assert.Contains("ENOENT", r, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Table.Client.CopyTo(Table.Client));
    }

    /// <summary>The kernel takes window scales only where both sides offered one, and here one has not answered yet.</summary>
    [Fact]
    public void A_Connection_That_Waits_For_Its_Answer_Keeps_Its_Window_Scale()
    {
        using var table = new KernelTable(withTraffic: true);
        Witness.Run(table.Namespace, "nft", "add chain inet t in { type filter hook input priority 0; }");
        Witness.Run(table.Namespace, "nft", "add rule inet t in tcp dport 9 drop");
        using var socket = table.Namespace.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
        Assert.Equal(SocketError.WouldBlock, Assert.Throws<SocketException>(() => socket.Connect(IPAddress.Loopback, 9)).SocketErrorCode);
        var flow = Assert.Single(table.Client.List(new FlowFilter { Original = new TupleFilter { Protocol = IpProtocol.Tcp } }));
        Assert.True(flow.Tcp is { State: TcpState.SynSent, OriginalWindowScale: > 0, ReplyWindowScale: 0, ReplyFlags: TcpFlags.None }, $"{flow.Tcp}");

        using var other = new KernelTable();
        Assert.Equal(new FlowCopy(1, 0), table.Client.CopyTo(other.Client));
        Assert.Equal(flow.Tcp, other.Client.Get(flow.Original).Tcp);
    }

    /// <summary>A flow without what the kernel decides itself.</summary>
    private static (Flow Flow, TimeSpan Timeout) Comparable(Flow flow) =>
        (flow with { Id = null, UseCount = null, OriginalCounters = null, ReplyCounters = null, Timestamps = null, Timeout = null, SecurityContext = null }, flow.Timeout!.Value);

    private static void AssertTranslated(Flow wanted, Flow flow)
    {
        var reply = flow.Reply!.Value;
        if (wanted.SourceNat is null && wanted.DestinationNat is null)
        {
            Assert.Equal(wanted.Reply ?? wanted.Original.Inverted(), reply);
            return;
        }

        Assert.Equal(wanted.SourceNat?.First ?? wanted.Original.Source, reply.Destination);
        Assert.Equal(wanted.DestinationNat?.First ?? wanted.Original.Destination, reply.Source);
        if (wanted.DestinationNat?.FirstPort is { } port)
            Assert.Equal(port, reply.SourcePort);
        if (wanted.SourceNat?.FirstPort is { } first)
            Assert.InRange(reply.DestinationPort, first, wanted.SourceNat.Value.LastPort ?? first);
        Assert.Equal(reply.Destination != wanted.Original.Source || (!reply.IsIcmp && reply.DestinationPort != wanted.Original.SourcePort), flow.Status!.Value.HasFlag(FlowStatus.SourceNat));
        Assert.Equal(reply.Source != wanted.Original.Destination, flow.Status.Value.HasFlag(FlowStatus.DestinationNat));
        Assert.True(flow.Status.Value.HasFlag(FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone));
    }

    private readonly struct RefusedFlows(List<string> refusals) : IFlowCopySink
    {
        public List<string> Refusals { get; } = refusals;

        public void Refused(Flow flow, in NetlinkError error) => Refusals.Add($"{flow}: {error}");
    }
}
