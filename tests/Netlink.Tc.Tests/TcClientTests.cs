using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests;

/// <summary>The client against a kernel that follows a script.</summary>
public sealed class TcClientTests : IDisposable
{
    private static readonly ClassKey Ten = new(4, new TcHandle(1, 0x10));
    private static readonly HtbClass Htb = new(Psched.Parse("000003e8 00000040 000f4240 3b9aca00"), Rate.Parse("8mbit"));

    private readonly ScriptedTransport _kernel = new();
    private readonly TcClient _client;

    public TcClientTests() => _client = new TcClient(new NetlinkSocket(_kernel));

    public void Dispose()
    {
        _client.Dispose();
        _kernel.Dispose();
    }

    [Fact]
    public void Interrupted_Dump_Is_Made_Again()
    {
        var dumps = 0;
        _kernel.OnSend = request => Dump(request, interrupted: ++dumps < 3);
        Assert.Equal(2, _client.ListClasses(4).Count);
        Assert.Equal(3, dumps);
    }

    [Theory]
    [InlineData("qdiscs", "RTM_GETQDISC dump on ifindex 4")]
    [InlineData("classes", "RTM_GETTCLASS dump of 1: on ifindex 4")]
    [InlineData("filters", "RTM_GETTFILTER dump of 1: on ifindex 4")]
    public void Dump_That_Is_Always_Interrupted_Is_Never_Returned(string what, string request)
    {
        var dumps = 0;
        _kernel.OnSend = sent =>
        {
            dumps++;
            Dump(sent, interrupted: true);
        };
        var e = Assert.Throws<NetlinkException>(() =>
        {
            _ = what switch
            {
                "qdiscs" => _client.ListQdiscs(4).Count,
                "classes" => _client.ListClasses(4, new TcHandle(1, 0)).Count,
                _ => _client.ListFilters(4, new TcHandle(1, 0)).Count,
            };
        });
        Assert.Equal(8, dumps);
        Assert.Equal($"{request}: EINTR: the table changed during each of 8 dumps", e.Message);
    }

    [Fact]
    public void Frugal_Dump_Says_That_It_Was_Interrupted()
    {
        _kernel.OnSend = request => Dump(request, interrupted: true);
        var sink = default(Count);
        Assert.False(_client.TryDumpClasses(4, default, ref sink, out var error));
        Assert.Equal(Errno.EINTR, error.Number);
        Assert.Equal(2, sink.Classes);
    }

    [Fact]
    public void Refused_Dump_Is_Not_Made_Again()
    {
        _kernel.OnSend = request => _kernel.Reply(ScriptedTransport.Ack(request, Errno.EPERM));
        var e = Assert.Throws<NetlinkException>(() => _client.ListClasses(4));
        Assert.Equal("RTM_GETTCLASS dump of none on ifindex 4: EPERM", e.Message);
        Assert.Single(_kernel.Sent);
    }

    [Fact]
    public void Warning_With_A_Success_Reaches_The_Caller()
    {
        _kernel.OnSend = request => _kernel.Reply(ScriptedTransport.Ack(request, 0, Text("quantum of class 10010 is big")));
        Assert.True(_client.TryAddClass(Ten, new TcHandle(1, 0), Htb, out var error));
        Assert.Equal("quantum of class 10010 is big", error.Message);
    }

    [Fact]
    public void Refusal_Names_What_Was_Asked_Of_What()
    {
        _kernel.OnSend = request => _kernel.Reply(ScriptedTransport.Ack(request, Errno.EINVAL, [.. Text("no"), .. Offset(48)]));
        var e = Assert.Throws<NetlinkException>(() => _client.AddClass(Ten, new TcHandle(1, 0), Htb));
        Assert.Equal("RTM_NEWTCLASS htb 1:10 on ifindex 4: EINVAL: no (TCA_OPTIONS/TCA_HTB_PARMS)", e.Message);
        e = Assert.Throws<NetlinkException>(() => _client.DeleteClass(Ten));
        Assert.Equal("RTM_DELTCLASS 1:10 on ifindex 4", e.Request);
        e = Assert.Throws<NetlinkException>(() => _client.GetClass(Ten));
        Assert.Equal("RTM_GETTCLASS 1:10 on ifindex 4", e.Request);
        var filter = new FilterKey(4, new TcHandle(1, 0), 10, FilterProtocol.IPv4, 0x10);
        e = Assert.Throws<NetlinkException>(() => _client.AddFilter(filter, new FwFilter { ClassId = Ten.ClassId }));
        Assert.Equal("RTM_NEWTFILTER fw 1: chain 0 prio 10 IPv4 handle 0x10 on ifindex 4: EINVAL: no (TCA_OPTIONS/TCA_FW_CLASSID)", e.Message);
        e = Assert.Throws<NetlinkException>(() => _client.DeleteFilter(filter, FwFilter.Kind));
        Assert.Equal("RTM_DELTFILTER fw 1: chain 0 prio 10 IPv4 handle 0x10 on ifindex 4", e.Request);
    }

    [Fact]
    public void Get_Takes_What_Came_Before_The_Acknowledgement()
    {
        _kernel.OnSend = request =>
        {
            Assert.True(((NLM_F)BitConverter.ToUInt16(request, 6)).HasFlag(NLM_F.NLM_F_ECHO)); // else the kernel tells the subscribers alone
            _kernel.Reply(Class(request, NLM_F.NONE, 0x10));
            _kernel.Reply(ScriptedTransport.Ack(request, 0));
        };
        Assert.Equal(Ten, _client.GetClass(Ten).Key);
    }

    [Fact]
    public void Acknowledged_Get_Without_An_Answer_Is_An_Error()
    {
        _kernel.OnSend = request => _kernel.Reply(ScriptedTransport.Ack(request, 0));
        Assert.False(_client.TryGetClass(Ten, out _, out var error));
        Assert.Equal("ENOENT: the kernel acknowledged and told nothing", error.ToString());
        Assert.False(_client.TryGetQdisc(QdiscKey.Ingress(4), out _, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Fact]
    public void Malformed_Object_Ends_The_Dump_And_Leaves_The_Client_Usable()
    {
        _kernel.OnSend = request =>
        {
            _kernel.Reply(ScriptedTransport.Message((ushort)RTM_TC.RTM_NEWTCLASS, NLM_F.NLM_F_MULTI, ScriptedTransport.SequenceOf(request), new byte[10]));
            _kernel.Reply(Done(request));
        };
        Assert.Throws<NetlinkFormatException>(() => _client.ListClasses(4));
        _kernel.OnSend = request => Dump(request, interrupted: false);
        Assert.Equal(2, _client.ListClasses(4).Count);
    }

    /// <summary>Two classes in two datagrams.</summary>
    private void Dump(byte[] request, bool interrupted)
    {
        var flags = NLM_F.NLM_F_MULTI | (interrupted ? NLM_F.NLM_F_DUMP_INTR : NLM_F.NONE);
        _kernel.Reply(Class(request, NLM_F.NLM_F_MULTI, 0x10));
        _kernel.Reply(Class(request, flags, 0x11));
        _kernel.Reply(Done(request));
    }

    private static byte[] Class(byte[] request, NLM_F flags, ushort minor)
    {
        var bytes = new byte[256];
        var message = MessageWriter.Begin(bytes, (ushort)RTM_TC.RTM_NEWTCLASS, flags);
        var attributes = message.PutHeader<tcmsg, TCA>(new tcmsg { tcm_ifindex = 4, tcm_handle = new TcHandle(1, minor).Value });
        attributes.PutString(TCA.TCA_KIND, "htb"u8);
        Htb.Write(attributes);
        BitConverter.TryWriteBytes(message.Message[8..], ScriptedTransport.SequenceOf(request));
        return message.Message.ToArray();
    }

    private static byte[] Done(byte[] request) =>
        ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI, ScriptedTransport.SequenceOf(request), new byte[4]);

    private static byte[] Text(string text)
    {
        var message = MessageWriter.Begin(new byte[256], 0, NLM_F.NONE);
        message.PutHeader<uint, NLMSGERR_ATTR>(0).PutString(NLMSGERR_ATTR.NLMSGERR_ATTR_MSG, text);
        return message.Message[20..].ToArray();
    }

    private static byte[] Offset(uint offset)
    {
        var message = MessageWriter.Begin(new byte[256], 0, NLM_F.NONE);
        message.PutHeader<uint, NLMSGERR_ATTR>(0).Put(NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS, offset);
        return message.Message[20..].ToArray();
    }

    private struct Count : IClassSink
    {
        public int Classes { get; private set; }

        public void Class(scoped in ClassView view) => Classes++;
    }
}
