using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Filters by status, zone and both tuples, the kernel's other lists, counters set to zero, and deletions of many flows.</summary>
[Trait("Category", "Kernel")]
public sealed class ListKernelTests : IDisposable
{
    private readonly KernelTable _table = new();
    private readonly IReadOnlyList<Flow> _all;

    public ListKernelTests()
    {
        foreach (var flow in EveryFlow.All(withLabels: false))
            Client.Create(flow);
        _all = Client.List();
        Assert.True(_all.Count > 300);
    }

    private ConntrackClient Client => _table.Client;

    public static TheoryData<FlowFilter> Filters => new(
        new FlowFilter { Status = new MaskedStatus(FlowStatus.SeenReply) },
        new FlowFilter { Status = new MaskedStatus(FlowStatus.None, FlowStatus.Assured) },
        new FlowFilter { Status = new MaskedStatus(FlowStatus.SourceNat, FlowStatus.SourceNat | FlowStatus.DestinationNat) },
        new FlowFilter { Status = new MaskedStatus(FlowStatus.Expected), Family = InetFamily.IPv6 },
        new FlowFilter { Zone = 0 },
        new FlowFilter { Zone = 7 },
        new FlowFilter { Zone = 65_535, Family = InetFamily.IPv4 },
        new FlowFilter { Zone = 7, Mark = new MaskedMark(7) },
        new FlowFilter { Zone = 7, Family = InetFamily.IPv4, Original = new() { Protocol = IpProtocol.Tcp, DestinationPort = 443 } },
        new FlowFilter { Family = InetFamily.IPv4, Original = new() { Protocol = IpProtocol.Icmp, IcmpType = 8 } },
        new FlowFilter { Family = InetFamily.IPv4, Original = new() { Protocol = IpProtocol.Icmp, IcmpCode = 7 } },
        new FlowFilter { Family = InetFamily.IPv6, Original = new() { Protocol = IpProtocol.IcmpV6, IcmpType = 139, IcmpCode = 0 } },
        new FlowFilter { Family = InetFamily.IPv4, Reply = new() { Protocol = IpProtocol.Icmp, IcmpType = 0 } },
        new FlowFilter { Family = InetFamily.IPv4, Reply = new() { Destination = InetAddress.Parse("203.0.113.5") } },
        new FlowFilter { Family = InetFamily.IPv4, Reply = new() { Protocol = IpProtocol.Tcp, Source = InetAddress.Parse("10.9.9.9") }, Original = new() { Destination = Flows.Server4 } },
        new FlowFilter { Family = InetFamily.IPv4, Reply = new() { Protocol = IpProtocol.Udp, SourcePort = 443 }, Status = new MaskedStatus(FlowStatus.SourceNat), Mark = new MaskedMark(5) },
        new FlowFilter { Original = new() { IcmpType = 8 } },
        new FlowFilter { Family = InetFamily.IPv4, Original = new() { Source = AddressPrefix.Parse("10.0.0.8/29") } },
        new FlowFilter { Family = InetFamily.IPv4, Reply = new() { Protocol = IpProtocol.Udp, Source = AddressPrefix.Parse("10.9.9.0/24") } },
        new FlowFilter { Reply = new() { Destination = AddressPrefix.Parse("2001:db8:5::/48") } },
        new FlowFilter { Family = InetFamily.IPv6, Reply = new() { Source = Flows.Server6 } });

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Filters))]
    public void Every_Filter_Is_What_Our_Own_Makes_Of_A_Full_Dump(FlowFilter filter)
    {
        var expected = _all.Where(f => Wanted(filter, f)).Select(static f => f.Id).Order().ToList();
        Assert.NotEmpty(expected);
        Assert.True(expected.Count < _all.Count);
        Assert.Equal(expected, Client.List(filter).Select(static f => f.Id).Order());
    }

    /// <summary>The same conditions in the kernel alone: a filter that it ignored would bring more.</summary>
    [Theory]
    [MemberData(nameof(Filters))]
    public void The_Kernel_Leaves_Out_What_It_Is_Known_To_Compare(FlowFilter filter)
    {
        Assert.True(Client.FiltersTuplesInKernel);
        Assert.True(Client.FiltersStatusInKernel);
        var zones = Client.FiltersZonesInKernel;
        Assert.NotNull(zones);
        if (filter.Zone is not null)
            Requires.Kernel(zones.Value, "filters by zone");
        var wanted = _all.Count(f => Wanted(filter, f));
        if (filter.IsKernelsAlone)
            Assert.Equal(wanted, Sent(filter));
        else
            Assert.True(Sent(filter) > wanted);
    }

    [Fact]
    public void Zones_Cannot_Be_Told_Of_An_Empty_Table()
    {
        using var empty = new KernelTable();
        Assert.Null(empty.Client.FiltersZonesInKernel);
        Assert.Empty(empty.Client.List(new FlowFilter { Zone = 3 }, FlowList.TableAndZeroCounters));
        empty.Client.Create(Flows.New(Flows.Tcp4));
        Assert.Equal(Client.FiltersZonesInKernel, empty.Client.FiltersZonesInKernel);
    }

    [Fact]
    public void Counters_Are_Set_To_Zero_With_The_Flows_That_Are_Wanted_And_No_Others()
    {
        using var table = new KernelTable(withTraffic: true);
        table.Set("nf_conntrack_acct", 1);
        using var sockets = table.Namespace.Run(static () => new Pair());
        foreach (var tuple in (ConntrackTuple[])[sockets.First, sockets.Second])
            Assert.True(table.Client.Get(tuple).OriginalCounters is { Packets: > 0 });

        // It would take the counters of the others, too.
        var inexact = new FlowFilter { Original = new TupleFilter { SourcePort = sockets.First.SourcePort } };
        Assert.Contains("zero", Assert.Throws<ArgumentException>(() => table.Client.List(inexact, FlowList.TableAndZeroCounters)).Message, StringComparison.Ordinal);

        var exact = new FlowFilter { Family = InetFamily.IPv4, Original = new TupleFilter { Protocol = IpProtocol.Udp, SourcePort = sockets.First.SourcePort } };
        Assert.True(Assert.Single(table.Client.List(exact, FlowList.TableAndZeroCounters)).OriginalCounters is { Packets: > 0, Bytes: > 20 });
        Assert.Equal(default(FlowCounters), table.Client.Get(sockets.First).OriginalCounters);
        Assert.True(table.Client.Get(sockets.Second).OriginalCounters is { Packets: > 0 });
        Assert.True(table.Client.GetAndZeroCounters(sockets.Second).OriginalCounters is { Packets: > 0 });
        Assert.Equal(default(FlowCounters), table.Client.Get(sockets.Second).OriginalCounters);
    }

    [Fact]
    public void Other_Lists_Are_Empty_Where_Nothing_Waits()
    {
        Assert.Empty(Client.List(default, FlowList.Dying));
        Assert.Empty(Client.List(default, FlowList.Unconfirmed));
        Assert.Equal(_all.Count, Client.List(default, FlowList.TableAndZeroCounters).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Client.List(default, (FlowList)99));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Deleted_By_A_Filter_Exactly_These_Are_Gone(FlowFilter filter)
    {
        var wanted = _all.Where(f => Wanted(filter, f)).Select(static f => f.Id).ToHashSet();
        var deletion = Client.DeleteAll(filter);
        var left = Client.List().Select(static f => f.Id).ToHashSet();
        // A master takes along whom it expected.
        Assert.Equal((wanted.Count, 0L, default), (deletion.Deleted + deletion.Gone, deletion.Refused, deletion.FirstRefusal));
        Assert.Empty(left.Intersect(wanted));
        Assert.Equal(_all.Where(f => !wanted.Contains(f.Id) && f.Master is null).Select(static f => f.Id).Except(left), []);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Changed_By_A_Filter_Exactly_These_Are_Different(FlowFilter filter)
    {
        var wanted = _all.Where(f => Wanted(filter, f)).Select(static f => f.Id).ToHashSet();
        var update = Client.UpdateAll(filter, new FlowChange { Mark = new MaskedMark(0xab00, 0xff00), Status = FlowStatus.FixedTimeout });
        Assert.Equal(new FlowUpdates(wanted.Count, wanted.Count, 0, 0, default), update);
        var after = Client.List().ToDictionary(static f => f.Id!.Value);
        foreach (var flow in _all)
        {
            var now = after[flow.Id!.Value];
            var isWanted = wanted.Contains(flow.Id);
            Assert.Equal(isWanted ? (flow.Mark & ~0xff00u) | 0xab00 : flow.Mark, now.Mark);
            Assert.Equal(isWanted ? flow.Status | FlowStatus.FixedTimeout : flow.Status, now.Status);
        }
    }

    [Fact]
    public void A_Refused_Change_Is_Counted_And_Told()
    {
        var update = Client.UpdateAll(new FlowFilter { Zone = 7 }, new FlowChange { Status = FlowStatus.Dying });
        Assert.Equal((18, 0, 0, 18, Errno.EBUSY), (update.Matched, update.Updated, update.Gone, update.Refused, update.FirstRefusal.Number));
        var isFixed = new FlowFilter { Status = new MaskedStatus(FlowStatus.FixedTimeout) };
        update = Client.UpdateAll(isFixed, new FlowChange { Timeout = TimeSpan.FromSeconds(5000) });
        Assert.Equal((16, 0, 0, 16, Errno.EPERM), (update.Matched, update.Updated, update.Gone, update.Refused, update.FirstRefusal.Number));
    }

    [Fact]
    public void By_Its_Id_One_Flow_Is_Found_And_By_Labels_None_Where_There_Are_None()
    {
        var flow = _all[_all.Count / 2];
        Assert.Equal(flow.Original, Assert.Single(Client.List(new FlowFilter { Id = flow.Id })).Original);
        Assert.Empty(Client.List(new FlowFilter { Id = flow.Id, Mark = new MaskedMark(flow.Mark!.Value ^ 1) }));
        Assert.Empty(Client.List(new FlowFilter { Labels = new MaskedLabels(ConntrackLabels.Of(5), ConntrackLabels.Of(5)) }));
        Assert.Equal(_all.Count, Client.List(new FlowFilter { Labels = new MaskedLabels(default, ConntrackLabels.All) }).Count);
        Assert.Throws<ArgumentException>(() => Client.List(new FlowFilter { Id = flow.Id }, FlowList.TableAndZeroCounters));
    }

    [Fact]
    public void All_Of_A_Family_Are_Deleted_At_Once()
    {
        Client.Flush(InetFamily.IPv6);
        Assert.Equal(_all.Count(static f => f.Original.Family == InetFamily.IPv4), Client.List().Count);
        Assert.All(Client.List(), static f => Assert.Equal(InetFamily.IPv4, f.Original.Family));
        Client.Flush();
        Assert.Empty(Client.List());
    }

    [Fact]
    public void A_Client_Of_One_Socket_Says_What_It_Lacks()
    {
        using var client = new ConntrackClient(NetlinkSocket.Open(VffNetlink.Uapi.NETLINK.NETLINK_NETFILTER, new NetlinkSocketOptions { Namespace = _table.Namespace }));
        Assert.Contains("second socket", Assert.Throws<InvalidOperationException>(() => client.DeleteAll(default)).Message, StringComparison.Ordinal);
        Assert.Contains("second socket", Assert.Throws<InvalidOperationException>(() => client.UpdateAll(default, default)).Message, StringComparison.Ordinal);
        Assert.Equal(_all.Count, client.List().Count);
    }

    /// <summary>Written once more, and differently, so that one mistake does not hide behind itself.</summary>
    private static bool Wanted(FlowFilter filter, Flow flow)
    {
        bool[] conditions =
        [
            filter.Family == InetFamily.Unspecified || flow.Original.Family == filter.Family,
            (flow.Mark & filter.Mark.Mask) == filter.Mark.Value,
            (flow.Status!.Value & filter.Status.Mask) == filter.Status.Value,
            filter.Zone is null || filter.Zone == (flow.Original.Zone == 0 ? flow.Reply!.Value.Zone : flow.Original.Zone),
            Wanted(filter.Original, flow.Original),
            Wanted(filter.Reply, flow.Reply!.Value),
        ];
        return conditions.All(static c => c);
    }

    private static bool Wanted(TupleFilter filter, ConntrackTuple tuple) =>
        (filter.Protocol ?? tuple.Protocol) == tuple.Protocol
        && (filter.Source is not { } source || source.Contains(tuple.Source))
        && (filter.Destination is not { } destination || destination.Contains(tuple.Destination))
        && (filter.SourcePort ?? tuple.SourcePort) == tuple.SourcePort
        && (filter.DestinationPort ?? tuple.DestinationPort) == tuple.DestinationPort
        && filter.IcmpType.GetValueOrDefault(tuple.IcmpType ?? 0) == (tuple.IcmpType ?? (filter.IcmpType is null ? 0 : -1))
        && filter.IcmpCode.GetValueOrDefault(tuple.IcmpCode ?? 0) == (tuple.IcmpCode ?? (filter.IcmpCode is null ? 0 : -1));

    private int Sent(in FlowFilter filter)
    {
        using var socket = NetlinkSocket.Open(VffNetlink.Uapi.NETLINK.NETLINK_NETFILTER, new NetlinkSocketOptions { Namespace = _table.Namespace });
        using var replies = socket.Exchange(FlowRequest.Dump(new byte[FlowRequest.MaximumLength], filter).Message, FlowRequest.Space);
        var count = 0;
        while (replies.MoveNext())
            count++;
        Assert.True(replies.Error.IsSuccess);
        return count;
    }

    /// <summary>Two exchanges over the loopback device.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly System.Net.Sockets.Socket _first = new(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        private readonly System.Net.Sockets.Socket _second = new(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);

        public Pair()
        {
            First = Talk(_first);
            Second = Talk(_second);
        }

        public ConntrackTuple First { get; }

        public ConntrackTuple Second { get; }

        public void Dispose()
        {
            _first.Dispose();
            _second.Dispose();
        }

        private static ConntrackTuple Talk(System.Net.Sockets.Socket socket)
        {
            socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            var target = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9);
            socket.SendTo(new byte[10], target);
            return new ConntrackTuple(IpProtocol.Udp, (System.Net.IPEndPoint)socket.LocalEndPoint!, target);
        }
    }
}
