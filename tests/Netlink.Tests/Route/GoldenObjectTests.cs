using System.Net;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>What is sent for an object with all that belongs to it, against what ip sends for the same; and that reading it back and writing it again changes no byte.</summary>
public sealed class GoldenObjectTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly RouteClient _client;

    public GoldenObjectTests()
    {
        _client = new RouteClient(new NetlinkSocket(_kernel));
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
    }

    public void Dispose() => _client.Dispose();

    private static RouteEntry Route(string destination, int prefix, string? gateway) => new()
    {
        Family = (byte)new InetAddress(IPAddress.Parse(destination)).Family,
        Destination = IPAddress.Parse(destination),
        PrefixLength = (byte)prefix,
        Gateway = gateway is null ? null : IPAddress.Parse(gateway),
        OutputIndex = gateway is null ? null : 3,
        Table = 254,
        Type = (byte)RTN.RTN_UNICAST,
        Protocol = (byte)RTPROT.RTPROT_BOOT,
    };

    private static LinkAddress Address(string address, int prefix) => new() { LinkIndex = 3, Address = IPAddress.Parse(address), PrefixLength = (byte)prefix };

    [Fact]
    public void Address_With_Everything() => AssertSends("address-add-all.txt", c => c.AddAddress(Address("198.51.100.1", 24) with
    {
        Broadcast = IPAddress.Parse("198.51.100.255"),
        Label = "v0:1",
        Metric = 5,
        ValidLifetime = 1000,
        PreferredLifetime = 500,
    }));

    [Fact]
    public void Address_With_Peer() => AssertSends("address-add-peer.txt", c => c.AddAddress(Address("198.51.100.9", 32) with { Peer = IPAddress.Parse("198.51.100.10") }));

    [Fact]
    public void Address_V6_With_Metric_And_Flags() =>
        AssertSends("address-add-6-all.txt", c => c.AddAddress(Address("2001:db8:1::1", 64) with { Metric = 7, Flags = (uint)IFA_F.IFA_F_NOPREFIXROUTE }));

    [Fact]
    public void Replaced_Address() => AssertSends("address-replace.txt", c => c.ReplaceAddress(Address("192.0.2.1", 24) with { ValidLifetime = 100, PreferredLifetime = 50 }));

    [Fact]
    public void Deleted_Address() => AssertSends("address-delete.txt", c => c.DeleteAddress(Address("198.51.100.1", 24)));

    [Fact]
    public void Route_With_Metrics() => AssertSends("route-add-metrics.txt", c => c.AddRoute(Route("10.0.0.0", 8, "192.0.2.9") with
    {
        PreferredSource = IPAddress.Parse("192.0.2.1"),
        Metric = 5,
        Table = 1000,
        Protocol = (byte)RTPROT.RTPROT_STATIC,
        Metrics = new RouteMetrics { Mtu = 1400, AdvertisedSegmentSize = 1300, InitialCongestionWindow = 20, CongestionControl = "reno", Lock = 1 << (int)RTAX.RTAX_MTU },
    }));

    [Fact]
    public void Route_With_Several_Ways() => AssertSends("route-add-multipath.txt", c => c.AddRoute(Route("10.1.0.0", 16, null) with
    {
        Protocol = (byte)RTPROT.RTPROT_STATIC,
        NextHops = [Hop("192.0.2.7", 3), Hop("192.0.2.8", 1) with { Flags = RTNH_F.RTNH_F_ONLINK }],
    }));

    [Fact]
    public void Route_V6_With_Several_Ways() => AssertSends("route-add-multipath6.txt", c => c.AddRoute(Route("2001:db8:9::", 48, null) with
    {
        Protocol = (byte)RTPROT.RTPROT_STATIC,
        NextHops = [Hop("2001:db8::7", 3), Hop("2001:db8::8", 2)],
    }));

    [Fact]
    public void Route_By_A_Gateway_Of_The_Other_Family() => AssertSends("route-add-via6.txt", c => c.AddRoute(Route("10.2.0.0", 16, "2001:db8::7")));

    [Fact]
    public void Blackhole() => AssertSends("route-add-blackhole.txt", c => c.AddRoute(Route("10.3.0.0", 16, null) with { Type = (byte)RTN.RTN_BLACKHOLE }));

    [Fact]
    public void Route_With_Preference_And_Expiry() =>
        AssertSends("route-add-6-pref.txt", c => c.AddRoute(Route("2001:db8:a::", 48, "2001:db8::7") with { Metric = 9, Preference = 1, Expires = 100 }));

    [Fact]
    public void Replaced_Route() => AssertSends("route-replace.txt", c => c.ReplaceRoute(Route("10.4.0.0", 16, "192.0.2.7")));

    [Fact]
    public void Appended_Route() => AssertSends("route-append.txt", c => c.AppendRoute(Route("10.4.0.0", 16, "192.0.2.8")));

    [Fact]
    public void Deleted_Route() => AssertSends("route-delete.txt", c => c.DeleteRoute(Route("10.4.0.0", 16, "192.0.2.8") with { Scope = (byte)RT_SCOPE.RT_SCOPE_NOWHERE, Type = 0, Protocol = 0 }));

    [Fact]
    public void Neighbours()
    {
        var neighbour = new Neighbour { Family = 2, LinkIndex = 3, Destination = IPAddress.Parse("192.0.2.77") };
        AssertSends("neighbour-add.txt", c => c.AddNeighbour(neighbour with { HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:77") })); // permanent, as ip has it
        AssertSends("neighbour-replace.txt", c => c.ReplaceNeighbour(new Neighbour
        {
            Family = 10,
            LinkIndex = 3,
            Destination = IPAddress.Parse("2001:db8::77"),
            HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:78"),
            State = NUD.NUD_REACHABLE,
        }));
        AssertSends("neighbour-delete.txt", c => c.DeleteNeighbour(neighbour));
        AssertSends("neighbour-get.txt", c => c.TryGetNeighbour(neighbour, out _, out _));
    }

    [Fact]
    public void Rule_With_Everything() => AssertSends("rule-add.txt", c => c.AddRule(new RoutingRule
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
        OutputName = "v0",
        Users = new fib_rule_uid_range { start = 10, end = 20 },
        Protocol = (byte)RTPROT.RTPROT_STATIC,
        IpProtocol = IpProtocol.Tcp,
        SourcePorts = new fib_rule_port_range { start = 1000, end = 2000 },
        DestinationPorts = new fib_rule_port_range { start = 53, end = 53 },
    }));

    [Fact]
    public void Other_Rules()
    {
        AssertSends("rule-add-not.txt", c => c.AddRule(new RoutingRule
        {
            Family = 10,
            Source = IPAddress.Parse("2001:db8::"),
            SourceLength = 32,
            Priority = 101,
            Action = FR_ACT.FR_ACT_BLACKHOLE,
            Flags = FIB_RULE.FIB_RULE_INVERT,
        }));
        AssertSends("rule-add-goto.txt", c => c.AddRule(new RoutingRule { Family = 2, Priority = 90, Action = FR_ACT.FR_ACT_GOTO, Goto = 32766 }));
        AssertSends("rule-add-l3mdev.txt", c => c.AddRule(new RoutingRule { Family = 2, Priority = 91, IsL3Master = true }));
        AssertSends("rule-delete.txt", c => c.DeleteRule(new RoutingRule { Family = 2, Priority = 90, Action = FR_ACT.FR_ACT_UNSPEC }));
    }

    [Fact]
    public void A_Rule_Without_A_Table_Looks_Up_In_Main()
    {
        AssertSends("rule-add-main.txt", c => c.AddRule(new RoutingRule { Family = 2, Source = IPAddress.Parse("192.0.2.0"), SourceLength = 24, Priority = 92 }));
        AssertSends("rule-delete-any.txt", c => c.DeleteRule(new RoutingRule { Family = 2, Source = IPAddress.Parse("192.0.2.0"), SourceLength = 24, Priority = 92, Action = FR_ACT.FR_ACT_UNSPEC }));
    }

    /// <summary>The kernel would take what stands before it for the name.</summary>
    [Fact]
    public void A_Name_With_A_Nul_Is_Refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => _client.AddRule(new RoutingRule { Family = 2, InputName = "lo\0x" }));
        Assert.Contains("FRA_IIFNAME", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _client.AddAddress(Address("198.51.100.1", 24) with { Label = "v0:1\0" }));
        Assert.Empty(_kernel.Sent);
    }

    /// <summary>The kernel would not look at the address, and make a default route, or a rule for all packets.</summary>
    [Fact]
    public void An_Address_Without_A_Prefix_Length_Is_Refused()
    {
        var host = IPAddress.Parse("2001:db8::1");
        foreach (var verb in (Action<RouteClient>[])
            [
                c => c.AddRoute(new RouteEntry { Family = 10, Destination = host, OutputIndex = 3 }),
                c => c.DeleteRoute(new RouteEntry { Family = 10, Destination = host }),
                c => c.ReplaceRoute(new RouteEntry { Family = 10, Destination = host, PrefixLength = 128, Source = host, OutputIndex = 3 }),
                c => c.AddRule(new RoutingRule { Family = 10, Source = host }),
                c => c.DeleteRule(new RoutingRule { Family = 10, Destination = host }),
            ])
        {
            var refusal = Assert.Throws<ArgumentException>(() => verb(_client));
            Assert.Contains("2001:db8::1", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("prefix length of 0", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_kernel.Sent);
        _client.AddRoute(new RouteEntry { Family = 10, Destination = IPAddress.IPv6Any, OutputIndex = 3 });
        Assert.Single(_kernel.Sent);
    }

    [Theory]
    [InlineData("address-add-all.txt")]
    [InlineData("address-add-peer.txt")]
    [InlineData("address-add-6-all.txt")]
    [InlineData("address-add-6.txt")]
    [InlineData("address-delete.txt")]
    [InlineData("route-add-metrics.txt")]
    [InlineData("route-add-multipath.txt")]
    [InlineData("route-add-multipath6.txt")]
    [InlineData("route-add-via6.txt")]
    [InlineData("route-add-blackhole.txt")]
    [InlineData("route-add-6-pref.txt")]
    [InlineData("route-delete.txt")]
    [InlineData("neighbour-add.txt")]
    [InlineData("neighbour-replace.txt")]
    [InlineData("neighbour-delete.txt")]
    [InlineData("rule-add.txt")]
    [InlineData("rule-add-not.txt")]
    [InlineData("rule-add-goto.txt")]
    [InlineData("rule-add-l3mdev.txt")]
    [InlineData("rule-add-main.txt")]
    [InlineData("rule-delete.txt")]
    public void What_Was_Read_Is_Written_Without_A_Difference(string file)
    {
        var captured = Assert.Single(Golden.Load(file));
        Golden.Equal(captured, WriteAgain(captured));

        // An attribute that nobody knows, with a flag and a payload that needs padding, comes back as it was.
        byte[] longer = [.. captured, 7, 0, 0x7b, 0x80, 1, 2, 3, 0];
        BitConverter.TryWriteBytes(longer, longer.Length);
        Golden.Equal(longer, WriteAgain(longer));
    }

    private static byte[] WriteAgain(byte[] captured)
    {
        var reader = new MessageReader(captured);
        Assert.True(reader.MoveNext());
        var message = reader.Current;
        var again = MessageWriter.Begin(new byte[1024], message.Type, message.Flags);
        switch ((RTM)message.Type)
        {
            case RTM.RTM_NEWADDR or RTM.RTM_DELADDR:
                LinkAddress.Read(message)!.Write(again);
                break;
            case RTM.RTM_NEWROUTE or RTM.RTM_DELROUTE:
                RouteEntry.Read(message).Write(again);
                break;
            case RTM.RTM_NEWNEIGH or RTM.RTM_DELNEIGH:
                Neighbour.Read(message).Write(again);
                break;
            default:
                RoutingRule.Read(message).Write(again);
                break;
        }

        return again.Message.ToArray();
    }

    private static NextHop Hop(string gateway, int weight) => new() { Gateway = new InetAddress(IPAddress.Parse(gateway)), OutputIndex = 3, Weight = weight };

    private void AssertSends(string file, Action<RouteClient> verb)
    {
        _kernel.Sent.Clear();
        verb(_client);
        Golden.Equal(Assert.Single(Golden.Load(file)), Assert.Single(_kernel.Sent));
    }
}
