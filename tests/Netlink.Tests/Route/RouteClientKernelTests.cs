using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

[Trait("Category", "Kernel")]
public sealed class RouteClientKernelTests : IDisposable
{
    private readonly NetworkNamespace _ns;
    private readonly RouteClient _client;

    public RouteClientKernelTests()
    {
        Requires.Namespaces();
        Requires.Tool("ip");
        _ns = NetworkNamespace.Create();
        _client = RouteClient.Open(new NetlinkSocketOptions { Namespace = _ns });
    }

    public void Dispose()
    {
        _client.Dispose();
        _ns.Dispose();
    }

    [Fact]
    public void Ifb_Is_Made_With_All_That_Was_Set()
    {
        var link = _client.AddLink("shape0", default(IfbLink), new LinkChange { Up = true, Alias = "grün", TxQueueLength = 1000, Mtu = 1400 });

        var seen = Show("shape0");
        Assert.Equal("ifb", seen.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        Assert.Equal("grün", seen.GetProperty("ifalias").GetString());
        Assert.Equal(1000, seen.GetProperty("txqlen").GetInt32());
        Assert.Equal(1400, seen.GetProperty("mtu").GetInt32());
        Assert.Contains("UP", Flags(seen));
        AssertAlike(seen, link);
        Assert.Equal(("ifb", "grün", 1000u, 1400u, true), (link.Kind, link.Alias, link.TxQueueLength, link.Mtu, link.IsUp));
    }

    [Fact]
    public void Veth_Pair_Is_Made_Here_And_In_Another_Namespace()
    {
        using var other = NetworkNamespace.Create();
        var here = _client.AddLink("near", new VethLink("beside"));
        var split = _client.AddLink("near2", new VethLink("far", other));

        AssertAlike(Show("near"), here);
        Assert.Equal(Show("beside").GetProperty("ifindex").GetInt32(), here.ParentIndex);
        Assert.Equal("veth", split.Kind);
        Assert.Null(_client.FindLink("far"));
        Assert.Equal("veth", Show("far", other).GetProperty("linkinfo").GetProperty("info_kind").GetString());
        using var there = RouteClient.Open(new NetlinkSocketOptions { Namespace = other });
        AssertAlike(Show("far", other), there.GetLink("far"));
    }

    [Fact]
    public void Link_Made_In_Another_Namespace_Is_Told_From_There()
    {
        using var other = NetworkNamespace.Create();
        var link = _client.AddLink("shape0", default(IfbLink), new LinkChange { Namespace = other, Alias = "there" });

        AssertAlike(Show("shape0", other), link);
        Assert.Equal("there", link.Alias);
        Assert.Null(_client.FindLink("shape0"));
    }

    [Fact]
    public void Link_Changes_One_Thing_At_A_Time_And_All_At_Once()
    {
        var index = _client.AddLink("shape0", default(IfbLink)).Index;

        _client.ChangeLink(index, new LinkChange { Alias = "one" });
        Assert.Equal("one", Show("shape0").GetProperty("ifalias").GetString());
        _client.ChangeLink(index, new LinkChange { TxQueueLength = 7 });
        Assert.Equal(7, Show("shape0").GetProperty("txqlen").GetInt32());
        _client.ChangeLink(index, new LinkChange { Up = true });
        Assert.Contains("UP", Flags(Show("shape0")));
        _client.ChangeLink(index, new LinkChange { Up = false });
        Assert.DoesNotContain("UP", Flags(Show("shape0")));
        Assert.Equal("one", Show("shape0").GetProperty("ifalias").GetString());

        _client.ChangeLink(index, new LinkChange { Name = "shape1", Alias = "", Mtu = 1300, TxQueueLength = 8, Up = true });
        var seen = Show("shape1");
        Assert.Equal((index, 1300, 8), (seen.GetProperty("ifindex").GetInt32(), seen.GetProperty("mtu").GetInt32(), seen.GetProperty("txqlen").GetInt32()));
        Assert.False(seen.TryGetProperty("ifalias", out _));
        Assert.Null(_client.GetLink("shape1").Alias);
        Assert.Null(_client.FindLink("shape0"));
    }

    [Fact]
    public void Link_Moves_To_Another_Namespace()
    {
        using var other = NetworkNamespace.Create();
        var index = _client.AddLink("near", new VethLink("far")).Index;
        _client.ChangeLink(index, new LinkChange { Namespace = other, Name = "moved" });

        Assert.Null(_client.FindLink("near"));
        Assert.Null(_client.FindLink(index));
        Assert.Equal("veth", Show("moved", other).GetProperty("linkinfo").GetProperty("info_kind").GetString());
    }

    [Fact]
    public void Deleted_Link_Is_Gone_And_Cannot_Be_Deleted_Or_Changed_Again()
    {
        var index = _client.AddLink("shape0", default(IfbLink)).Index;
        _client.DeleteLink(index);

        Assert.DoesNotContain("shape0", Witness.Run(_ns, "ip", "link"), StringComparison.Ordinal);
        Assert.False(_client.TryDeleteLink(index, out var error));
        Assert.Equal(Errno.ENODEV, error.Number);
        Assert.False(_client.TryChangeLink(index, new LinkChange { Up = true }, out error));
        Assert.Equal(Errno.ENODEV, error.Number);
        Assert.Null(_client.FindLink(index));
        Assert.Equal($"RTM_NEWLINK down, txqlen 5 on index {index}: ENODEV",
            Assert.Throws<NetlinkException>(() => _client.ChangeLink(index, new LinkChange { Up = false, TxQueueLength = 5 })).Message);
    }

    [Fact]
    public void Dump_Has_Every_Link_That_The_Witness_Sees()
    {
        // More than one datagram holds.
        for (var i = 0; i < 60; i++)
            _client.AddLink($"pair{i}", new VethLink($"peer{i}"), new LinkChange { Alias = new string('x', 200) });

        var links = _client.GetLinks();
        var seen = JsonDocument.Parse(Witness.Run(_ns, "ip", "-j -d link show")).RootElement.EnumerateArray().ToArray();
        Assert.True(seen.Length > 120);
        Assert.Equal(seen.Length, links.Count);
        foreach (var (expected, link) in seen.OrderBy(static l => l.GetProperty("ifindex").GetInt32()).Zip(links.OrderBy(static l => l.Index)))
            AssertAlike(expected, link);
    }

    [Fact]
    public void Link_Is_Found_By_Index_Name_And_Alternative_Names()
    {
        var link = _client.AddLink("shape0", default(IfbLink));
        Witness.Run(_ns, "ip", "link property add dev shape0 altname short altname a-name-that-is-longer-than-fifteen-bytes");

        Assert.Equal("shape0", _client.FindLink(link.Index)?.Name);
        Assert.Equal(link.Index, _client.FindLink("shape0")?.Index);
        Assert.Equal(link.Index, _client.FindLink("short")?.Index);
        Assert.Equal(link.Index, _client.FindLink("a-name-that-is-longer-than-fifteen-bytes")?.Index);
        Assert.Null(_client.FindLink("a-name-that-nobody-has-and-is-long"));
        Assert.Null(_client.FindLink("nobody"));
        Assert.Null(_client.FindLink(999_999));
        Assert.Equal("RTM_GETLINK nobody: ENODEV", Assert.Throws<NetlinkException>(() => _client.GetLink("nobody")).Message);
    }

    [Fact]
    public void Addresses_Of_Both_Families_Are_Added_And_Dumped()
    {
        var index = _client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        _client.AddAddress(index, IPAddress.Parse("192.0.2.1"), 24);
        _client.AddAddress(index, IPAddress.Parse("2001:db8::1"), 64, 2);
        _client.AddAddress(1, IPAddress.Parse("127.0.0.9"), 8);

        var mine = _client.GetAddresses();
        var seen = JsonDocument.Parse(Witness.Run(_ns, "ip", "-j -d address show")).RootElement.EnumerateArray()
            .SelectMany(static l => l.GetProperty("addr_info").EnumerateArray().Where(static a => a.TryGetProperty("local", out _))
                .Select(a => (l.GetProperty("ifindex").GetInt32(), a.GetProperty("local").GetString()!, a.GetProperty("prefixlen").GetInt32(), a.GetProperty("scope").GetString()!)))
            .ToHashSet();
        Assert.Contains((index, "192.0.2.1", 24, "global"), seen);
        Assert.Contains((index, "2001:db8::1", 64, "global"), seen);
        Assert.Contains((1, "127.0.0.9", 8, "host"), seen);
        Assert.Equal(seen, mine.Select(static a => (a.LinkIndex, a.Address.ToString(), (int)a.PrefixLength, ScopeName(a.Scope))).ToHashSet());
        Assert.Equal(0x80u, mine.Single(static a => a.Address.Equals(IPAddress.Parse("192.0.2.1"))).Flags & 0x80);

        Assert.False(_client.TryAddAddress(index, IPAddress.Parse("192.0.2.1"), 24, 0, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        var refused = Assert.Throws<NetlinkException>(() => _client.AddAddress(999_999, IPAddress.Parse("192.0.2.2"), 24));
        Assert.StartsWith("RTM_NEWADDR 192.0.2.2/24 on index 999999: ENODEV", refused.Message, StringComparison.Ordinal);
        Assert.False(_client.TryAddAddress(index, IPAddress.Parse("192.0.2.2"), 33, 0, out error));
        Assert.Equal(Errno.EINVAL, error.Number); // 6.1 has no words for it
    }

    [Fact]
    public void Default_Route_Is_The_One_With_The_Lowest_Metric_In_Table_Main()
    {
        Assert.Null(_client.FindDefaultRoute());
        var index = _client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        _client.ChangeLink(_client.GetLink("far").Index, new LinkChange { Up = true });
        _client.AddAddress(index, IPAddress.Parse("192.0.2.1"), 24);
        _client.AddAddress(index, IPAddress.Parse("2001:db8::1"), 64, 2);
        Assert.Null(_client.FindDefaultRoute());

        _client.AddDefaultRoute(index, IPAddress.Parse("2001:db8::ff"));
        var v6 = _client.FindDefaultRoute();
        Assert.Equal(((byte)InetFamily.IPv6, index, IPAddress.Parse("2001:db8::ff")), (v6!.Family, v6.OutputIndex!.Value, v6.Gateway!));
        Assert.Contains("default via 2001:db8::ff dev near proto static", Witness.Run(_ns, "ip", "-6 route"), StringComparison.Ordinal);

        Witness.Run(_ns, "ip", "route add default via 192.0.2.9 table 77");
        Witness.Run(_ns, "ip", "route add unreachable default metric 5000");
        Assert.Equal((byte)InetFamily.IPv6, _client.FindDefaultRoute()!.Family);
        Witness.Run(_ns, "ip", "route add default via 192.0.2.2 metric 100");
        Witness.Run(_ns, "ip", "route add default via 192.0.2.3 metric 50");
        var v4 = _client.FindDefaultRoute()!;
        Assert.Equal((50u, IPAddress.Parse("192.0.2.3"), 254u), (v4.Metric, v4.Gateway!, v4.Table));

        _client.AddDefaultRoute(index, IPAddress.Parse("192.0.2.4"));
        Assert.Contains("default via 192.0.2.4 dev near proto static", Witness.Run(_ns, "ip", "route"), StringComparison.Ordinal);
        Assert.Equal(0u, _client.FindDefaultRoute()!.Metric);
        Assert.Equal(IPAddress.Parse("2001:db8::ff"), _client.FindDefaultRoute(AddressFamily.InterNetworkV6)!.Gateway);
        Assert.False(_client.TryAddDefaultRoute(index, IPAddress.Parse("192.0.2.4"), out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.StartsWith($"RTM_NEWROUTE default via 198.51.100.1 on index {index} (near): ENETUNREACH: Nexthop has invalid gateway",
            Assert.Throws<NetlinkException>(() => _client.AddDefaultRoute(index, IPAddress.Parse("198.51.100.1"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_With_Several_Hops_And_Hops_Of_The_Other_Family_Are_Read()
    {
        var index = _client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        var second = _client.AddLink("near2", new VethLink("far2"), new LinkChange { Up = true }).Index;
        _client.ChangeLink(_client.GetLink("far").Index, new LinkChange { Up = true });
        _client.ChangeLink(_client.GetLink("far2").Index, new LinkChange { Up = true });
        _client.AddAddress(index, IPAddress.Parse("192.0.2.1"), 24);
        _client.AddAddress(second, IPAddress.Parse("198.51.100.1"), 24);
        Witness.Run(_ns, "ip", "route add 203.0.113.0/24 nexthop via 192.0.2.2 dev near weight 2 nexthop via 198.51.100.2 dev near2");
        Witness.Run(_ns, "ip", "route add 203.0.114.0/24 via inet6 fe80::7 dev near2");

        var routes = _client.GetRoutes(AddressFamily.InterNetwork);
        var several = routes.Single(static r => r.Destination?.ToString() == "203.0.113.0");
        Assert.Equal((index, "192.0.2.2", (byte)24), (several.OutputIndex!.Value, several.Gateway!.ToString(), several.PrefixLength));
        var across = routes.Single(static r => r.Destination?.ToString() == "203.0.114.0");
        Assert.Equal((second, "fe80::7"), (across.OutputIndex!.Value, across.Gateway!.ToString()));
        Assert.Contains(routes, static r => r.Table == 255 && r.Destination?.ToString() == "192.0.2.1");
    }

    [Fact]
    public void Refusals_Name_What_The_Kernel_Objects_To()
    {
        Assert.False(_client.TryAddLink("shape0", default(UnknownLink), default, out var error));
        Assert.Equal((Errno.EOPNOTSUPP, "Unknown device type"), (error.Number, error.Message));
        _client.AddLink("shape0", default(IfbLink));
        Assert.Equal("RTM_NEWLINK ifb shape0: EEXIST", Assert.Throws<NetlinkException>(() => _client.AddLink("shape0", default(IfbLink))).Message);
        Assert.False(_client.TryAddLink("near", default(WrongLink), default, out error));
        Assert.Equal((Errno.ERANGE, "IFLA_LINKINFO/IFLA_INFO_DATA/VETH_INFO_PEER/IFLA_TXQLEN"), (error.Number, error.Attribute));
        Assert.False(_client.TryAddLink("near", new VethLink("shape0"), default, out error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Null(_client.FindLink("near"));
    }

    [Theory]
    [InlineData("", "The value cannot be an empty string.")]
    [InlineData("sixteen-bytes-xx", "\"sixteen-bytes-xx\" is too long for the name of a link: 15 bytes at most.")]
    [InlineData("ifb%d", "\"ifb%d\" cannot be the name of a link")]
    [InlineData("a/b", "\"a/b\" cannot be the name of a link")]
    [InlineData("a\0b", "cannot be the name of a link")]
    [InlineData("..", "\"..\" cannot be the name of a link")]
    public void Names_That_No_Link_Can_Have_Are_Refused_Before_The_Kernel_Is_Asked(string name, string message)
    {
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => _client.AddLink(name, default(IfbLink))).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => _client.AddLink("near", new VethLink(name))).Message, StringComparison.Ordinal);
        if (name.Length > 0)
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => _client.ChangeLink(1, new LinkChange { Name = name })).Message, StringComparison.Ordinal);
        Assert.Single(_client.GetLinks());
    }

    [Fact]
    public void Arguments_That_Would_Mean_Something_Else_Are_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _client.ChangeLink(0, new LinkChange { Name = "lo" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _client.DeleteLink(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _client.FindLink(-1));
        Assert.Throws<ArgumentException>(() => _client.FindLink("lo\0"));
        Assert.Throws<ArgumentException>(() => _client.FindLink(new string('x', 128)));
        Assert.Throws<ArgumentException>(() => _client.ChangeLink(1, new LinkChange { Alias = new string('ü', 128) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _client.GetRoutes(AddressFamily.AppleTalk));
        var gone = NetworkNamespace.Create();
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _client.ChangeLink(1, new LinkChange { Namespace = gone }));
    }

    private static string ScopeName(byte scope) => scope switch { 0 => "global", 253 => "link", 254 => "host", _ => $"{scope}" };

    private static string[] Flags(JsonElement link) => link.GetProperty("flags").EnumerateArray().Select(static f => f.GetString()!).ToArray();

    private static void AssertAlike(JsonElement expected, Link link)
    {
        Assert.Equal(expected.GetProperty("ifname").GetString(), link.Name);
        Assert.Equal(expected.GetProperty("ifindex").GetInt32(), link.Index);
        Assert.Equal(expected.GetProperty("mtu").GetUInt32(), link.Mtu);
        Assert.Equal(expected.TryGetProperty("txqlen", out var txQueueLength) ? txQueueLength.GetUInt32() : 0, link.TxQueueLength);
        Assert.Equal(expected.GetProperty("qdisc").GetString(), link.Qdisc);
        Assert.Equal(expected.TryGetProperty("linkinfo", out var info) ? info.GetProperty("info_kind").GetString() : null, link.Kind);
        Assert.Equal(expected.TryGetProperty("ifalias", out var alias) ? alias.GetString() : null, link.Alias);
        Assert.Equal(Flags(expected).Contains("UP"), link.IsUp);
        Assert.Equal(Flags(expected).Contains("BROADCAST"), (link.Flags & IFF.IFF_BROADCAST) != 0);
        Assert.Equal(expected.GetProperty("address").GetString()?.Replace(":", "", StringComparison.Ordinal), Convert.ToHexStringLower(link.HardwareAddress.Span));
        Assert.Equal(expected.GetProperty("link_type").GetString() switch { "ether" => 1, "loopback" => 772, _ => -1 }, link.HardwareType);
        Assert.Equal(0, link.Family);
    }

    private JsonElement Show(string name, NetworkNamespace? ns = null) =>
        JsonDocument.Parse(Witness.Run(ns ?? _ns, "ip", "-j", "-d", "link", "show", "dev", name)).RootElement[0].Clone();

    /// <summary>A kind that no kernel has.</summary>
    private readonly record struct UnknownLink : ILinkKind<UnknownLink>
    {
        public static ReadOnlySpan<byte> Kind => "no-such-kind"u8;

        public ReadOnlySpan<byte> KindName => Kind;

        public AttributeSpace? DataNames => null;

        public bool IsSlave => false;

        public int Room => 64;

        public static UnknownLink Read(ReadOnlySpan<byte> data) => default;

        public void WriteData(AttributeWriter<IFLA_INFO> info)
        {
        }
    }

    /// <summary>A veth whose other end has a number of the wrong width.</summary>
    private readonly record struct WrongLink : ILinkKind<WrongLink>
    {
        public static ReadOnlySpan<byte> Kind => "veth"u8;

        public ReadOnlySpan<byte> KindName => Kind;

        public AttributeSpace? DataNames => VethLink.Data;

        public bool IsSlave => false;

        public int Room => 64;

        public static WrongLink Read(ReadOnlySpan<byte> data) => default;

        public void WriteData(AttributeWriter<IFLA_INFO> info)
        {
            using var data = info.Nest<VETH_INFO>(IFLA_INFO.IFLA_INFO_DATA);
            using var peer = data.Nest<IFLA>(VETH_INFO.VETH_INFO_PEER);
            peer.PutRaw(new byte[16]);
            peer.Put(IFLA.IFLA_TXQLEN, (byte)1);
        }
    }
}
