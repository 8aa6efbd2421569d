using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>A refusal says what was asked and what the kernel would have taken.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public RefusalTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Fact]
    public void Policy_Tells_Type_And_Range()
    {
        var error = Refuse(Script.Request(), Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5), null);
        Assert.Equal(new AttributePolicy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5), error.Policy);
        Assert.Equal("ERANGE, expected U8 from 1 to 5", error.ToString());
        Assert.Same(error.Policy, Refuse(Script.Request(), Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5), null).Policy);
        Assert.Equal(ulong.MaxValue, Refuse(Script.Request(), Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U64, 0, ulong.MaxValue), null).Policy!.Maximum);
    }

    [Theory]
    [InlineData("08000100 06000000 0c000200 ffffffffffffffff 0c000300 0700000000000000", "S8 from -1 to 7")]
    [InlineData("08000100 0c000000 08000700 0f000000", "NUL_STRING of at most 15 bytes")]
    [InlineData("08000100 0a000000 08000600 04000000 08000700 04000000", "BINARY of 4 bytes")]
    [InlineData("08000100 0a000000 08000600 04000000 08000700 10000000", "BINARY of 4 to 16 bytes")]
    [InlineData("08000100 0a000000 08000600 04000000", "BINARY of at least 4 bytes")]
    [InlineData("08000100 0f000000 08000a00 03000000", "BITFIELD32 of the bits 0x3")]
    [InlineData("08000100 04000000 0c000c00 ff00000000000000", "U32 of the bits 0xff")]
    [InlineData("08000100 04000000 0c000500 0900000000000000", "U32 up to 9")]
    [InlineData("08000100 63000000", "type 99")]
    [InlineData("08000100 0d000000 08000800 01000000 08000900 02000000", "NESTED")]
    public void Every_Kind_Of_Policy_Is_Read(string hex, string expected) =>
        Assert.Equal(expected, Refuse(Script.Request(), Policy(hex), null).Policy?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0600010004000000")] // a type of 2 bytes
    [InlineData("ff00010004000000")] // runs past its nest
    [InlineData("08000200 ffffffff")] // a minimum of 4 bytes
    public void Broken_Policy_Hides_Nothing_Else(string hex)
    {
        var error = Refuse(Script.Request(), [.. Script.Explain("Words", offset: 20), .. Policy(hex)], null);
        Assert.Equal((Errno.ERANGE, "Words", "offset 20", null), (error.Number, error.Message, error.Attribute, error.Policy));
    }

    [Fact]
    public void Refusal_Says_What_Was_Asked_Of_What()
    {
        using var client = new RouteClient(_socket);
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.EPERM));
        Assert.False(client.TryAddLink("shape0", default(IfbLink), default, out var error));
        Assert.Equal("RTM_NEWLINK ifb shape0", error.Request);
        Assert.False(client.TryChangeLink(7, new LinkChange { Name = "other" }, out error));
        Assert.Equal("RTM_NEWLINK on index 7", error.Request);
        Assert.False(client.TryDeleteLink(7, out error));
        Assert.Equal("RTM_DELLINK on index 7", error.Request);
        Assert.False(client.TryAddAddress(5, System.Net.IPAddress.Loopback, 8, 0, out error));
        Assert.Equal("RTM_NEWADDR on index 5", error.Request);
        Assert.False(client.TryAddDefaultRoute(6, System.Net.IPAddress.Loopback, out error));
        Assert.Equal("RTM_NEWROUTE on index 6", error.Request);
    }

    [Fact]
    public void Refusal_In_A_Batch_About_Everything_Has_The_Names_Of_Its_Own_Message()
    {
        using var client = new RouteClient(_socket);
        var batch = new NetlinkBatch();
        batch.DeleteLink(7);
        batch.AddAddress(new LinkAddress { LinkIndex = 5, Address = System.Net.IPAddress.Loopback, PrefixLength = 8 });
        batch.DeleteRule(new RoutingRule { Family = 2, Priority = 9 });
        _kernel.OnSend = sent =>
        {
            for (var at = 0; at < sent.Length; at += BitConverter.ToInt32(sent, at))
                _kernel.Reply(ScriptedTransport.Ack(sent.AsSpan(at), Errno.EINVAL, Script.Explain(offset: 24)));
        };
        var sink = new Refusals([]);
        Assert.Equal(new BatchResult(3, 3, false), client.Send(batch, ref sink));
        Assert.Equal(["RTM_DELLINK on index 7", "RTM_NEWADDR on index 5", "RTM_DELRULE"], sink.Errors.Select(static e => e.Request));
        Assert.Equal("IFA_LOCAL", sink.Errors[1].Attribute);
    }

    [Fact]
    public void Malformed_Request_Is_Told_By_Its_Type()
    {
        // A nest that runs past the message; the kernel says no, and so do the names.
        var message = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(default).Put(IFLA.IFLA_LINKINFO, [0xff, 0xff, 1, 0]);
        Assert.Equal("RTM_NEWLINK", Refuse(message.Message.ToArray(), [], RouteCatalog.Links).Request);
        var empty = MessageWriter.Begin(new byte[16], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE).Message.ToArray();
        Assert.Equal("RTM_NEWLINK", Refuse(empty, [], RouteCatalog.Links).Request);
    }

    [Fact]
    public void Success_Says_Nothing_And_A_Warning_Says_What_It_Is_About()
    {
        var request = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_DELLINK, NLM_F.NONE);
        request.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = 3 });
        var bytes = request.Message.ToArray();
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        Assert.True(_socket.TryRequest(bytes, RouteCatalog.Links, out var error));
        Assert.Equal(default, error);
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0, Script.Explain("Deprecated")));
        Assert.True(_socket.TryRequest(bytes, RouteCatalog.Links, out error));
        Assert.Equal(("Deprecated", "RTM_DELLINK on index 3"), (error.Message, error.Request));
    }

    [Fact]
    public void Refusal_That_Was_Met_Before_Allocates_Nothing()
    {
        var request = MessageWriter.Begin(new byte[128], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        var attributes = request.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(IFLA.IFLA_IFNAME, "shape0");
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.PutString(IFLA_INFO.IFLA_INFO_KIND, "ifb");
        }

        var bytes = request.Message.ToArray();
        var answer = ScriptedTransport.Ack(new byte[16], Errno.ERANGE, [.. Script.Explain("Out of range", offset: 32), .. Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5)]);
        using var socket = new NetlinkSocket(new ReplayTransport(answer));
        Allocations.None(() => Assert.True(
            !socket.TryRequest(bytes, RouteCatalog.Links, out var error) && error is { Request: "RTM_NEWLINK ifb shape0", Attribute: "IFLA_IFNAME", Policy: not null }));
    }

    private readonly struct Refusals(List<NetlinkError> errors) : IBatchSink
    {
        public List<NetlinkError> Errors { get; } = errors;

        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error) => Errors.Add(error);
    }

    private static byte[] Policy(string hex)
    {
        var message = MessageWriter.Begin(new byte[128], 0, NLM_F.NONE);
        message.PutHeader<nfgenmsg, NLMSGERR_ATTR>(default).Put(NLMSGERR_ATTR.NLMSGERR_ATTR_POLICY, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        return message.Message[20..].ToArray();
    }

    private NetlinkError Refuse(byte[] request, byte[] explanation, AttributeSpace? space)
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, Errno.ERANGE, explanation));
        Assert.False(_socket.TryRequest(request, space, out var error));
        return error;
    }
}
