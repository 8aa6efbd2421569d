using System.Net;
using System.Text.Json;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>Addresses, routes, neighbours, rules and namespace numbers, made by us and seen by ip, and the other way round.</summary>
[Trait("Category", "Kernel")]
public sealed class RouteObjectsKernelTests : IDisposable
{
    private readonly NetworkNamespace _ns;
    private readonly RouteClient _client;
    private readonly int _link;
    private readonly int _peer;

    public RouteObjectsKernelTests()
    {
        Requires.Namespaces();
        Requires.Tool("ip");
        _ns = NetworkNamespace.Create();
        _client = RouteClient.Open(new NetlinkSocketOptions { Namespace = _ns });
        _link = _client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        _peer = _client.GetLink("far").Index;
        _client.ChangeLink(_peer, new LinkChange { Up = true });
        _client.AddAddress(_link, IPAddress.Parse("192.0.2.1"), 24);
        _client.AddAddress(_link, IPAddress.Parse("2001:db8::1"), 64, (uint)IFA_F.IFA_F_NODAD);
    }

    public void Dispose()
    {
        _client.Dispose();
        _ns.Dispose();
    }

    [Fact]
    public void Addresses()
    {
        var address = new LinkAddress
        {
            LinkIndex = _peer,
            Address = IPAddress.Parse("198.51.100.1"),
            PrefixLength = 24,
            Broadcast = IPAddress.Parse("198.51.100.255"),
            Label = "far:1",
            Metric = 5,
            ValidLifetime = 1000,
            PreferredLifetime = 500,
        };
        _client.AddAddress(address);
        Assert.False(_client.TryAddAddress(address, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        _client.AddAddress(new LinkAddress { LinkIndex = _peer, Address = IPAddress.Parse("198.51.100.9"), PrefixLength = 32, Peer = IPAddress.Parse("198.51.100.10") });

        var seen = Json("-d addr show dev far")[0].GetProperty("addr_info").EnumerateArray().Where(static a => a.GetProperty("family").GetString() == "inet").ToArray();
        Assert.Equal(2, seen.Length);
        Assert.Equal(("198.51.100.1", 24, "198.51.100.255", "far:1", 5), (Text(seen[0], "local"), Int(seen[0], "prefixlen"), Text(seen[0], "broadcast"), Text(seen[0], "label"), Int(seen[0], "metric")));
        Assert.InRange(Int(seen[0], "valid_life_time"), 990, 1000);
        Assert.Equal(("198.51.100.9", "198.51.100.10"), (Text(seen[1], "local"), Text(seen[1], "address")));

        var own = _client.GetAddresses(new AddressFilter { Family = InetFamily.IPv4, LinkIndex = _peer });
        Assert.Equal(2, own.Count);
        Assert.Equal((address.Address, address.Broadcast, "far:1", 5u), (own[0].Address, own[0].Broadcast, own[0].Label, own[0].Metric!.Value));
        Assert.InRange(own[0].ValidLifetime!.Value, 990u, 1000u);
        Assert.Equal((IPAddress.Parse("198.51.100.10"), 32), (own[1].Peer, own[1].PrefixLength));
        Assert.True(own[1].ValidLifetime is null && own[1].Other.IsEmpty);

        _client.ReplaceAddress(address with { ValidLifetime = null, PreferredLifetime = null });
        Assert.Null(_client.GetAddresses(new AddressFilter { Family = InetFamily.IPv4, LinkIndex = _peer })[0].ValidLifetime);
        _client.DeleteAddress(address);
        _client.DeleteAddress(own[1]);
        Assert.Empty(_client.GetAddresses(new AddressFilter { Family = InetFamily.IPv4, LinkIndex = _peer }));
        Assert.False(_client.TryDeleteAddress(address, out error));
        Assert.Equal("EADDRNOTAVAIL", error.Name);
        Assert.Throws<ArgumentException>(() => _client.AddAddress(address with { Broadcast = IPAddress.IPv6Loopback }));
    }

    [Fact]
    public void Routes_With_Everything_Come_Back_As_They_Were_Made()
    {
        var metrics = new RouteMetrics { Mtu = 1400, AdvertisedSegmentSize = 1300, InitialCongestionWindow = 20, CongestionControl = "reno", Lock = 1 << (int)RTAX.RTAX_MTU };
        var plain = Route("10.0.0.0", 8, "192.0.2.9") with { Metric = 5, Table = 1000, PreferredSource = IPAddress.Parse("192.0.2.1"), Metrics = metrics };
        var ways = Route("10.1.0.0", 16, null) with { NextHops = [Hop("192.0.2.7", 3), Hop("192.0.2.8", 1)] };
        var refusing = Route("10.3.0.0", 16, null) with { Type = (byte)RTN.RTN_PROHIBIT, OutputIndex = null };
        var other = Route("10.2.0.0", 16, "2001:db8::7");
        var v6 = Route("2001:db8:a::", 48, "2001:db8::7") with { Metric = 9, Preference = 1 };
        var ways6 = Route("2001:db8:9::", 48, null) with { NextHops = [Hop("2001:db8::7", 3), Hop("2001:db8::8", 2)], Metric = 3 };
        foreach (var route in (RouteEntry[])[plain, ways, refusing, other, v6, ways6])
            _client.AddRoute(route);

        var seen = Json("-d -4 route show table 1000");
        Assert.Equal(("10.0.0.0/8", "192.0.2.9", "near", 5, "192.0.2.1"), (Text(seen[0], "dst"), Text(seen[0], "gateway"), Text(seen[0], "dev"), Int(seen[0], "metric"), Text(seen[0], "prefsrc")));
        Assert.Contains("1300", seen[0].GetProperty("metrics").ToString(), StringComparison.Ordinal);
        seen = Json("-d -4 route show 10.1.0.0/16");
        Assert.Equal([("192.0.2.7", 3), ("192.0.2.8", 1)], seen[0].GetProperty("nexthops").EnumerateArray().Select(static h => (Text(h, "gateway"), Int(h, "weight"))));

        AssertSame(plain, Assert.Single(_client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, Table = 1000 })));
        var main = _client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, Table = 254, Protocol = RTPROT.RTPROT_STATIC });
        Assert.Equal(3, main.Count);
        AssertSame(ways with { Gateway = IPAddress.Parse("192.0.2.7"), OutputIndex = _link }, main.Single(static r => r.NextHops.Count > 0));
        AssertSame(refusing, main.Single(static r => r.Type == (byte)RTN.RTN_PROHIBIT));
        AssertSame(other, main.Single(static r => r.Gateway?.Equals(IPAddress.Parse("2001:db8::7")) == true));
        Assert.Equal(refusing.Destination, Assert.Single(_client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, Type = RTN.RTN_PROHIBIT })).Destination);
        Assert.All(_client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, OutputIndex = _link }), r => Assert.True(r.OutputIndex == _link));
        Assert.Empty(_client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, Table = 4242 }));
        var six = _client.GetRoutes(new RouteFilter { Family = InetFamily.IPv6, Protocol = RTPROT.RTPROT_STATIC });
        Assert.Equal(2, six.Count);
        Assert.Equal((1, 9u), ((int)six.Single(static r => r.PrefixLength == 48 && r.Metric == 9).Preference!.Value, 9u));
        Assert.Equal(ways6.NextHops, six.Single(static r => r.Metric == 3).NextHops);

        // What was read is taken again.
        foreach (var route in main.Concat(six).Append(plain))
        {
            _client.DeleteRoute(route);
            _client.AddRoute(route);
        }

        Assert.Equal(main.Count, _client.GetRoutes(new RouteFilter { Family = InetFamily.IPv4, Table = 254, Protocol = RTPROT.RTPROT_STATIC }).Count);
    }

    [Fact]
    public void Routes_Are_Replaced_Appended_Deleted_And_Looked_Up()
    {
        var route = Route("10.4.0.0", 16, "192.0.2.7");
        _client.AddRoute(route);
        Assert.False(_client.TryAddRoute(route, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        _client.ReplaceRoute(Route("10.4.0.0", 16, "192.0.2.8"));
        _client.AppendRoute(Route("10.4.0.0", 16, "192.0.2.9"));
        Assert.Equal(["192.0.2.8", "192.0.2.9"], Json("-4 route show 10.4.0.0/16").EnumerateArray().Select(static r => Text(r, "gateway")));

        var way = _client.GetRoute(new RouteQuery(new InetAddress(IPAddress.Parse("10.4.1.1"))));
        Assert.Equal(("192.0.2.8", _link, "192.0.2.1", 32), (way.Gateway?.ToString(), way.OutputIndex ?? 0, way.PreferredSource?.ToString(), (int)way.PrefixLength));
        Assert.Equal(254u, way.Table);
        way = _client.GetRoute(new RouteQuery(new InetAddress(IPAddress.Parse("10.4.1.1"))) { WantsTableRoute = true, Mark = 7, Protocol = IpProtocol.Tcp, DestinationPort = 80 });
        Assert.Equal(16, way.PrefixLength);
        Assert.False(_client.TryGetRoute(new RouteQuery(new InetAddress(IPAddress.Parse("203.0.113.1"))), out _, out error));
        Assert.Equal("ENETUNREACH", error.Name);

        _client.DeleteRoute(Route("10.4.0.0", 16, "192.0.2.9") with { Scope = (byte)RT_SCOPE.RT_SCOPE_NOWHERE, Type = 0, Protocol = 0 });
        Assert.Equal(["192.0.2.8"], Json("-4 route show 10.4.0.0/16").EnumerateArray().Select(static r => Text(r, "gateway")));
        Assert.Equal("RTM_DELROUTE 10.5.0.0/16 via 192.0.2.9 on index " + _link + " (near) table 254: ESRCH", Assert.Throws<NetlinkException>(() => _client.DeleteRoute(Route("10.5.0.0", 16, "192.0.2.9"))).Message);
    }

    [Fact]
    public void Neighbours()
    {
        var neighbour = new Neighbour { Family = 2, LinkIndex = _link, Destination = IPAddress.Parse("192.0.2.77"), HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:77"), State = NUD.NUD_PERMANENT };
        _client.AddNeighbour(neighbour);
        _client.ReplaceNeighbour(neighbour with { HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:78") });
        var proxy = new Neighbour { Family = 2, LinkIndex = _link, Destination = IPAddress.Parse("192.0.2.88"), Flags = NTF.NTF_PROXY };
        _client.AddNeighbour(proxy);

        var seen = Json("-4 neigh show dev near nud permanent")[0];
        Assert.Equal(("192.0.2.77", "02:00:00:00:00:78"), (Text(seen, "dst"), Text(seen, "lladdr")));
        Assert.Equal("192.0.2.88", Text(Json("-4 neigh show proxy")[0], "dst"));

        var found = Assert.Single(_client.GetNeighbours(new NeighbourFilter { Family = 2, LinkIndex = _link }));
        Assert.Equal((NUD.NUD_PERMANENT, "02:00:00:00:00:78", true), (found.State, found.HardwareAddress.ToString(), found.CacheInfo is not null && found.Other.IsEmpty));
        Assert.Empty(_client.GetNeighbours(new NeighbourFilter { Family = 2, LinkIndex = _peer }));
        Assert.Equal(proxy.Destination, Assert.Single(_client.GetNeighbours(new NeighbourFilter { Family = 2, IsProxy = true })).Destination);
        Assert.Equal(found with { CacheInfo = null }, _client.GetNeighbour(neighbour) with { CacheInfo = null });

        _client.DeleteNeighbour(neighbour);
        _client.DeleteNeighbour(proxy);
        Assert.False(_client.TryGetNeighbour(neighbour, out _, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Fact]
    public void A_Neighbour_That_Says_Only_Where_It_Is_Stays_As_With_Ip()
    {
        Witness.Run(_ns, "ip", "neigh add 192.0.2.76 lladdr 02:00:00:00:00:76 dev near");
        _client.AddNeighbour(new Neighbour { Family = 2, LinkIndex = _link, Destination = IPAddress.Parse("192.0.2.77"), HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:77") });
        var states = _client.GetNeighbours(new NeighbourFilter { Family = 2, LinkIndex = _link }).ToDictionary(static n => n.HardwareAddress.ToString(), static n => n.State);
        Assert.Equal((NUD.NUD_PERMANENT, NUD.NUD_PERMANENT), (states["02:00:00:00:00:76"], states["02:00:00:00:00:77"]));
    }

    [Fact]
    public void A_Rule_Without_A_Table_Looks_Up_In_Main_As_With_Ip()
    {
        Witness.Run(_ns, "ip", "rule add from 192.0.2.0/24 priority 200");
        Witness.Run(_ns, "ip", "-6 rule add from 2001:db8::/32 priority 200");
        var four = new RoutingRule { Family = 2, Priority = 201, Source = IPAddress.Parse("192.0.2.0"), SourceLength = 24 };
        var six = new RoutingRule { Family = 10, Priority = 201, Source = IPAddress.Parse("2001:db8::"), SourceLength = 32 };
        _client.AddRule(four);
        var batch = new NetlinkBatch();
        batch.AddRule(six);
        Assert.Equal(new BatchResult(1, 0, false), _client.Send(batch));
        foreach (var (family, rule) in ((InetFamily, RoutingRule)[])[(InetFamily.IPv4, four), (InetFamily.IPv6, six)])
        {
            var tables = _client.GetRules(family).ToDictionary(static r => r.Priority ?? 0, static r => r.Table);
            Assert.Equal((254u, 254u), (tables[200], tables[201]));
            _client.DeleteRule(rule); // whatever its table
            Assert.False(_client.TryDeleteRule(rule, out var error));
            Assert.Equal(Errno.ENOENT, error.Number);
        }
    }

    [Fact]
    public void Rules()
    {
        var rule = new RoutingRule
        {
            Family = 2,
            Source = IPAddress.Parse("192.0.2.0"),
            SourceLength = 24,
            Destination = IPAddress.Parse("10.0.0.0"),
            DestinationLength = 8,
            Priority = 100,
            Mark = 0x10,
            MarkMask = 0xff,
            Table = 1000,
            SuppressPrefixLength = 8,
            InputName = "lo",
            OutputName = "near",
            Users = new fib_rule_uid_range { start = 10, end = 20 },
            Protocol = (byte)RTPROT.RTPROT_STATIC,
            IpProtocol = IpProtocol.Tcp,
            SourcePorts = new fib_rule_port_range { start = 1000, end = 2000 },
            DestinationPorts = new fib_rule_port_range { start = 53, end = 53 },
            Flags = FIB_RULE.FIB_RULE_INVERT,
        };
        var drop = new RoutingRule { Family = 10, Source = IPAddress.Parse("2001:db8::"), SourceLength = 32, Priority = 101, Action = FR_ACT.FR_ACT_BLACKHOLE };
        _client.AddRule(rule);
        _client.AddRule(drop);
        Assert.False(_client.TryAddRule(rule, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);

        var seen = Json("-d -4 rule show").EnumerateArray().Single(static r => Int(r, "priority") == 100);
        Assert.Equal(("192.0.2.0", 24, "10.0.0.0", "0x10", "0xff", "1000"), (Text(seen, "src"), Int(seen, "srclen"), Text(seen, "dst"), Text(seen, "fwmark"), Text(seen, "fwmask"), Text(seen, "table")));
        Assert.Equal(("lo", "near", 10, 20), (Text(seen, "iif"), Text(seen, "oif"), Int(seen, "uid_start"), Int(seen, "uid_end")));

        var found = _client.GetRules(InetFamily.IPv4).Single(static r => r.Priority == 100);
        Assert.True(found.DestinationPortMask is null or 0xffff, "since Linux 6.15 the kernel tells that all bits count");
        Assert.Equal(rule, found with { Flags = found.Flags & FIB_RULE.FIB_RULE_INVERT, DestinationPortMask = null });
        Assert.Equal((FR_ACT.FR_ACT_BLACKHOLE, 32), (_client.GetRules(InetFamily.IPv6).Single(static r => r.Priority == 101) is { } six ? (six.Action, (int)six.SourceLength) : default));
        Assert.Equal(Json("-4 rule show").GetArrayLength() + Json("-6 rule show").GetArrayLength(), _client.GetRules().Count(static r => r.Family is 2 or 10)); // multicast routes have rules of their own

        _client.DeleteRule(found with { Flags = rule.Flags });
        _client.DeleteRule(drop);
        Assert.DoesNotContain(_client.GetRules(), static r => r.Priority is 100 or 101);
        Assert.False(_client.TryDeleteRule(rule, out error));
        Assert.Equal(Errno.ENOENT, error.Number);
    }

    [Fact]
    public void Route_That_Says_Only_Where_It_Leads_Is_A_Unicast_Route_Of_Table_Main()
    {
        _client.AddRoute(new RouteEntry { Family = (byte)InetFamily.IPv4, Destination = IPAddress.Parse("10.9.0.0"), PrefixLength = 16, Gateway = IPAddress.Parse("192.0.2.9") });
        _client.AddRoute(new RouteEntry { Family = (byte)InetFamily.IPv6, Destination = IPAddress.Parse("2001:db8:9::"), PrefixLength = 48, OutputIndex = _link });
        Assert.Equal("192.0.2.9", Text(Assert.Single(Json("-4 route show 10.9.0.0/16").EnumerateArray()), "gateway"));
        Assert.Equal("near", Text(Assert.Single(Json("-6 route show 2001:db8:9::/48").EnumerateArray()), "dev"));
        _client.DeleteRoute(new RouteEntry { Family = (byte)InetFamily.IPv4, Destination = IPAddress.Parse("10.9.0.0"), PrefixLength = 16 });
        Assert.Empty(Json("-4 route show 10.9.0.0/16").EnumerateArray());
    }

    [Fact]
    public void Numbers_Of_Namespaces()
    {
        using var other = NetworkNamespace.Create();
        using var third = NetworkNamespace.Create();
        Assert.Equal(NamespaceId.None, _client.GetNamespaceId(other));
        _client.SetNamespaceId(other, 7);
        _client.SetNamespaceId(third);
        Assert.Equal(7, _client.GetNamespaceId(other));
        Assert.NotEqual(NamespaceId.None, _client.GetNamespaceId(third));
        Assert.False(_client.TrySetNamespaceId(other, 8, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Equal(2, _client.GetNamespaceIds().Count);
        Assert.Contains(_client.GetNamespaceIds(), static n => n.Id == 7);
        Assert.Contains("nsid 7", Witness.Run(_ns, "ip", "netns list-id"), StringComparison.Ordinal);
        Assert.False(_client.TryGetNamespaceId(int.MaxValue, out _, out error));
        Assert.Equal(Errno.ESRCH, error.Number);

        _client.ChangeLink(_peer, new LinkChange { NamespaceId = 7 });
        Assert.Null(_client.FindLink("far"));
        Assert.Equal(7, _client.GetLink("near").ParentNamespaceId);
        using var there = RouteClient.Open(new NetlinkSocketOptions { Namespace = other });
        Assert.Equal("veth", there.GetLink("far").Kind);
    }

    [Fact]
    public void Link_That_Is_Made_In_A_Namespace_With_A_Number_Is_Told_From_There()
    {
        using var other = NetworkNamespace.Create();
        using var there = RouteClient.Open(new NetlinkSocketOptions { Namespace = other });
        _client.SetNamespaceId(other, 7);
        var beside = _client.AddLink("shape0", default(IfbLink)); // the same name here
        there.AddLink("taken", default(IfbLink));
        // Older kernels look for the name here, too.
        if (Environment.OSVersion.Version < new Version(6, 15))
        {
            Assert.Equal(Errno.EEXIST, Assert.Throws<NetlinkException>(() => _client.AddLink("shape0", default(IfbLink), new LinkChange { NamespaceId = 7 })).Error.Number);
            _client.DeleteLink(beside.Index);
        }

        var made = _client.AddLink("shape0", default(IfbLink), new LinkChange { NamespaceId = 7, Mtu = 1400 });
        Assert.Equal((made.Index, 1400u), (there.GetLink("shape0").Index, made.Mtu));
        Assert.NotEqual(beside.Index, made.Index);

        // By its number the kernel moves a link, and sets nothing on one that is there.
        Assert.Throws<ArgumentException>(() => _client.AddLink("shape1", default(IfbLink), new LinkChange { NamespaceId = 7, Alias = "x" }));
        Assert.Null(there.FindLink("shape1"));
        Assert.Null(_client.FindLink("shape0")?.Alias);
    }

    [Fact]
    public void A_Batch_Carries_All_Of_It()
    {
        var batch = new NetlinkBatch();
        var address = new LinkAddress { LinkIndex = _peer, Address = IPAddress.Parse("198.51.100.1"), PrefixLength = 24 };
        Assert.Equal(0, batch.AddLink("shape0", default(IfbLink), new LinkChange { Mtu = 1400 }));
        batch.AddAddress(address);
        batch.AddAddress(address); // refused
        batch.AddRoute(Route("10.0.0.0", 8, "192.0.2.9"));
        batch.ReplaceRoute(Route("10.0.0.0", 8, "192.0.2.8"));
        batch.AddNeighbour(new Neighbour { Family = 2, LinkIndex = _link, Destination = IPAddress.Parse("192.0.2.77"), HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:77"), State = NUD.NUD_PERMANENT });
        batch.AddRule(new RoutingRule { Family = 2, Priority = 100, Table = 1000 });
        batch.AddAlternativeName(_link, "another-name-for-the-link");
        batch.ChangeLink(_peer, new LinkChange { Alias = "batch" });
        batch.GetLink(_peer);
        batch.GetRoute(new RouteQuery(new InetAddress(IPAddress.Parse("10.1.1.1"))));
        Assert.Equal(12, batch.DeleteRule(new RoutingRule { Family = 2, Priority = 4711, Action = FR_ACT.FR_ACT_UNSPEC }) + 1); // refused
        var sink = new Answers([], []);
        Assert.Equal(new BatchResult(12, 2, false), _client.Send(batch, ref sink));
        Assert.Equal([(2, Errno.EEXIST), (11, Errno.ENOENT)], sink.Refusals);
        Assert.Equal([$"RTM_NEWADDR on index {_peer}", "RTM_DELRULE"], sink.Asked);
        Assert.Equal(["far batch", "192.0.2.8"], sink.Found);
        Assert.Equal(1400u, _client.GetLink("shape0").Mtu);
        Assert.Equal(["another-name-for-the-link"], _client.GetLink(_link).AlternativeNames);
        Assert.Equal(_link, _client.FindLink("another-name-for-the-link")!.Index);
        _client.DeleteAlternativeName(_link, "another-name-for-the-link");
        Assert.Null(_client.FindLink("another-name-for-the-link"));
        Assert.Throws<ArgumentException>(() => batch.AddLink("shape1", default(IfbLink), new LinkChange { Alias = "x" }));
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    /// <summary>The same but for what the kernel adds.</summary>
    private static void AssertSame(RouteEntry expected, RouteEntry actual) =>
        Assert.Equal(expected, actual with { Flags = expected.Flags, CacheInfo = null, Scope = expected.Scope });

    private NextHop Hop(string gateway, int weight) => new() { Gateway = new InetAddress(IPAddress.Parse(gateway)), OutputIndex = _link, Weight = weight };

    private RouteEntry Route(string destination, int prefix, string? gateway) => new()
    {
        Family = (byte)new InetAddress(IPAddress.Parse(destination)).Family,
        Destination = IPAddress.Parse(destination),
        PrefixLength = (byte)prefix,
        Gateway = gateway is null ? null : IPAddress.Parse(gateway),
        OutputIndex = gateway is null ? null : _link,
        Table = 254,
        Type = (byte)RTN.RTN_UNICAST,
        Protocol = (byte)RTPROT.RTPROT_STATIC,
    };

    private JsonElement Json(string arguments) => JsonDocument.Parse(Witness.Run(_ns, "ip", "-j " + arguments)).RootElement.Clone();

    private readonly struct Answers(List<string> found, List<(int, int)> refusals) : IBatchSink
    {
        public List<string> Found { get; } = found;

        public List<(int, int)> Refusals { get; } = refusals;

        public List<string?> Asked { get; } = [];

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            if (LinkView.TryRead(message, out var link))
                Found.Add($"{System.Text.Encoding.UTF8.GetString(link.Name)} {System.Text.Encoding.UTF8.GetString(link.Alias)}");
            else if (RouteView.TryRead(message, out var route))
                Found.Add(route.Gateway.ToString());
        }

        public void Refused(int index, in NetlinkError error)
        {
            Refusals.Add((index, error.Number));
            Asked.Add(error.Request);
        }
    }
}
