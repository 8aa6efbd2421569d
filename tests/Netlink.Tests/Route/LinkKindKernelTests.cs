using System.Text.Json;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>Links of each kind that the running kernel has, with all that ip shows of them.</summary>
[Trait("Category", "Kernel")]
public sealed class LinkKindKernelTests : IDisposable
{
    private readonly NetworkNamespace _ns;
    private readonly RouteClient _client;
    private readonly int _lower;

    public LinkKindKernelTests()
    {
        Requires.Namespaces();
        Requires.Tool("ip");
        _ns = NetworkNamespace.Create();
        _client = RouteClient.Open(new NetlinkSocketOptions { Namespace = _ns });
        _lower = _client.AddLink("near", new VethLink("far")).Index;
    }

    public void Dispose()
    {
        _client.Dispose();
        _ns.Dispose();
    }

    [Fact]
    public void Bridge_And_Its_Port()
    {
        var bridge = Make("br0", new BridgeLink { ForwardDelay = 400, AgeingTime = 1000, GroupForwardMask = 8, MulticastSnooping = false });
        _client.ChangeLink(_lower, new LinkChange { MasterIndex = bridge.Index });
        _client.ChangeLinkKind(_lower, new BridgePort { Cost = 7, Learning = false, Isolated = true });
        _client.ChangeLinkKind(bridge.Index, new BridgeLink { AgeingTime = 1100 });

        Assert.True(_client.GetLink("br0").TryReadKind<BridgeLink>(out var kind));
        var info = Info("br0", "info_data");
        Assert.Equal((400, 1100, "0x8", 0), (Int(info, "forward_delay"), Int(info, "ageing_time"), info.GetProperty("group_fwd_mask").GetString(), Int(info, "mcast_snooping")));
        Assert.Equal((400u, 1100u, (ushort)8, false), (kind.ForwardDelay!.Value, kind.AgeingTime!.Value, kind.GroupForwardMask!.Value, kind.MulticastSnooping!.Value));
        Assert.Equal(Int(info, "priority"), kind.Priority!.Value);
        Assert.Equal(info.GetProperty("group_addr").GetString(), kind.GroupAddress.ToString());
        Assert.Equal((ulong)Int(info, "mcast_query_intvl"), kind.MulticastQueryInterval);
        Assert.Equal((uint)Int(info, "mcast_hash_max"), kind.MulticastHashMaximum);
        Assert.True(kind.Options is { optmask: > 0 });

        var link = _client.GetLink(_lower);
        Assert.Equal((bridge.Index, "bridge"), (link.MasterIndex, link.SlaveKind));
        Assert.True(link.TryReadSlave<BridgePort>(out var port));
        info = Info("near", "info_slave_data");
        Assert.Equal((7, false, true), (Int(info, "cost"), info.GetProperty("learning").GetBoolean(), info.GetProperty("isolated").GetBoolean()));
        Assert.Equal((7u, false, true), (port.Cost!.Value, port.Learning!.Value, port.Isolated!.Value));
        Assert.Equal(info.GetProperty("fastleave").GetBoolean(), port.FastLeave);
        Assert.Equal("0x" + port.Id!.Value.ToString("x", System.Globalization.CultureInfo.InvariantCulture), info.GetProperty("id").GetString());

        Assert.Equal(["near"], _client.GetLinks(new LinkFilter { MasterIndex = bridge.Index }).Select(static l => l.Name));
        Assert.Equal(["far", "near"], _client.GetLinks(new LinkFilter { Kind = "veth" }).Select(static l => l.Name).Order());
        _client.ChangeLink(_lower, new LinkChange { MasterIndex = 0 });
        Assert.Null(_client.GetLink(_lower).MasterIndex);
    }

    [Fact]
    public void Macvlan()
    {
        var link = Make("mv0", new MacvlanLink { Mode = MACVLAN_MODE.MACVLAN_MODE_BRIDGE, BroadcastQueueLength = 500 }, new LinkChange { ParentIndex = _lower });
        Assert.Equal(_lower, link.ParentIndex);
        Assert.True(link.TryReadKind<MacvlanLink>(out var kind));
        var info = Info("mv0", "info_data");
        Assert.Equal(("bridge", 500, 500), (info.GetProperty("mode").GetString(), Int(info, "bcqueuelen"), Int(info, "usedbcqueuelen")));
        Assert.Equal((MACVLAN_MODE.MACVLAN_MODE_BRIDGE, 500u, 500u), (kind.Mode!.Value, kind.BroadcastQueueLength!.Value, kind.BroadcastQueueLengthUsed!.Value));
    }

    [Fact]
    public void Vxlan()
    {
        var link = Make("vx0", new VxlanLink { Network = 42, RemoteIPv4 = new InetAddress([192, 0, 2, 7]), Port = 4789, TimeToLive = 5, Learning = false, Ageing = 60, GroupPolicy = true });
        Assert.True(link.TryReadKind<VxlanLink>(out var kind));
        var info = Info("vx0", "info_data");
        Assert.Equal((42, "192.0.2.7", 4789, 5, false, 60), (Int(info, "id"), info.GetProperty("remote").GetString(), Int(info, "port"), Int(info, "ttl"), info.GetProperty("learning").GetBoolean(), Int(info, "ageing")));
        Assert.Equal((42u, "192.0.2.7", 4789, 5, false, 60u), (kind.Network!.Value, kind.RemoteIPv4.ToString(), (int)kind.Port!.Value, (int)kind.TimeToLive!.Value, kind.Learning!.Value, kind.Ageing!.Value));
        Assert.True(kind.GroupPolicy && info.TryGetProperty("gbp", out _));
        Assert.Equal((info.GetProperty("udp_csum").GetBoolean(), (ushort)0), (kind.UdpChecksum!.Value, kind.PortRange!.Value.low));
    }

    [Fact]
    public void Vlan()
    {
        var link = Make("vl0", new VlanLink { Id = 5, Egress = VlanLink.MappingsOf(new VlanPriorityMapping(5, 6)) }, new LinkChange { ParentIndex = _lower });
        Assert.True(link.TryReadKind<VlanLink>(out var kind));
        Assert.Equal((5, 0x8100, VLAN_FLAG.VLAN_FLAG_REORDER_HDR), ((int)kind.Id!.Value, (int)kind.Protocol!.Value, kind.Flags!.Value.flags));
        Assert.Equal([new VlanPriorityMapping(5, 6)], VlanLink.ReadMappings(kind.Egress));
        Assert.Equal(5, Int(Info("vl0", "info_data"), "id"));
    }

    [Fact]
    public void Ipvlan()
    {
        var link = Make("iv0", new IpvlanLink { Mode = IPVLAN_MODE.IPVLAN_MODE_L3, Flags = IPVLAN_F.IPVLAN_F_PRIVATE }, new LinkChange { ParentIndex = _lower });
        Assert.True(link.TryReadKind<IpvlanLink>(out var kind));
        Assert.Equal((IPVLAN_MODE.IPVLAN_MODE_L3, IPVLAN_F.IPVLAN_F_PRIVATE), (kind.Mode!.Value, kind.Flags!.Value));
        Assert.Equal("l3", Info("iv0", "info_data").GetProperty("mode").GetString());
    }

    [Fact]
    public void Dummy() => Assert.Equal("dummy", Make("d0", default(DummyLink)).Kind);

    [Fact]
    public void Wireguard() => Assert.True(Make("wg0", default(WireguardLink)).TryReadKind<WireguardLink>(out _));

    [Fact]
    public void Bond_And_Its_Port()
    {
        var bond = Make("bo0", new BondLink { Mode = 1, MonitorInterval = 200, PrimaryReselection = 2, MinimumLinks = 1 });
        _client.ChangeLink(_lower, new LinkChange { MasterIndex = bond.Index });
        _client.ChangeLinkKind(_lower, new BondPort { Queue = 3 });

        Assert.True(_client.GetLink("bo0").TryReadKind<BondLink>(out var kind));
        var info = Info("bo0", "info_data");
        Assert.Equal(("active-backup", 200, "failure", 1), (info.GetProperty("mode").GetString(), Int(info, "miimon"), info.GetProperty("primary_reselect").GetString(), Int(info, "min_links")));
        Assert.Equal(((byte)1, 200u, (byte)2, 1u), (kind.Mode!.Value, kind.MonitorInterval!.Value, kind.PrimaryReselection!.Value, kind.MinimumLinks!.Value));
        Assert.Equal((uint)Int(info, "lp_interval"), kind.LearningInterval);

        Assert.True(_client.GetLink(_lower).TryReadSlave<BondPort>(out var port));
        info = Info("near", "info_slave_data");
        Assert.Equal((3, info.GetProperty("perm_hwaddr").GetString()), (port.Queue!.Value, port.PermanentAddress.ToString()));
        Assert.Equal(Int(info, "queue_id"), port.Queue.Value);
    }

    [Fact]
    public void Tun_Is_Read()
    {
        var (code, _, _) = Witness.TryRun(_ns, "ip", "tuntap", "add", "tap0", "mode", "tap", "user", "12");
        Requires.Kernel(code == 0, "tun");
        Assert.True(_client.GetLink("tap0").TryReadKind<TunLink>(out var kind));
        Assert.Equal((12u, 2, true, false), (kind.Owner!.Value, (int)kind.Type!.Value, kind.Persistent!.Value, kind.VirtioHeader!.Value));
    }

    [Fact]
    public void A_Link_Makes_Another_Like_It()
    {
        var first = Make("br0", new BridgeLink { ForwardDelay = 400, MulticastSnooping = false }, new LinkChange { Mtu = 1400, Group = 7, TxQueueLength = 77 });
        Assert.True(first.TryReadKind<BridgeLink>(out var options));
        // A kernel that was built without VLAN filtering tells of it, and refuses to hear of it.
        var second = _client.AddLink("br1", options with { VlanFiltering = null, Options = null }, first.ToChange() with { Address = LinkLayerAddress.Parse("02:00:00:00:00:09") });
        Assert.True(first.TryReadKind<BridgeLink>(out var one) & second.TryReadKind<BridgeLink>(out var other));
        Assert.Equal(one with { BridgeId = null, RootId = null, GarbageTimer = null, MulticastQuerierState = default }, other with { BridgeId = null, RootId = null, GarbageTimer = null, MulticastQuerierState = default });
        Assert.Equal((1400u, 7u, 77u, "02:00:00:00:00:09"), (second.Mtu, second.Group, second.TxQueueLength, second.HardwareAddress.ToString()));
    }

    [Fact]
    public void What_Ip_Shows_Of_A_Link_Is_All_There()
    {
        _client.ChangeLink(_lower, new LinkChange { Promiscuous = true, AllMulticast = true, Group = 7, AddressGenerationMode = IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_NONE, Up = true });
        foreach (var name in (string[])["lo", "near", "far"])
        {
            JsonElement seen = default;
            Link link = null!;
            // The kernel sets the state of a link that was just brought up a little later.
            Assert.True(
                SpinWait.SpinUntil(
                    () =>
                    {
                        seen = JsonDocument.Parse(Witness.Run(_ns, "ip", "-j", "-d", "-s", "link", "show", "dev", name)).RootElement[0];
                        link = _client.GetLink(name);
                        return seen.GetProperty("operstate").GetString() == link.OperationalState!.Value.ToString()["IF_OPER_".Length..];
                    },
                    TimeSpan.FromSeconds(20)),
                $"ip: {seen.GetProperty("operstate")}, ours: {link.OperationalState}");
            Assert.Equal(seen.GetProperty("linkmode").GetString(), link.LinkMode == 0 ? "DEFAULT" : "DORMANT");
            Assert.Equal(seen.GetProperty("group").GetString(), link.Group == 0 ? "default" : link.Group.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(seen.GetProperty("broadcast").GetString(), link.BroadcastAddress.ToString());
            Assert.Equal(
                (Int(seen, "promiscuity"), Int(seen, "allmulti"), Int(seen, "min_mtu"), Int(seen, "max_mtu"), Int(seen, "num_tx_queues"), Int(seen, "num_rx_queues")),
                ((int)link.Promiscuity!, (int)link.AllMulticast!, (int)link.MinimumMtu!, (int)link.MaximumMtu!, (int)link.TxQueues!, (int)link.RxQueues!));
            Assert.Equal(
                (Int(seen, "gso_max_size"), Int(seen, "gso_max_segs"), Int(seen, "tso_max_size"), Int(seen, "tso_max_segs"), Int(seen, "gro_max_size")),
                ((int)link.GsoMaximumSize!, (int)link.GsoMaximumSegments!, (int)link.TsoMaximumSize!, (int)link.TsoMaximumSegments!, (int)link.GroMaximumSize!));
            Assert.Equal(seen.GetProperty("inet6_addr_gen_mode").GetString(), link.AddressGenerationMode == IN6_ADDR_GEN_MODE.IN6_ADDR_GEN_MODE_NONE ? "none" : "eui64");
            Assert.Equal(seen.GetProperty("stats64").GetProperty("rx").GetProperty("packets").GetUInt64() > 0, link.Statistics!.Value.ReceivedPackets > 0);
        }

        var without = Assert.Single(_client.GetLinks(new LinkFilter { Extra = RTEXT_FILTER.RTEXT_FILTER_SKIP_STATS }), static l => l.Name == "near");
        Assert.NotNull(without.Statistics);
        Assert.Equal((1u, 1u), (without.Promiscuity!.Value, without.AllMulticast!.Value));
        var (all, fewer) = (default(FamilyBytes), default(FamilyBytes));
        Assert.True(_client.TryDumpLinks(default, ref all, out _) && _client.TryDumpLinks(new LinkFilter { Extra = RTEXT_FILTER.RTEXT_FILTER_SKIP_STATS }, ref fewer, out _));
        Assert.InRange(fewer.Count, 1, all.Count - 1);
    }

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private Link Make<T>(string name, T kind, LinkChange set = default)
        where T : struct, ILinkKind<T>
    {
        if (!_client.TryAddLink(name, kind, set, out var error))
        {
            Requires.Kernel(error.Number is not (Errno.EOPNOTSUPP or Errno.ENODEV) || error.Message?.StartsWith("Unknown device type", StringComparison.Ordinal) != true, System.Text.Encoding.ASCII.GetString(T.Kind));
            Assert.Fail(error.ToString());
        }

        return _client.GetLink(name);
    }

    private JsonElement Info(string name, string part) =>
        JsonDocument.Parse(Witness.Run(_ns, "ip", "-j", "-d", "link", "show", "dev", name)).RootElement[0].GetProperty("linkinfo").GetProperty(part).Clone();

    /// <summary>Counts what families say of links.</summary>
    private struct FamilyBytes : IViewSink<LinkView>
    {
        public int Count { get; private set; }

        public void Take(scoped in LinkView view)
        {
            if (view.Attributes.TryFind(IFLA.IFLA_AF_SPEC, out var families))
                Count += families.Payload.Length;
        }
    }
}
