using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>Dumps against a scripted kernel: interrupted, cut, refused.</summary>
public sealed class ClientTests : IDisposable
{
    private const int Tries = 8;

    private static readonly byte[][] Tables = [.. Golden.Load("answers.txt").Where(static a => a[4] == (byte)NFT_MSG.NFT_MSG_NEWTABLE)];
    private static readonly byte[][] Elements = [.. Golden.Load("answers.txt").Where(static a => a[4] == (byte)NFT_MSG.NFT_MSG_NEWSETELEM)];

    private readonly ScriptedTransport _kernel = new();
    private readonly NftClient _client;

    public ClientTests() => _client = new NftClient(new NetlinkSocket(_kernel));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Dump_Over_Several_Datagrams_Is_Read_Whole()
    {
        _kernel.OnSend = d =>
        {
            foreach (var table in Tables)
                _kernel.Reply(Numbered(table, d));
            _kernel.Reply(Done(d));
        };
        Assert.Equal(["vffqos", "vffqos"], _client.GetTables().Select(static t => t.Name));
    }

    [Fact]
    public void Interrupted_Dump_Is_Asked_For_Again()
    {
        _kernel.OnSend = d =>
        {
            if (_kernel.Sent.Count < 3)
                _kernel.Reply(Interrupted(Numbered(Tables[0], d)));
            else
                _kernel.Reply([.. Numbered(Tables[0], d), .. Numbered(Tables[1], d)]);
            _kernel.Reply(Done(d));
        };
        Assert.Equal(2, _client.GetTables().Count);
        Assert.Equal(3, _kernel.Sent.Count);
    }

    [Fact]
    public void Dump_That_Is_Interrupted_Every_Time_Is_An_Error()
    {
        _kernel.OnSend = d => _kernel.Reply([.. Interrupted(Numbered(Tables[0], d)), .. Done(d)]);
        var exception = Assert.Throws<NetlinkException>(() => _client.GetTables());
        Assert.Equal(Errno.EINTR, exception.Error.Number);
        Assert.Equal("NFT_MSG_GETTABLE all families", exception.Request);
        Assert.Equal(Tries, _kernel.Sent.Count);

        _kernel.Sent.Clear();
        _kernel.OnSend = d => _kernel.Reply([.. Interrupted(Numbered(Elements[0], d)), .. Done(d)]);
        exception = Assert.Throws<NetlinkException>(() => _client.GetElements(Rulesets.Classes));
        Assert.Equal("NFT_MSG_GETSETELEM classes in inet vffqos", exception.Request);
        Assert.Equal(Tries, _kernel.Sent.Count);
        exception = Assert.Throws<NetlinkException>(() => _client.CountElements(Rulesets.Classes));
        Assert.Equal(Errno.EINTR, exception.Error.Number);
    }

    [Fact]
    public void Visit_That_Was_Interrupted_Says_So()
    {
        _kernel.OnSend = d => _kernel.Reply([.. Numbered(Elements[0], d), .. Interrupted(Done(d))]);
        var visitor = default(Visits);
        Assert.False(_client.TryVisitElements(Rulesets.Classes, ref visitor, out var error));
        Assert.Equal(Errno.EINTR, error.Number);
        Assert.Equal(2, visitor.Count);
    }

    [Fact]
    public void Refused_Request_Is_Named()
    {
        _kernel.OnSend = d => _kernel.Reply(ScriptedTransport.Ack(d, Errno.EOPNOTSUPP));
        Assert.Equal("NFT_MSG_GETRULE c in inet t: EOPNOTSUPP", Assert.Throws<NetlinkException>(() => _client.GetRules(NftFamily.Inet, "t", "c")).Message);
        Assert.Equal("NFT_MSG_GETTABLE ip6 t: EOPNOTSUPP", Assert.Throws<NetlinkException>(() => _client.FindTable(NftFamily.Ip6, "t")).Message);
        Assert.Equal("NFT_MSG_GETSETELEM classes in inet vffqos: EOPNOTSUPP", Assert.Throws<NetlinkException>(() => _client.FindElement(Rulesets.Classes, [1])).Message);
        Assert.Equal("NFT_MSG_GETGEN: EOPNOTSUPP", Assert.Throws<NetlinkException>(() => _client.GetGeneration()).Message);
    }

    [Fact]
    public void Malformed_Answer_Leaves_A_Clean_Socket()
    {
        _kernel.OnSend = d =>
        {
            var cut = Numbered(Elements[0], d);
            cut[44] = 0xff; // the list's length
            cut[45] = 0x0f;
            _kernel.Reply(cut);
            _kernel.Reply(Done(d));
        };
        Assert.Throws<NetlinkFormatException>(() => _client.GetElements(Rulesets.Classes));
        _kernel.OnSend = d => _kernel.Reply([.. Numbered(Elements[0], d), .. Done(d)]);
        Assert.Equal(2, _client.GetElements(Rulesets.Classes).Count);
    }

    [Fact]
    public void Name_That_Is_None_Is_Refused_Before_Anything_Is_Sent()
    {
        Assert.Throws<ArgumentException>(() => _client.FindTable(NftFamily.Inet, new string('x', 256)));
        Assert.Throws<ArgumentException>(() => _client.GetElements(Rulesets.Classes with { Name = "" }));
        Assert.Throws<ArgumentException>(() => _client.FindElement(Rulesets.Classes, new byte[65]));
        Assert.Empty(_kernel.Sent);
        Assert.Throws<ArgumentNullException>(() => _client.Commit(null!));
        Assert.Throws<ArgumentNullException>(() => new NftClient(null!));
    }

    private static byte[] Numbered(byte[] message, byte[] request)
    {
        var copy = message.ToArray();
        BitConverter.TryWriteBytes(copy.AsSpan(8), ScriptedTransport.SequenceOf(request));
        return copy;
    }

    private static byte[] Interrupted(byte[] message)
    {
        message[6] |= (byte)NLM_F.NLM_F_DUMP_INTR;
        return message;
    }

    private static byte[] Done(byte[] request) =>
        ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI, ScriptedTransport.SequenceOf(request), new byte[4]);

    private struct Visits : INftElementVisitor
    {
        public int Count { get; private set; }

        public void Visit(scoped in NftElementView element) => Count++;
    }
}
