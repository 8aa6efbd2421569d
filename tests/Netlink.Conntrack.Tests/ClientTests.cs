using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>The client against a kernel that follows a script: what a real one does too seldom to wait for.</summary>
public sealed class ClientTests : IDisposable
{
    private static readonly byte[] Reply = Golden.Load("table.txt")[0];

    private readonly ScriptedTransport _kernel = new();
    private readonly ConntrackClient _client;

    public ClientTests() => _client = new ConntrackClient(new NetlinkSocket(_kernel));

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_Interrupted_Dump_Is_Made_Again(int interruptions)
    {
        _kernel.OnSend = sent => Dump(sent, interrupted: _kernel.Sent.Count <= interruptions, objects: _kernel.Sent.Count);

        Assert.Equal(interruptions + 1, _client.List().Count); // what the last one brought, and nothing of those before
        Assert.Equal(interruptions + 1, _kernel.Sent.Count);
    }

    [Fact]
    public void A_Dump_That_Is_Always_Interrupted_Is_Given_Up_And_Never_Returned()
    {
        _kernel.OnSend = sent => Dump(sent, interrupted: true, objects: 3);

        var exception = Assert.Throws<NetlinkException>(() => _client.List(new FlowFilter { Mark = new MaskedMark(5, 0xff) }));
        Assert.Equal(Errno.EINTR, exception.Error.Number);
        Assert.Equal("IPCTNL_MSG_CT_GET dump of mark 0x5/0xff: EINTR: the table changed while it was dumped", exception.Message);
        Assert.Equal(5, _kernel.Sent.Count);

        var sink = default(CountingSink);
        Assert.False(_client.TryDump(default, ref sink, out var error));
        Assert.Equal((Errno.EINTR, 3), (error.Number, sink.Count));
    }

    [Fact]
    public void A_Refused_Dump_Is_Not_Made_Again()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EPERM));
        Assert.Equal("IPCTNL_MSG_CT_GET dump of all flows: EPERM", Assert.Throws<NetlinkException>(() => _client.List()).Message);
        Assert.Single(_kernel.Sent);
    }

    [Fact]
    public void What_The_Kernel_Lets_Through_Is_Compared_Again()
    {
        // A kernel that ignores every condition.
        _kernel.OnSend = sent => Dump(sent, interrupted: false, objects: 2);
        Assert.Equal(2, _client.List(new FlowFilter { Mark = new MaskedMark(Messages.Flow(Reply).Mark!.Value) }).Count);
        Assert.Empty(_client.List(new FlowFilter { Mark = new MaskedMark(0x12345678) }));
        var other = Messages.Flow(Reply).Original.Family == InetFamily.IPv4 ? InetFamily.IPv6 : InetFamily.IPv4;
        Assert.Empty(_client.List(new FlowFilter { Family = other }));
    }

    [Fact]
    public void A_Kernel_That_Does_Not_Know_The_Tuple_Filter_Is_Asked_Once_And_Gets_A_Plain_Dump()
    {
        _kernel.OnSend = sent => Dump(sent, interrupted: false, objects: 2);
        var original = Messages.Flow(Reply).Original;
        var filter = new FlowFilter { Family = original.Family, Original = new TupleFilter { Protocol = original.Protocol, DestinationPort = original.DestinationPort } };

        Assert.Equal(2, _client.List(filter).Count);
        Assert.Empty(_client.List(filter with { Original = filter.Original with { DestinationPort = 1 } }));
        Assert.False(_client.FiltersTuplesInKernel);
        Assert.Equal(3, _kernel.Sent.Count);
        Assert.Equal(32, _kernel.Sent[0].Length); // the question
        Assert.All(_kernel.Sent.Skip(1), sent => Assert.Equal(20, sent.Length));
    }

    [Fact]
    public void A_Kernel_That_Knows_The_Tuple_Filter_Refuses_The_Question()
    {
        _kernel.OnSend = sent =>
        {
            if (_kernel.Sent.Count == 1)
                _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EINVAL));
            else
                Dump(sent, interrupted: false, objects: 1);
        };
        Assert.Empty(_client.List(new FlowFilter { Family = InetFamily.IPv4, Original = new TupleFilter { Protocol = IpProtocol.Tcp } }));
        Assert.True(_client.FiltersTuplesInKernel);
        Assert.Equal(2, _kernel.Sent.Count);
        Assert.Equal(20 + 4 + 4 + 8 + 4 + 8, _kernel.Sent[1].Length);
    }

    [Fact]
    public void An_Unclear_Answer_To_The_Question_Is_An_Error_And_Asked_Again()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EPERM));
        Assert.Contains("CTA_FILTER", Assert.Throws<NetlinkException>(() => _client.FiltersTuplesInKernel).Message, StringComparison.Ordinal);
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EINVAL));
        Assert.True(_client.FiltersTuplesInKernel);
    }

    [Fact]
    public void Refusals_Say_What_Was_Asked_Of_What()
    {
        // NLMSGERR_ATTR_MSG and NLMSGERR_ATTR_OFFS, which points at CTA_MARK.
        byte[] details = [11, 0, 1, 0, .. "not so"u8, 0, 0, 8, 0, 2, 0, 72, 0, 0, 0];
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.ENOENT, _kernel.Sent.Count == 1 ? details : []));

        Assert.Equal(
            "IPCTNL_MSG_CT_NEW mark 0x5/0xffff on tcp 192.0.2.1:5000 -> 198.51.100.1:443: ENOENT: not so (CTA_MARK)",
            Assert.Throws<NetlinkException>(() => _client.SetMark(Flows.Tcp4, new MaskedMark(5, 0xffff))).Message);
        Assert.Equal("IPCTNL_MSG_CT_GET udp [2001:db8::1]:41000 -> [2001:db8::2]:443 zone 7: ENOENT", Assert.Throws<NetlinkException>(() => _client.Get(Flows.Udp6.InZone(7))).Message);
        Assert.Equal("IPCTNL_MSG_CT_NEW create tcp 192.0.2.1:5000 -> 198.51.100.1:443: ENOENT", Assert.Throws<NetlinkException>(() => _client.Create(Flows.New(Flows.Tcp4))).Message);
        Assert.Equal("IPCTNL_MSG_CT_DELETE tcp 192.0.2.1:5000 -> 198.51.100.1:443 id 7: ENOENT", Assert.Throws<NetlinkException>(() => _client.Delete(Flows.Tcp4, 7)).Message);
        Assert.Equal("IPCTNL_MSG_CT_GET_STATS: ENOENT", Assert.Throws<NetlinkException>(() => _client.GetStatistics()).Message);
    }

    [Fact]
    public void An_Acknowledgement_Without_The_Object_Is_Malformed()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        Assert.Throws<NetlinkFormatException>(() => _client.TryGet(Flows.Tcp4, out _, out _));
        Assert.Throws<NetlinkFormatException>(() => _client.Get(Flows.Tcp4));
        Assert.Throws<NetlinkFormatException>(() => _client.TryGetStatistics(out _, out _));
    }

    [Fact]
    public void What_A_Sink_Throws_Comes_Out_And_The_Client_Stays_Usable()
    {
        _kernel.OnSend = sent => Dump(sent, interrupted: false, objects: 3);
        var sink = new ThrowingSink();
        Assert.Throws<InvalidTimeZoneException>(() => _client.TryDump(default, ref sink, out _));
        Assert.Equal(3, _client.List().Count);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(Errno.ENOENT, true)] // what was expected has come already
    [InlineData(Errno.EPERM, false)]
    public void A_New_Expectation_Gets_Its_Timeout_By_A_Request_Of_Its_Own(int errno, bool isMade)
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, _kernel.Sent.Count == 2 ? errno : 0));
        var expectation = new Expectation { Master = Flows.Tcp4, Tuple = Flows.Tcp4.Inverted(), Timeout = TimeSpan.FromSeconds(7) };
        Assert.Equal(isMade, _client.TryCreateExpectation(expectation, out var error));
        Assert.Equal(isMade ? 0 : errno, error.Number);
        var update = ExpectationRequest.Update(new byte[ExpectationRequest.MaximumLength], expectation.Tuple, TimeSpan.FromSeconds(7)).Message.ToArray();
        Assert.Equal(2, _kernel.Sent.Count);
        Assert.Equal(update[16..], _kernel.Sent[1][16..]);

        Assert.True(_client.TryCreateExpectation(expectation with { Timeout = null }, out _));
        Assert.Equal(3, _kernel.Sent.Count);
    }

    /// <summary>The kernel ignores it in a flow that is made.</summary>
    [Fact]
    public void A_Copy_Brings_What_A_Helper_Keeps_With_A_Change()
    {
        var flow = Flows.New(Flows.Udp4) with { Helper = new FlowHelper("ours") { Info = new byte[] { 1, 2, 3 } } };
        var told = FlowRequest.Create(new byte[FlowRequest.MaximumLength], flow).Message.ToArray();
        _kernel.OnSend = sent => Dump(sent, interrupted: false, objects: 1, told);
        using var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, 0));
        using var target = new ConntrackClient(new NetlinkSocket(kernel));
        Assert.Equal(new FlowCopy(1, 0), _client.CopyTo(target));
        var change = FlowRequest.Update(new byte[FlowRequest.MaximumLength], flow.Original, new FlowChange { Helper = flow.Helper }).Message.ToArray();
        Assert.Equal(2, kernel.Sent.Count);
        Assert.Equal(change[16..], kernel.Sent[1][16..]);
    }

    private void Dump(byte[] request, bool interrupted, int objects, byte[]? reply = null)
    {
        reply ??= Reply;
        var flag = interrupted ? NLM_F.NLM_F_DUMP_INTR : NLM_F.NONE;
        for (var i = 0; i < objects; i++)
            _kernel.Reply(ScriptedTransport.Message(BitConverter.ToUInt16(reply, 4), NLM_F.NLM_F_MULTI | (i == 0 ? flag : 0), ScriptedTransport.SequenceOf(request), reply.AsSpan(16)));
        _kernel.Reply(ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI | flag, ScriptedTransport.SequenceOf(request), new byte[4]));
    }

    private struct CountingSink : IFlowSink
    {
        public int Count { get; private set; }

        public void Flow(scoped in FlowView flow) => Count++;
    }

    private readonly struct ThrowingSink : IFlowSink
    {
        public void Flow(scoped in FlowView flow) => throw new InvalidTimeZoneException();
    }
}
