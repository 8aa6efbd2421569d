using System.Net;
using System.Net.Sockets;
using VffNetlink.Events;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Kernel;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Events;

/// <summary>Watched tables of a real kernel, also through floods that overrun the smallest buffers.</summary>
[Trait("Category", "Kernel")]
public sealed class TableKernelTests : KernelTest
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    private NetlinkEventStreamOptions Small => new() { Socket = new NetlinkSocketOptions { Namespace = Namespace, ReceiveBuffer = 8192 }, Capacity = 4096 };

    private NetlinkEventStreamOptions Default => new() { Socket = new NetlinkSocketOptions { Namespace = Namespace, ReceiveBuffer = 4 << 20 } };

    [Fact]
    public async Task Links_Are_Told_As_They_Come_Change_And_Go()
    {
        await using var watch = new TableWatch<int, Link>(new LinkTable(), Default);
        await using var changes = watch.ReadAllAsync(_deadline.Token).GetAsyncEnumerator(_deadline.Token);
        Assert.Equal((TableChangeKind.Added, "lo"), await Next(changes));
        Assert.Equal(TableChangeKind.Synchronized, (await Next(changes)).Kind);
        var index = Client.AddLink("shape0", default(IfbLink)).Index;
        Assert.Equal((TableChangeKind.Added, "shape0"), await Next(changes));
        Client.ChangeLink(index, new LinkChange { Mtu = 1400 });
        Assert.Equal((TableChangeKind.Changed, "shape0"), await Next(changes));
        Assert.Equal((1500u, 1400u), (changes.Current.Previous!.Mtu, changes.Current.Value!.Mtu));
        Client.DeleteLink(index);
        Assert.Equal((TableChangeKind.Removed, "shape0"), await Next(changes));
        Assert.Equal(0, watch.Overruns);
    }

    [Fact]
    public async Task Links_Equal_The_Kernels_After_A_Flood_That_Was_Not_Read()
    {
        await using var watch = new TableWatch<int, Link>(new LinkTable(), Small);
        await Until(watch, () => watch.Entries.Count == 1);
        var table = new LinkTable();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 60; i++)
            {
                var index = Client.AddLink($"shape{i}", default(IfbLink)).Index;
                Client.ChangeLink(index, new LinkChange { Up = true });
                if (i % 3 == 0)
                    Client.DeleteLink(index);
            }

            await Until(watch, () => Same(watch, Client.GetLinks(), table));
            Assert.True(watch.Overruns > round, "nothing was lost, so nothing is shown");
            foreach (var link in Client.GetLinks().Where(static l => l.Index != 1))
                Client.DeleteLink(link.Index);
            await Until(watch, () => watch.Entries.Count == 1);
        }
    }

    [Fact]
    public async Task Addresses_Equal_The_Kernels_Also_Where_Many_Were_Lost()
    {
        var index = Client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        await using var watch = new TableWatch<AddressKey, LinkAddress>(new AddressTable(), Small);
        await Until(watch, () => Same(watch, Client.GetAddresses(), new AddressTable()));
        for (var i = 1; i <= 200; i++)
        {
            Client.AddAddress(index, IPAddress.Parse($"192.0.2.{i}"), 24);
            Client.AddAddress(index, IPAddress.Parse($"2001:db8::{i:x}"), 64, 2);
        }

        await Until(watch, () => Same(watch, Client.GetAddresses(), new AddressTable()));
        Assert.True(watch.Overruns > 0);
        Client.DeleteLink(index);
        await Until(watch, () => watch.Entries.Count == 0);
    }

    [Fact]
    public async Task Neighbours_Equal_The_Kernels_Also_Where_Many_Were_Lost()
    {
        Requires.Tool("ip");
        var index = Client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        var table = new NeighbourTable();
        using var socket = OpenSocket();
        await using var watch = new TableWatch<NeighbourKey, Neighbour>(table, Small);
        await Until(watch, IsSame);
        Witness.Run(Namespace, "ip", "neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev near");
        // Permanent, too: the kernel forgets any other when it finds, a little later, that the link has no carrier.
        Witness.Run(Namespace, "ip", "neigh add 2001:db8::9 lladdr 02:00:00:00:00:09 nud permanent dev near");
        await Until(watch, () => IsSame() && watch.Entries.Count == 2);
        Witness.Run(Namespace, "ip", "neigh replace 192.0.2.9 lladdr 02:00:00:00:00:0a dev near");
        await Until(watch, IsSame);
        for (var i = 1; i <= 200; i++)
        {
            var neighbour = new Neighbour { Family = 2, LinkIndex = index, Destination = IPAddress.Parse($"198.51.100.{i}"), State = NUD.NUD_PERMANENT, HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:01") };
            var message = MessageWriter.Begin(new byte[256], (ushort)RTM.RTM_NEWNEIGH, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
            neighbour.Write(message);
            Assert.True(socket.TryRequest(message.Message, null, out var error), error.ToString());
        }

        await Until(watch, () => IsSame() && watch.Entries.Count == 202);
        Assert.True(watch.Overruns > 0);
        Client.DeleteLink(index);
        await Until(watch, () => watch.Entries.Count == 0);

        bool IsSame() => Same(watch, table.Dump(socket, _deadline.Token), table);
    }

    [Fact]
    public async Task Routes_Equal_The_Kernels_Also_Where_It_Is_Silent()
    {
        Requires.Tool("ip");
        var index = Client.AddLink("near", new VethLink("far"), new LinkChange { Up = true }).Index;
        Client.ChangeLink(Client.GetLink("far").Index, new LinkChange { Up = true });
        Client.AddAddress(index, IPAddress.Parse("192.0.2.1"), 24);
        Client.AddAddress(index, IPAddress.Parse("192.0.2.2"), 24);
        Client.AddAddress(index, IPAddress.Parse("2001:db8::1"), 64, 2);
        await using var watch = new TableWatch<RouteKey, RouteEntry>(new RouteTable(), Default);
        // One enumeration of all: one that is left amid a dump's differences has the next one dump again, whatever was told in between.
        await using var changes = watch.ReadAllAsync(_deadline.Token).GetAsyncEnumerator(_deadline.Token);
        await UntilSame();
        foreach (var command in (string[])[
            "route add 203.0.113.0/24 via 192.0.2.9",
            "route add 203.0.113.0/25 via 192.0.2.9 metric 5 table 1000",
            "route append 203.0.113.0/24 via 192.0.2.10",
            "route replace 203.0.113.0/24 via 192.0.2.11",
            "route del 203.0.113.0/24 via 192.0.2.11",
            "route add 198.51.100.0/24 nexthop via 192.0.2.9 nexthop via 192.0.2.10",
            "route add 198.51.101.0/24 dev near src 192.0.2.2",
            "address del 192.0.2.2/24 dev near", // takes that route with it, silently
            "-6 route add 2001:db8:1::/48 via 2001:db8::9",
            "-6 route append 2001:db8:1::/48 via 2001:db8::a", // one route with two next hops
            "-6 route del 2001:db8:1::/48 via 2001:db8::9",
            "-6 route replace 2001:db8:1::/48 via 2001:db8::b",
            "route add blackhole 100.64.0.0/10",
            "nexthop add id 5 via 192.0.2.9 dev near",
            "nexthop add id 6 via 192.0.2.10 dev near",
            "nexthop add id 7 group 5/6",
            "route add 10.5.0.0/16 nhid 5",
            "route add 10.7.0.0/16 nhid 7",
            "nexthop replace id 5 via 192.0.2.11 dev near",
            "nexthop del id 6", // the route by the group has one way less, silently
            "nexthop del id 5", // and both go, silently
            "link set near down", // IPv4's routes over it go silently
            "link set near up",
        ])
        {
            Witness.Run(Namespace, "ip", command);
            await UntilSame();
        }

        async Task UntilSame()
        {
            while (!IsSame())
                Assert.True(await changes.MoveNextAsync(), "the watch has ended");
        }

        bool IsSame() => Same(watch, [.. Client.GetRoutes(AddressFamily.InterNetwork), .. Client.GetRoutes(AddressFamily.InterNetworkV6)], new RouteTable());
    }

    /// <summary>Whether the watch has the kernel's entries, each with its value.</summary>
    private static bool Same<TKey, TValue>(TableWatch<TKey, TValue> watch, IReadOnlyList<TValue> kernel, WatchedTable<TKey, TValue> table)
        where TKey : notnull =>
        kernel.Count == watch.Entries.Count
        && kernel.All(value => watch.Entries.TryGetValue(table.KeyOf(value), out var entry) && table.AreEqual(entry, value));

    private static async Task<(TableChangeKind Kind, string? Name)> Next(IAsyncEnumerator<TableChange<Link>> changes)
    {
        Assert.True(await changes.MoveNextAsync());
        return (changes.Current.Kind, changes.Current.Value?.Name);
    }

    /// <summary>Enumerates until a condition holds; the deadline fails the test where it never does.</summary>
    private async Task Until<TKey, TValue>(TableWatch<TKey, TValue> watch, Func<bool> condition)
        where TKey : notnull
    {
        if (condition())
            return;
        await foreach (var change in watch.ReadAllAsync(_deadline.Token))
        {
            if (condition())
                return;
        }
    }
}
