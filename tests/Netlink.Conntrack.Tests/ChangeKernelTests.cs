using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Changes of flows that are there: what is meant changes, and nothing else.</summary>
[Trait("Category", "Kernel")]
public sealed class ChangeKernelTests : IDisposable
{
    private readonly KernelTable _table = new();

    public ChangeKernelTests()
    {
        Requires.Tool("nft");
        Witness.Run(_table.Namespace, "nft", "add table inet t");
        Witness.Run(_table.Namespace, "nft", "add chain inet t c");
        Witness.Run(_table.Namespace, "nft", "add rule inet t c ct label set 1");
        Client.Create(Before);
    }

    public static TheoryData<FlowChange, Flow> Changes
    {
        get
        {
            var tcp = Before.Tcp!.Value;
            return new TheoryData<FlowChange, Flow>
            {
                { default, Before },
                { new() { Mark = new MaskedMark(0) }, Before with { Mark = 0 } },
                { new() { Mark = new MaskedMark(5, 0xff) }, Before with { Mark = 0x70005 } },
                { new() { Timeout = TimeSpan.FromSeconds(77) }, Before with { Timeout = TimeSpan.FromSeconds(77) } },
                { new() { Status = FlowStatus.SeenReply | FlowStatus.Assured }, Before with { Status = FlowStatus.SeenReply | FlowStatus.Assured } },
                { new() { Labels = new(ConntrackLabels.Of(0, 127), ConntrackLabels.Of(0, 1, 127)) }, Before with { Labels = ConntrackLabels.Of(0, 64, 127) } },
                { new() { Labels = new(default) }, Before with { Labels = null } },
                { new() { Labels = new(default, ConntrackLabels.Of(64)) }, Before with { Labels = ConntrackLabels.Of(1) } },
                { new() { Tcp = new() { State = TcpState.CloseWait } }, Before with { Tcp = tcp with { State = TcpState.CloseWait } } },
                { new() { Tcp = new() { OriginalFlags = TcpFlags.BeLiberal } }, Before with { Tcp = tcp with { OriginalFlags = tcp.OriginalFlags | TcpFlags.BeLiberal } } },
                { new() { Tcp = new() { OriginalFlags = TcpFlags.None, OriginalFlagsMask = TcpFlags.SackPermitted } }, Before with { Tcp = tcp with { OriginalFlags = TcpFlags.WindowScale } } },
                { new() { Tcp = new() { OriginalWindowScale = 1, ReplyWindowScale = 2 } }, Before with { Tcp = tcp with { OriginalWindowScale = 1, ReplyWindowScale = 2 } } },
                { new() { OriginalSequence = new(1, -2, 3) }, Before with { OriginalSequence = new(1, -2, 3), ReplySequence = default(SequenceAdjustment) } },
                { new() { SynProxy = new(1, 2, 3) }, Before with { SynProxy = new(1, 2, 3) } },
                { new() { Helper = new FlowHelper("") }, Before with { Helper = null } },
                { new() { Helper = new FlowHelper("ftp") }, Before },
            };
        }
    }

    private static Flow Before { get; } = new()
    {
        Original = new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 21),
        Timeout = TimeSpan.FromSeconds(600),
        Mark = 0x70001,
        Labels = ConntrackLabels.Of(1, 64),
        Helper = new FlowHelper("ftp"),
        Status = FlowStatus.SeenReply,
        Tcp = new TcpTracking
        {
            State = TcpState.Established,
            OriginalFlags = TcpFlags.WindowScale | TcpFlags.SackPermitted,
            ReplyFlags = TcpFlags.WindowScale,
            OriginalWindowScale = 7,
            ReplyWindowScale = 9,
        },
        SynProxy = default(SynProxyState),
    };

    private ConntrackClient Client => _table.Client;

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_Is_Meant_Changes_And_Nothing_Else(FlowChange change, Flow after)
    {
        Client.Update(Before.Original, change);
        AssertIs(after);

        // And once more through a batch: the same again.
        var batch = new NetlinkBatch();
        batch.UpdateFlow(Before.Original, change);
        batch.UpdateFlow(Flows.Udp6, change);
        Assert.Equal(1, Client.Send(batch).Refused);
        AssertIs(after);
    }

    [Fact]
    public void Made_Or_Changed_It_Is_What_Was_Asked_For()
    {
        // Of a flow that is there, what is null stays.
        var wanted = new Flow { Original = Before.Original, Timeout = TimeSpan.FromSeconds(99), Mark = 5, Tcp = new TcpTracking { State = TcpState.CloseWait } };
        var id = Client.Get(Before.Original).Id;
        Client.CreateOrUpdate(wanted);
        AssertIs(Before with { Timeout = wanted.Timeout, Mark = 5, Tcp = Before.Tcp!.Value with { State = TcpState.CloseWait } });
        Assert.Equal(id, Client.Get(Before.Original).Id);

        // And again once it is gone, through a batch: now it has nothing else.
        Client.Delete(Before.Original);
        var batch = new NetlinkBatch();
        batch.CreateOrUpdateFlow(wanted);
        batch.CreateOrUpdateFlow(wanted with { Mark = 6 });
        batch.CreateFlow(wanted);
        Assert.Equal(1, Client.Send(batch).Refused);
        var made = Client.Get(Before.Original);
        Assert.Equal((6u, TcpState.CloseWait, default(ConntrackLabels), TcpFlags.None), (made.Mark, made.Tcp!.Value.State, made.Labels ?? default, made.Tcp.Value.OriginalFlags));
        Assert.Single(Client.List());
    }

    [Fact]
    public void What_Can_Only_Be_Made_Is_Refused_Where_It_Is_There()
    {
        var translated = Flows.New(Flows.Udp4) with { SourceNat = NatRange.To(InetAddress.Parse("203.0.113.5")) };
        Assert.True(Client.TryCreateOrUpdate(translated, out _));
        Assert.False(Client.TryCreateOrUpdate(translated, out var error));
        Assert.Equal(Errno.EOPNOTSUPP, error.Number);
        Assert.Equal(
            "IPCTNL_MSG_CT_NEW create or update udp 192.0.2.1:41000 -> 198.51.100.1:443: EOPNOTSUPP",
            Assert.Throws<NetlinkException>(() => Client.CreateOrUpdate(translated)).Message);
        // What was read has its translation by its status; without that it is changed.
        var read = Client.Get(Flows.Udp4);
        Assert.False(Client.TryCreateOrUpdate(read with { Mark = 7 }, out error));
        Assert.Equal(Errno.EOPNOTSUPP, error.Number);
        Client.CreateOrUpdate(read with { Mark = 7, Status = null });
        Assert.Equal((7u, read.Reply, read.Id), (Client.Get(Flows.Udp4).Mark, Client.Get(Flows.Udp4).Reply, Client.Get(Flows.Udp4).Id));
        // Another flow has the answers' tuple already.
        var clash = new ConntrackTuple(IpProtocol.Udp, Flows.Client4, 41001, Flows.Server4, 443);
        Assert.False(Client.TryCreateOrUpdate(Flows.New(clash) with { Reply = Client.Get(Flows.Udp4).Reply }, out error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Throws<ArgumentException>(() => Client.CreateOrUpdate(new Flow { Original = clash }));
    }

    [Fact]
    public void What_Cannot_Be_Changed_Is_Refused_By_Name()
    {
        Assert.Equal(Errno.EBUSY, Refusal(new FlowChange { Status = FlowStatus.Assured })); // SeenReply is set, and cannot be taken away
        Assert.Equal(Errno.EBUSY, Refusal(new FlowChange { Status = FlowStatus.SeenReply | FlowStatus.Dying }));
        // A kernel without that helper does not come to see that there is another already.
        Assert.Contains(Refusal(new FlowChange { Helper = new FlowHelper("sip") }), (int[])[Errno.EBUSY, Errno.EOPNOTSUPP]);
        AssertIs(Before);
        Assert.Equal(
            "IPCTNL_MSG_CT_NEW mark 0x1, timeout 00:00:05, helper sip on udp [2001:db8::1]:41000 -> [2001:db8::2]:443: ENOENT",
            Assert.Throws<NetlinkException>(() => Client.Update(Flows.Udp6, new FlowChange { Mark = new MaskedMark(1), Timeout = TimeSpan.FromSeconds(5), Helper = new FlowHelper("sip") })).Message);

        using var unlabelled = new KernelTable();
        unlabelled.Client.Create(Flows.New(Flows.Tcp4));
        Assert.False(unlabelled.Client.TryUpdate(Flows.Tcp4, new FlowChange { Labels = new MaskedLabels(ConntrackLabels.Of(3)) }, out var error));
        Assert.Equal(Errno.ENOSPC, error.Number);
        Assert.False(unlabelled.Client.TryUpdate(Flows.Tcp4, new FlowChange { Helper = new FlowHelper("ftp") }, out error));
        Assert.Equal(Errno.EOPNOTSUPP, error.Number);
    }

    [Fact]
    public void What_Has_No_Place_In_A_Message_Is_Refused_Before()
    {
        Assert.Throws<ArgumentException>(() => Client.Update(Before.Original, new FlowChange { Helper = new FlowHelper("sixteen bytes ...") }));
        Assert.Throws<ArgumentException>(() => Client.Update(Before.Original, new FlowChange { Helper = new FlowHelper("ftp") { Info = new byte[33] } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client.Update(Before.Original, new FlowChange { Timeout = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => new MaskedLabels(ConntrackLabels.Of(3), ConntrackLabels.Of(4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConntrackLabels.Of(128));
        Assert.Throws<ArgumentException>(() => Client.Create(Flows.New(Flows.Tcp4) with { SourceNat = NatRange.To(Flows.Client6) }));
        Assert.Throws<ArgumentException>(() => Client.Create(Flows.New(Flows.Tcp4) with { SourceNat = new NatRange { LastPort = 5 } }));
        AssertIs(Before);
    }

    [Fact]
    public void An_Association_Changes()
    {
        var tuple = new ConntrackTuple(IpProtocol.Sctp, Flows.Client6, 5, Flows.Server6, 6);
        Client.Create(Flows.New(tuple) with { Sctp = new SctpTracking(SctpState.CookieWait, 1, 2) });
        Client.Update(tuple, new FlowChange { Sctp = new SctpTracking(SctpState.Established, 3, 4) });
        Assert.Equal(new SctpTracking(SctpState.Established, 3, 4), Client.Get(tuple).Sctp);
    }

    private int Refusal(in FlowChange change)
    {
        Assert.False(Client.TryUpdate(Before.Original, change, out var error));
        return error.Number;
    }

    private void AssertIs(Flow wanted)
    {
        var flow = Client.Get(wanted.Original);
        Assert.InRange(flow.Timeout!.Value, wanted.Timeout!.Value - TimeSpan.FromSeconds(30), wanted.Timeout.Value);
        // The kernel adds what it decides itself; no label is none.
        Assert.Equal(
            wanted with { Reply = wanted.Original.Inverted(), Status = null, Timeout = null, Labels = wanted.Labels ?? default(ConntrackLabels) },
            flow with { Status = null, Timeout = null, Id = null, UseCount = null, Labels = flow.Labels ?? default(ConntrackLabels) });
        Assert.Equal(wanted.Status, flow.Status & (FlowStatus.SeenReply | FlowStatus.Assured | FlowStatus.FixedTimeout));
    }
}
