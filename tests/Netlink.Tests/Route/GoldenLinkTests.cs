using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>What is sent to make and change links of each kind, against what ip sends for the same; and that a kind read back is the same kind.</summary>
public sealed class GoldenLinkTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly RouteClient _client;

    public GoldenLinkTests()
    {
        _client = new RouteClient(new NetlinkSocket(_kernel));
        _kernel.OnSend = sent => _kernel.Reply(((NLM_F)BitConverter.ToUInt16(sent, 6) & NLM_F.NLM_F_DUMP) == NLM_F.NLM_F_DUMP && BitConverter.ToUInt16(sent, 4) == (ushort)RTM.RTM_GETLINK
            ? Script.Done(ScriptedTransport.SequenceOf(sent))
            : ScriptedTransport.Ack(sent, 0));
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Bridge() => AssertKind("link-add-bridge.txt", "gb0", default, new BridgeLink
    {
        ForwardDelay = 400,
        HelloTime = 100,
        MaximumAge = 600,
        AgeingTime = 1000,
        StpState = 0,
        Priority = 4096,
        VlanFiltering = true,
        GroupForwardMask = 8,
    });

    [Fact]
    public void Vlan() => AssertKind("link-add-vlan.txt", "gv0", new LinkChange { ParentIndex = 3 }, new VlanLink
    {
        Id = 5,
        Protocol = 0x88a8,
        Ingress = VlanLink.MappingsOf(new VlanPriorityMapping(1, 2), new VlanPriorityMapping(3, 4)),
        Egress = VlanLink.MappingsOf(new VlanPriorityMapping(5, 6)),
    });

    [Fact]
    public void Macvlan() => AssertKind("link-add-macvlan.txt", "gm0", new LinkChange { ParentIndex = 3 }, new MacvlanLink { BroadcastQueueLength = 500, Mode = MACVLAN_MODE.MACVLAN_MODE_BRIDGE });

    [Fact]
    public void Ipvlan() => AssertKind("link-add-ipvlan.txt", "gi0", new LinkChange { ParentIndex = 3 }, new IpvlanLink { Mode = IPVLAN_MODE.IPVLAN_MODE_L3, Flags = IPVLAN_F.IPVLAN_F_PRIVATE });

    [Fact]
    public void Vxlan() => AssertKind("link-add-vxlan.txt", "gx0", default, new VxlanLink
    {
        Network = 42,
        RemoteIPv4 = new InetAddress([239, 1, 1, 1]),
        LinkIndex = 3,
        LocalIPv4 = new InetAddress([192, 0, 2, 1]),
        TimeToLive = 5,
        Port = 4789,
        Learning = false,
        Ageing = 60,
    });

    [Fact]
    public void Vxlan_V6() => AssertKind("link-add-vxlan6.txt", "gx1", default, new VxlanLink
    {
        Network = 43,
        RemoteIPv6 = new InetAddress(System.Net.IPAddress.Parse("2001:db8::7")),
        LocalIPv6 = new InetAddress(System.Net.IPAddress.Parse("2001:db8::1")),
        Port = 4789,
        Learning = true,
        ZeroChecksum6Send = true,
    });

    [Fact]
    public void Dummy()
    {
        var set = new LinkChange { Mtu = 1400, Address = LinkLayerAddress.Parse("02:00:00:00:00:05"), TxQueues = 2 };
        AssertSends("link-add-dummy.txt", c => c.TryAddLink("gd0", default(DummyLink), set, out _));
        AssertSends("link-add-dummy.txt", c => c.TryAddLink("gd0", new RawLink("dummy"), set, out _));
    }

    [Fact]
    public void Many_Changes() => AssertSends("link-set-many.txt", c => c.ChangeLink(2, new LinkChange
    {
        Address = LinkLayerAddress.Parse("02:00:00:00:00:07"),
        BroadcastAddress = LinkLayerAddress.Parse("ff:ff:ff:ff:ff:fe"),
        Group = 7,
        Arp = false,
        Promiscuous = true,
        AllMulticast = true,
        Multicast = false,
    }));

    [Fact]
    public void Address_Generation() => AssertSends("link-addrgenmode.txt", c => c.ChangeLink(2, new LinkChange { AddressGenerationMode = IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_NONE }));

    [Fact]
    public void Master_And_None()
    {
        AssertSends("link-master.txt", c => c.ChangeLink(2, new LinkChange { MasterIndex = 4 }));
        AssertSends("link-nomaster.txt", c => c.ChangeLink(2, new LinkChange { MasterIndex = 0 }));
    }

    [Fact]
    public void Namespace_Of_A_Process() => AssertSends("link-netns-pid.txt", c => c.ChangeLink(4, new LinkChange { NamespaceProcess = 1 }));

    [Fact]
    public void Alternative_Names()
    {
        AssertSends("link-altname-add.txt", c => c.AddAlternativeName(3, "another-name-for-the-link"));
        AssertSends("link-altname-delete.txt", c => c.DeleteAlternativeName(3, "another-name-for-the-link"));
    }

    [Fact]
    public void Dumps_With_A_Filter()
    {
        AssertSends("link-dump-kind.txt", c => c.GetLinks(new LinkFilter { Kind = "veth" }), IpDifferences.WithoutExtMask);
        AssertSends("link-dump-master.txt", c => c.GetLinks(new LinkFilter { MasterIndex = 4 }), IpDifferences.WithoutExtMask);
    }

    /// <summary>Made by its type, by its bytes, and by what is read from them.</summary>
    private void AssertKind<T>(string file, string name, LinkChange set, T kind)
        where T : struct, ILinkKind<T>
    {
        AssertSends(file, c => c.TryAddLink(name, kind, set, out _));
        var reader = new MessageReader(Golden.Load(file)[0]);
        Assert.True(reader.MoveNext());
        Assert.True(LinkView.TryRead(reader.Current, out var view));
        Assert.True(view.TryReadKind<T>(out var read));
        Assert.Equal(kind, read);
        AssertSends(file, c => c.TryAddLink(name, read, set, out _));
        var record = view.ToRecord();
        Assert.True(record.TryReadKind<T>(out read));
        Assert.Equal(kind, read);
        AssertSends(file, c => c.TryAddLink(name, record.Options!.Value, set, out _));

        // What a newer kernel adds is kept.
        byte[] unknown = [.. record.KindData!.Value.Span, 5, 0, 0x7b, 0, 9, 0, 0, 0];
        var again = MessageWriter.Begin(new byte[1024], 0, NLM_F.NONE);
        T.Read(unknown).WriteData(again.PutHeader<nlmsghdr, IFLA_INFO>(default));
        Assert.Equal(Convert.ToHexString(unknown), Convert.ToHexString(again.Message[(16 + 16 + 4)..]));
    }

    private void AssertSends(string file, Action<RouteClient> verb, Func<byte[], byte[]>? differ = null)
    {
        _kernel.Sent.Clear();
        verb(_client);
        var captured = Assert.Single(Golden.Load(file));
        Golden.Equal(differ is null ? captured : differ(captured), Assert.Single(_kernel.Sent));
    }
}
