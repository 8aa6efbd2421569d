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
        Assert.False(events.Wait(TimeSpan.Zero));
        var watch = Stopwatch.StartNew();
        Assert.False(events.Wait(TimeSpan.FromMilliseconds(30)));
        Assert.InRange(watch.ElapsedMilliseconds, 29, 10_000);
        var sink = new Sink();
        Assert.False(events.Receive(ref sink));
        Assert.Equal(0, sink.Count);

        var came = false;
        var waiting = new Thread(() => came = events.Wait(Timeout.InfiniteTimeSpan));
        waiting.Start();
        Client.AddLink("shape0", default(IfbLink));
        Assert.True(waiting.Join(Patience));
        Assert.True(came);
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
        Assert.Throws<ObjectDisposedException>(() => events.Wait(TimeSpan.Zero));
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
            Assert.True(watch.Elapsed < Patience && events.Wait(Patience), $"nothing more came after {sink.Count} events");
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
}
