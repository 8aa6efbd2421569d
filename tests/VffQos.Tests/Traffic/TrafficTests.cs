using System.Net.Sockets;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffQos.Configuration;
using VffQos.Lab;

namespace VffQos.Tests.Traffic;

/// <summary>Real traffic against real limits, the daemon between them and the kernel. A second of these tests is a second.</summary>
[Trait("Category", "Kernel")]
[Trait("Traffic", "true")]
[Collection(TrafficCollection.Name)]
public sealed class TrafficTests
{
    private const AddressFamily IPv4 = AddressFamily.InterNetwork;
    private const AddressFamily IPv6 = AddressFamily.InterNetworkV6;

    public static TheoryData<string> Planes => ["maps", "marks"];

    [Theory]
    [MemberData(nameof(Planes))]
    public void EachUser_GetsTheLimitsOfTheUser_WhateverTheTransportAndWhoeverIsBesideIt(string plane)
    {
        // One address and one port number, three users: by transport, and by the server's port.
        var alice = User("alice", ProtocolType.Tcp, IPv4, 1, "2mbit", "3mbit");
        var bob = User("bob", ProtocolType.Udp, IPv4, 1, "500kbit", "900kbit");
        var carol = User("carol", ProtocolType.Udp, IPv4, 1, "300kbit", "700kbit") with { ServerPort = 8443 };
        var dave = User("dave", ProtocolType.Tcp, IPv6, 2, "2100kbit", "3200kbit");
        var erin = User("erin", ProtocolType.Udp, IPv6, 2, "600kbit", "800kbit");
        // And two whose sockets name a class: another user's, and the root, which goes past all classes.
        var frank = User("frank", ProtocolType.Udp, IPv4, 3, "400kbit", "1mbit");
        var grace = User("grace", ProtocolType.Udp, IPv6, 3, "350kbit", "750kbit");
        using var scene = new TrafficScene(plane, new VffQosConfig(), alice, bob, carol, dave, erin, frank, grace);
        scene.Open(alice, bob, dave, erin);
        scene.Open(carol); // a line does not tell the server's port: the flow that is there first is the first line's
        var (download, upload) = scene.ClassesOf(alice);
        frank = frank with { ServerPriority = download.Value, ClientPriority = upload.Value };
        grace = grace with { ServerPriority = download.Qdisc.Value, ClientPriority = upload.Qdisc.Value };
        scene.Open(frank, grace);
        scene.AssertLimits(alice, bob, carol, dave, erin, frank, grace);
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void Users_ShareTheCeilingEvenly(string plane)
    {
        var ceiling = Rate.Parse("10mbit");
        var third = new Rate(ceiling.BytesPerSecond / 3);
        LabUser[] users =
        [
            User("alice", ProtocolType.Tcp, IPv4, 1, "8mbit", "8mbit"),
            User("bob", ProtocolType.Udp, IPv4, 2, "8mbit", "8mbit") with { Excess = 0.6 },
            User("carol", ProtocolType.Udp, IPv6, 3, "8mbit", "8mbit") with { Excess = 0.6 },
        ];
        using var scene = new TrafficScene(plane, new VffQosConfig { Ceil = ceiling }, users);
        scene.Open(users);
        var rates = scene.Measure([.. users.Select(static u => u.Flows), [.. users.SelectMany(static u => u.Flows)]]);
        scene.AssertWithin(0.1, ceiling, rates[3].Upload, "all uploads");
        scene.AssertWithin(0.1, ceiling, rates[3].Download, "all downloads");
        for (var i = 0; i < users.Length; i++)
        {
            scene.AssertWithin(0.1, third, rates[i].Upload, $"{users[i].Name}'s share of the uploads");
            scene.AssertWithin(0.1, third, rates[i].Download, $"{users[i].Name}'s share of the downloads");
        }
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void UnknownTraffic_IsHeldToTheDefault(string plane)
    {
        var limit = Rate.Parse("20mbit");
        var alice = User("alice", ProtocolType.Udp, IPv6, 1, "1mbit", "2mbit");
        using var scene = new TrafficScene(plane, new VffQosConfig { Default = new(limit, null) }, alice);
        TrafficFlow[] unknown = [.. Enumerable.Range(0, 4).Select(i => scene.Lab.Open(new()
        {
            Transport = ProtocolType.Tcp,
            Client = new(LabNetwork.ClientAddress(IPv4, 2), 41000 + i),
            Download = FlowOptions.Unpaced,
        }))];
        scene.Open(alice);
        var rates = scene.Measure(unknown, alice.Flows);
        scene.AssertWithin(0.1, limit, rates[0].Download, "downloads of unknown users");
        scene.AssertWithin(0.1, alice.Upload, rates[1].Upload, "alice's upload");
        scene.AssertWithin(0.1, alice.Download, rates[1].Download, "alice's download");
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void UnknownTraffic_WithoutADefault_GoesWhereItLikes(string plane)
    {
        var alice = User("alice", ProtocolType.Udp, IPv6, 1, "500kbit", "1mbit");
        var fiveTimes = Rate.Parse("5mbit");
        var offered = Rate.Parse("7mbit");
        using var scene = new TrafficScene(plane, new VffQosConfig(), alice);
        var unknown = scene.Lab.Open(new()
        {
            Transport = ProtocolType.Udp,
            Client = new(LabNetwork.ClientAddress(IPv6, 2), 40000),
            Upload = offered,
            Download = offered,
        });
        scene.Open(alice);
        var rates = scene.Measure([unknown], alice.Flows);
        Assert.True(rates[0].Upload > fiveTimes && rates[0].Download > fiveTimes, $"unknown traffic: up {rates[0].Upload}, down {rates[0].Download}, offered {offered}");
        scene.AssertWithin(0.1, alice.Upload, rates[1].Upload, "alice's upload");
        scene.AssertWithin(0.1, alice.Download, rates[1].Download, "alice's download");
    }

    [Theory]
    [MemberData(nameof(Planes))]
    public void UdpFlow_SilentPastItsConntrackTimeout_IsStillHeld(string plane)
    {
        Requires.Tool("conntrack");
        var four = User("alice", ProtocolType.Udp, IPv4, 1, "600kbit", "900kbit");
        var six = User("bob", ProtocolType.Udp, IPv6, 1, "500kbit", "800kbit");
        using var scene = new TrafficScene(plane, new VffQosConfig(), four, six);
        var server = scene.Lab.Network.Server;
        server.Run(static () =>
        {
            File.WriteAllText("/proc/sys/net/netfilter/nf_conntrack_udp_timeout", "2");
            File.WriteAllText("/proc/sys/net/netfilter/nf_conntrack_udp_timeout_stream", "2");
        });
        scene.Open(four, six);
        scene.ClassesOf(four);
        scene.ClassesOf(six);
        scene.WaitUntil(() => Entries("ipv4") == 1 && Entries("ipv6") == 1, "both flows have a conntrack entry");
        four.Flows[0].Pause();
        six.Flows[0].Pause();
        scene.WaitUntil(() => Entries("ipv4") == 0 && Entries("ipv6") == 0, "both flows' conntrack entries are gone");
        // The entry that comes back is the way round of the packet that made it.
        four.Flows[0].Resume(FlowSide.Client);
        six.Flows[0].Resume(FlowSide.Server);
        scene.WaitUntil(() => Entries("ipv4") == 1 && Entries("ipv6") == 1, "both flows have a conntrack entry again");
        four.Flows[0].Resume();
        six.Flows[0].Resume();
        scene.AssertLimits(four, six);

        int Entries(string family) => Witness.Run(server, "conntrack", $"-L -p udp -f {family}").Split('\n').Count(static line => line.Contains("port=443", StringComparison.Ordinal));
    }

    private static LabUser User(string name, ProtocolType transport, AddressFamily family, int client, string upload, string download) =>
        new(name, transport, new(LabNetwork.ClientAddress(family, client), 40000), Rate.Parse(upload), Rate.Parse(download));
}
