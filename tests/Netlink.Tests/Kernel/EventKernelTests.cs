using System.Diagnostics;
using System.Net;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

[Trait("Category", "Kernel")]
public class EventKernelTests : KernelTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Link_Is_Seen_To_Come_Go_Up_Change_Go_Down_And_Go_Away()
    {
        using var events = Subscribe(RTNLGRP.RTNLGRP_LINK);
        var index = Client.AddLink("shape0", default(IfbLink)).Index;
        Until(events, s => s.Links.Any(l => l.Type == RTM.RTM_NEWLINK && l.Link is { Name: "shape0", IsUp: false } && l.Link.Index == index));
        Client.ChangeLink(index, new LinkChange { Up = true });
        Until(events, static s => s.Links.Any(static l => l.Link is { Name: "shape0", IsUp: true }));
        Client.ChangeLink(index, new LinkChange { Alias = "vffqos" });
        Until(events, static s => s.Links.Any(static l => l.Link.Alias == "vffqos"));
        Client.ChangeLink(index, new LinkChange { Up = false });
        Until(events, static s => s.Links.Any(static l => l.Link is { Name: "shape0", IsUp: false }));
        Client.DeleteLink(index);
        var seen = Until(events, static s => s.Links.Any(static l => l.Type == RTM.RTM_DELLINK));
        Assert.Equal((index, 0), (seen.Links[^1].Link.Index, seen.Links[^1].Link.Family));
    }

    [Fact]
    public void Bridge_That_Loses_A_Port_Does_Not_Look_Like_The_Ports_End()
    {
        Requires.Tool("ip");
        Requires.Kernel(Witness.TryRun(Namespace, "ip", "link", "add", "br0", "type", "bridge").ExitCode == 0, "bridges");
        Client.AddLink("near", new VethLink("far"));
        using var events = Subscribe(RTNLGRP.RTNLGRP_LINK);
        Witness.Run(Namespace, "ip", "link set near master br0");
        Witness.Run(Namespace, "ip", "link set near nomaster");
        Client.AddLink("shape0", default(IfbLink));
        var seen = Until(events, static s => s.Links.Any(static l => l.Link.Name == "shape0"));
        var gone = seen.Links.Where(static l => l.Type == RTM.RTM_DELLINK).ToArray();
        Assert.NotEmpty(gone);
        Assert.All(gone, static l => Assert.Equal((7, "near"), (l.Link.Family, l.Link.Name)));
        Assert.NotNull(Client.FindLink("near"));
    }

    [Fact]
    public void Addresses_Are_Seen_To_Come_And_Go()
    {
        Requires.Tool("ip");
        var index = Client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        using var events = Subscribe(RTNLGRP.RTNLGRP_IPV4_IFADDR, RTNLGRP.RTNLGRP_IPV6_IFADDR);
        Client.AddAddress(index, IPAddress.Parse("192.0.2.1"), 24);
        Client.AddAddress(index, IPAddress.Parse("2001:db8::1"), 64, 2);
        Until(events, static s => s.Addresses.Count(static a => a.Type == RTM.RTM_NEWADDR && a.Address.Address.ToString() is "192.0.2.1" or "2001:db8::1") == 2);
        Witness.Run(Namespace, "ip", "address del 192.0.2.1/24 dev near");
        Witness.Run(Namespace, "ip", "address del 2001:db8::1/64 dev near");
        Until(events, static s => s.Addresses.Count(static a => a.Type == RTM.RTM_DELADDR) == 2);
    }

    [Fact]
    public void Lost_Events_Are_Told_And_Later_Ones_Follow()
    {
        // The kernel tells of an alias only where the link is up.
        var index = Client.AddLink("shape0", default(IfbLink), new LinkChange { Up = true }).Index;
        using var events = Subscribe(new NetlinkSocketOptions { Namespace = Namespace, ReceiveBuffer = 8192 }, RTNLGRP.RTNLGRP_LINK);
        for (var i = 0; i < 50; i++)
            Client.ChangeLink(index, new LinkChange { Alias = $"{i}" });
        var seen = Until(events, static s => s.Overruns > 0);
        Assert.InRange(seen.Links.Count, 1, 49);
        while (events.Receive(ref seen))
        {
        }

        Client.ChangeLink(index, new LinkChange { Alias = "later" });
        Until(events, static s => s.Links.Any(static l => l.Link.Alias == "later"));
    }

    [Fact]
    public void Wait_Ends_With_An_Event_Or_With_The_Time()
    {
        using var events = Subscribe(RTNLGRP.RTNLGRP_LINK);
        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        var watch = Stopwatch.StartNew();
        Assert.False(events.Wait(TimeSpan.FromMilliseconds(30), TestContext.Current.CancellationToken));
        Assert.InRange(watch.ElapsedMilliseconds, 29, 10_000);
        var sink = new Sink();
        Assert.False(events.Receive(ref sink));
        Assert.Equal(0, sink.Count);

        var came = false;
        var waiting = new Thread(() => came = events.Wait(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));
        waiting.Start();
        Client.AddLink("shape0", default(IfbLink));
        Assert.True(waiting.Join(Patience));
        Assert.True(came);
    }

    [Fact]
    public void Wait_Is_Cancelled_From_Another_Thread_And_Waits_Again()
    {
        using var events = Subscribe(RTNLGRP.RTNLGRP_LINK);
        for (var round = 0; round < 3; round++)
        {
            using var source = new CancellationTokenSource();
            Exception? failure = null;
            var thread = "";
            var waiting = new Thread(() =>
            {
                Volatile.Write(ref thread, File.ResolveLinkTarget("/proc/thread-self", false)!.FullName);
                failure = Record.Exception(() => events.Wait(Timeout.InfiniteTimeSpan, source.Token));
            });
            waiting.Start();
            // 7 is poll on x86-64; elsewhere the round cancels whenever it comes to it.
            SpinWait.SpinUntil(() => Volatile.Read(ref thread) is { Length: > 0 } at && File.ReadAllText(at + "/syscall").StartsWith("7 ", StringComparison.Ordinal), TimeSpan.FromSeconds(2));
            source.Cancel();
            Assert.True(waiting.Join(Patience));
            Assert.IsType<OperationCanceledException>(failure);
        }

        // The wake-ups of before are used up, and a token that can still be cancelled does not hide an event.
        using var later = new CancellationTokenSource();
        Assert.False(events.Wait(TimeSpan.FromMilliseconds(10), later.Token));
        Client.AddLink("shape0", default(IfbLink));
        Assert.True(events.Wait(Patience, later.Token));
    }

    [Fact]
    public void Groups_Are_Joined_And_Left_While_The_Socket_Lives()
    {
        using var events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [], new NetlinkSocketOptions { Namespace = Namespace });
        var sink = new Sink();
        Client.AddLink("shape0", default(IfbLink));
        Assert.False(events.Receive(ref sink));
        events.Join((uint)RTNLGRP.RTNLGRP_LINK);
        Client.AddLink("shape1", default(IfbLink));
        Until(events, static s => s.Links.Any(static l => l.Link.Name == "shape1"));
        events.Leave((uint)RTNLGRP.RTNLGRP_LINK);
        while (events.Receive(ref sink))
        {
        }

        var count = sink.Count;
        Client.AddLink("shape2", default(IfbLink));
        Assert.False(events.Receive(ref sink));
        Assert.Equal(count, sink.Count);
        Assert.Contains("NETLINK_DROP_MEMBERSHIP 100000: EINVAL", Assert.Throws<NetlinkException>(() => events.Leave(100_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernel_Lists_The_Groups_That_Were_Joined_Above_32_As_Well()
    {
        using var events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [1, 35], new NetlinkSocketOptions { Namespace = Namespace });
        Assert.Equal([1u, 35u], RawSocket.GroupsOf(events.Descriptor));
        events.Join(34);
        events.Leave(35);
        Assert.Equal([1u, 34u], RawSocket.GroupsOf(events.Descriptor));
    }

    [Fact]
    public void Groups_Above_32_Are_Heard_Until_They_Are_Left()
    {
        Requires.Tool("ip");
        Requires.Tool("bridge");
        Requires.Kernel(Witness.TryRun(Namespace, "ip", "link", "add", "br0", "type", "bridge", "vlan_filtering", "1").ExitCode == 0, "bridges that filter VLANs");
        const uint BridgeVlans = 33; // RTNLGRP_BRVLAN
        const int NewVlan = 112; // RTM_NEWVLAN
        using var events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [BridgeVlans], new NetlinkSocketOptions { Namespace = Namespace });
        var sink = new Types();
        while (events.Receive(ref sink))
        {
        }

        sink.Seen.Clear();
        Witness.Run(Namespace, "bridge", "vlan add vid 10 dev br0 self");
        Assert.True(events.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.False(events.Receive(ref sink));
        Assert.Equal([NewVlan], sink.Seen);
        events.Leave(BridgeVlans);
        Witness.Run(Namespace, "bridge", "vlan add vid 11 dev br0 self");
        Assert.False(events.Receive(ref sink));
        Assert.Single(sink.Seen);
    }

    [Fact]
    public void Group_That_Is_None_Is_An_Error_And_A_Disposed_Socket_Says_So()
    {
        Assert.Contains("NETLINK_ADD_MEMBERSHIP 100000: EINVAL",
            Assert.Throws<NetlinkException>(() => Subscribe((RTNLGRP)100_000)).Message, StringComparison.Ordinal);
        var events = Subscribe(RTNLGRP.RTNLGRP_LINK);
        Assert.True(events.Descriptor > 2);
        events.Dispose();
        var sink = new Sink();
        Assert.Throws<ObjectDisposedException>(() => events.Receive(ref sink));
        Assert.Throws<ObjectDisposedException>(() => events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => events.Descriptor);
    }

    private NetlinkEventSocket Subscribe(params RTNLGRP[] groups) => Subscribe(new NetlinkSocketOptions { Namespace = Namespace }, groups);

    private static NetlinkEventSocket Subscribe(NetlinkSocketOptions options, params RTNLGRP[] groups) =>
        NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [.. groups.Select(static g => (uint)g)], options);

    /// <summary>Receives until a condition holds, and fails where it never does.</summary>
    private static Sink Until(NetlinkEventSocket events, Func<Sink, bool> condition)
    {
        var sink = new Sink();
        var watch = Stopwatch.StartNew();
        while (!condition(sink))
        {
            Assert.True(watch.Elapsed < Patience && events.Wait(Patience, TestContext.Current.CancellationToken), $"nothing more came after {sink.Count} events");
            while (events.Receive(ref sink))
            {
            }
        }

        return sink;
    }

    private struct Sink : IEventSink
    {
        public Sink()
        {
        }

        public List<(RTM Type, Link Link)> Links { get; } = [];

        public List<(RTM Type, LinkAddress Address)> Addresses { get; } = [];

        public int Overruns { get; private set; }

        public readonly int Count => Links.Count + Addresses.Count;

        public void Event(scoped in NetlinkMessage message)
        {
            var type = (RTM)message.Type;
            if (type is RTM.RTM_NEWLINK or RTM.RTM_DELLINK)
                Links.Add((type, Link.Read(message)));
            else if (LinkAddress.Read(message) is { } address)
                Addresses.Add((type, address));
        }

        public void Overrun() => Overruns++;
    }

    private readonly struct Types : IEventSink
    {
        public Types()
        {
        }

        public List<int> Seen { get; } = [];

        public void Event(scoped in NetlinkMessage message) => Seen.Add(message.Type);

        public void Overrun() => Seen.Add(-1);
    }
}
