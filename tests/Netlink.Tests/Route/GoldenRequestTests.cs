using System.Net;
using System.Net.Sockets;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>Every message that <see cref="RouteClient"/> sends, against the one that ip sends for the same.</summary>
public sealed class GoldenRequestTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly RouteClient _client;

    public GoldenRequestTests()
    {
        _client = new RouteClient(new NetlinkSocket(_kernel));
        _kernel.OnSend = Answer;
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Ifb() => AssertSends("link-add-ifb.txt", c => c.TryAddLink("shape0", default(IfbLink), default, out _));

    [Fact]
    public void Ifb_With_Everything() =>
        AssertSends("link-add-ifb-set.txt", c => c.TryAddLink("shape1", default(IfbLink), new LinkChange { Up = true, TxQueueLength = 1000, Mtu = 1400 }, out _));

    [Fact]
    public void Veth() => AssertSends("link-add-veth.txt", c => c.TryAddLink("near", new VethLink("far"), default, out _));

    [Fact]
    public void Veth_Into_A_Namespace()
    {
        using var ns = NetworkNamespace.OpenCurrent();
        AssertSends("link-add-veth-namespace.txt", c => c.TryAddLink("near2", new VethLink("far2", ns), default, out _), m => IpDifferences.WithDescriptor(m, ns.Descriptor));
    }

    [Fact]
    public void Up() => AssertSends("link-up.txt", c => c.ChangeLink(2, new LinkChange { Up = true }));

    [Fact]
    public void Down() => AssertSends("link-down.txt", c => c.ChangeLink(2, new LinkChange { Up = false }));

    [Fact]
    public void Alias() => AssertSends("link-alias.txt", c => c.ChangeLink(2, new LinkChange { Alias = "vffqos" }));

    [Fact]
    public void Queue_Length() => AssertSends("link-txqlen.txt", c => c.ChangeLink(2, new LinkChange { TxQueueLength = 1000 }));

    [Fact]
    public void Name() => AssertSends("link-name.txt", c => c.ChangeLink(2, new LinkChange { Name = "shape9" }));

    [Fact]
    public void Several_Changes() =>
        AssertSends("link-all.txt", c => c.ChangeLink(2, new LinkChange { Up = true, TxQueueLength = 500, Mtu = 1300, Alias = "vffqos" }));

    [Fact]
    public void Move_To_A_Namespace()
    {
        using var ns = NetworkNamespace.OpenCurrent();
        AssertSends("link-namespace.txt", c => c.ChangeLink(5, new LinkChange { Namespace = ns }), m => IpDifferences.WithDescriptor(m, ns.Descriptor));
    }

    [Fact]
    public void Delete() => AssertSends("link-delete.txt", c => c.DeleteLink(2));

    [Fact]
    public void Get_By_Name() => AssertSends("link-get-name.txt", c => c.FindLink("shape9"), IpDifferences.WithoutExtMask);

    [Fact]
    public void Get_By_Alternative_Name() =>
        AssertSends("link-get-long-name.txt", c => c.FindLink("a-name-that-is-longer-than-fifteen-bytes"), IpDifferences.WithoutExtMask);

    [Fact]
    public void Get_By_Index() => AssertSends("link-get-index.txt", c => c.FindLink(7), m => IpDifferences.WithIndex(IpDifferences.WithoutExtMask(m), 7));

    [Fact]
    public void Links() => AssertSends("link-dump.txt", c => c.GetLinks(), IpDifferences.WithoutExtMask);

    [Fact]
    public void Address() => AssertSends("address-add-4.txt", c => c.AddAddress(2, IPAddress.Parse("192.0.2.1"), 24));

    [Fact]
    public void Address_Of_Loopback() => AssertSends("address-add-loopback.txt", c => c.AddAddress(1, IPAddress.Parse("127.0.0.9"), 8));

    [Fact]
    public void Address_V6() => AssertSends("address-add-6.txt", c => c.AddAddress(2, IPAddress.Parse("2001:db8::1"), 64));

    [Fact]
    public void Address_Without_Duplicate_Detection() => AssertSends("address-add-6-nodad.txt", c => c.AddAddress(2, IPAddress.Parse("2001:db8::2"), 64, 2));

    [Fact]
    public void Address_With_Flags_Beyond_Eight_Bits() => AssertSends("address-add-6-flags.txt", c => c.AddAddress(2, IPAddress.Parse("2001:db8::3"), 64, 0x202));

    [Fact]
    public void Addresses() => AssertSends("address-dump.txt", c => c.GetAddresses());

    [Fact]
    public void Routes() => AssertSends("route-dump-4.txt", c => c.GetRoutes(AddressFamily.InterNetwork));

    [Fact]
    public void Routes_V6() => AssertSends("route-dump-6.txt", c => c.GetRoutes(AddressFamily.InterNetworkV6));

    [Fact]
    public void Default_Routes() => AssertSends("route-dump-4-main.txt", c => c.FindDefaultRoute(AddressFamily.InterNetwork));

    [Fact]
    public void Default_Routes_V6() => AssertSends("route-dump-6-main.txt", c => c.FindDefaultRoute(AddressFamily.InterNetworkV6));

    [Fact]
    public void Add_Default_Route() => AssertSends("route-add-default-4.txt", c => c.AddDefaultRoute(2, IPAddress.Parse("192.0.2.9")));

    [Fact]
    public void Add_Default_Route_V6() =>
        AssertSends("route-add-default-6.txt", c => c.AddDefaultRoute(2, IPAddress.Parse("2001:db8::9")), IpDifferences.WithoutDestination);

    [Fact]
    public void Alias_Of_A_New_Link_Follows_And_A_Refused_One_Takes_The_Link_With_It()
    {
        _kernel.OnSend = sent =>
        {
            if (_kernel.Sent.Count == 2)
                _kernel.Reply(ScriptedTransport.Ack(sent, Errno.ENOMEM));
            else
                Answer(sent);
        };
        Assert.False(_client.TryAddLink("shape0", default(IfbLink), new LinkChange { Alias = "vffqos" }, out var error));
        Assert.Equal(Errno.ENOMEM, error.Number);
        Assert.Equal([RTM.RTM_NEWLINK, RTM.RTM_NEWLINK, RTM.RTM_GETLINK, RTM.RTM_DELLINK], _kernel.Sent.Select(static m => (RTM)BitConverter.ToUInt16(m, 4)));
        Golden.Equal(Golden.Load("link-add-ifb.txt")[0], _kernel.Sent[0]);
        Assert.Equal(2, BitConverter.ToInt32(_kernel.Sent[3], 20));
    }

    private void AssertSends(string file, Action<RouteClient> verb, Func<byte[], byte[]>? differ = null)
    {
        verb(_client);
        var captured = Assert.Single(Golden.Load(file));
        Golden.Equal(differ is null ? captured : differ(captured), Assert.Single(_kernel.Sent));
    }

    /// <summary>An empty dump, link 2 for whoever asks for a link, and an acknowledgement.</summary>
    private void Answer(byte[] sent)
    {
        var sequence = ScriptedTransport.SequenceOf(sent);
        if (((NLM_F)BitConverter.ToUInt16(sent, 6) & NLM_F.NLM_F_DUMP) == NLM_F.NLM_F_DUMP)
        {
            _kernel.Reply(Script.Done(sequence));
            return;
        }

        if (BitConverter.ToUInt16(sent, 4) == (ushort)RTM.RTM_GETLINK)
            _kernel.Reply(ScriptedTransport.Message((ushort)RTM.RTM_NEWLINK, NLM_F.NONE, sequence, [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        _kernel.Reply(ScriptedTransport.Ack(sent, 0));
    }
}
