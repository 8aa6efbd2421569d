namespace VffNetlink.Conntrack.Tests;

[Trait("Category", "Kernel")]
public sealed class BatchKernelTests : IDisposable
{
    private readonly KernelTable _table = new();
    private readonly NetlinkBatch _batch = new();

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Thousands_Of_Look_Ups_And_Changes_Each_With_Its_Own_Result(bool ipv6)
    {
        const int Count = 5000;
        // Every third is not there.
        for (var i = 0; i < Count; i++)
        {
            if (i % 3 != 0)
                Assert.Equal(_batch.Count, _batch.CreateFlow(Flows.New(Tuple(i, ipv6), 0x70000)));
        }

        Assert.True(_table.Client.Send(_batch).IsSuccess);

        _batch.Clear();
        for (var i = 0; i < Count; i++)
            Assert.Equal(i, _batch.SetFlowMark(Tuple(i, ipv6), new MaskedMark((uint)i, 0xffff)));
        var marks = new Results(new uint?[Count], new int[Count]);
        Assert.Equal(new BatchResult(Count, (Count + 2) / 3, RepliesLost: false), _table.Client.Send(_batch, ref marks));

        _batch.Clear();
        for (var i = 0; i < Count; i++)
            Assert.Equal(i, _batch.GetFlow(Tuple(i, ipv6)));
        var flows = new Results(new uint?[Count], new int[Count]);
        Assert.Equal(new BatchResult(Count, (Count + 2) / 3, RepliesLost: false), _table.Client.Send(_batch, ref flows));
        for (var i = 0; i < Count; i++)
        {
            var isThere = i % 3 != 0;
            Assert.Equal(isThere ? 0 : Errno.ENOENT, marks.Refusals[i]);
            Assert.Equal(isThere ? 0 : Errno.ENOENT, flows.Refusals[i]);
            Assert.Equal(isThere ? (uint)i | 0x70000 : null, flows.Marks[i]);
        }

        // The tool's view of the same.
        Assert.Equal(flows.Marks.Where(static m => m is not null).Order(), _table.ByTool().Values.Select(static f => (uint?)f.Descendants("mark").Single()).Order());
    }

    [Fact]
    public void Flows_Are_Deleted_By_Id()
    {
        var made = new List<Flow>();
        for (var i = 0; i < 100; i++)
        {
            _table.Client.Create(Flows.New(Tuple(i, false)));
            made.Add(_table.Client.Get(Tuple(i, false)));
        }

        for (var i = 0; i < 100; i++)
            _batch.DeleteFlow(made[i].Original, made[i].Id + (uint)(i % 2));
        Assert.Equal(new BatchResult(100, 50, RepliesLost: false), _table.Client.Send(_batch));
        Assert.Equal(made.Where(static (_, i) => i % 2 == 1).Select(static f => f.Id!.Value).Order(), _table.ByTool().Keys.Order());
    }

    private static ConntrackTuple Tuple(int i, bool ipv6)
    {
        var protocol = i % 2 == 0 ? IpProtocol.Tcp : IpProtocol.Udp;
        return ipv6 ? Flows.Numbered6(i, protocol) : Flows.Numbered(i, protocol);
    }

    private readonly struct Results(uint?[] marks, int[] refusals) : IBatchSink
    {
        public uint?[] Marks { get; } = marks;

        public int[] Refusals { get; } = refusals;

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            var flow = FlowView.Read(message);
            Assert.Equal(Tuple(index, flow.Family == InetFamily.IPv6), flow.Original);
            Marks[index] = flow.Mark;
        }

        public void Refused(int index, in NetlinkError error) => Refusals[index] = error.Number;
    }
}
