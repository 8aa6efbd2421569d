using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Filters: what the kernel leaves out is what we would have left out of a full dump.</summary>
[Trait("Category", "Kernel")]
public sealed class FilterKernelTests : IDisposable
{
    private readonly KernelTable _table = new();
    private readonly List<Flow> _all;

    public FilterKernelTests()
    {
        // Every combination of family, transport, port and mark, some of them in zones, and transports that have no ports.
        var n = 0;
        foreach (var protocol in (IpProtocol[])[IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.UdpLite])
        {
            foreach (var port in (ushort[])[443, 8443])
            {
                foreach (var mark in (uint[])[0, 0x5, 0x10005, 0x10001, 0xffffffff])
                {
                    Create(Flows.Numbered(n++, protocol, port), mark);
                    Create(Flows.Numbered6(n++, protocol, port), mark);
                    Create(Flows.Numbered(n++, protocol, port).InZone(3), mark);
                }
            }
        }

        Create(Flows.Icmp4, 5);
        Create(Flows.Icmp6, 5);
        Create(new ConntrackTuple(IpProtocol.Esp, Flows.Client4, 0, Flows.Server4, 0), 5);
        Create(new ConntrackTuple(IpProtocol.Gre, Flows.Client4, 443, Flows.Server4, 443), 5);
        _all = [.. _table.Client.List()];
        Assert.Equal(n + 4, _all.Count);
        Assert.Equal(_table.ByTool().Keys.Order(), _all.Select(static f => f.Id!.Value).Order());
    }

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Every_Combination_Is_What_Our_Own_Filter_Makes_Of_A_Full_Dump()
    {
        foreach (var filter in Filters())
        {
            var expected = _all.Where(f => Wanted(filter, f)).Select(static f => f.Id).Order();
            Assert.Equal(expected, _table.Client.List(filter).Select(static f => f.Id).Order());
        }
    }

    [Fact]
    public void The_Kernel_Leaves_Out_What_It_Can()
    {
        Assert.True(_table.Client.FiltersTuplesInKernel);
        // Both sides of a condition are in the table, so a kernel that ignored it would send more.
        var tcp = new TupleFilter { Protocol = IpProtocol.Tcp, DestinationPort = 443 };
        foreach (var filter in (FlowFilter[])
        [
            default,
            new() { Family = InetFamily.IPv4 },
            new() { Family = InetFamily.IPv6 },
            new() { Mark = new MaskedMark(0x5, 0xffff) },
            new() { Mark = new MaskedMark(0, 0xffff) },
            new() { Mark = new MaskedMark(0) },
            new() { Family = InetFamily.IPv6, Mark = new MaskedMark(5) },
            new() { Family = InetFamily.IPv4, Original = tcp },
            new() { Family = InetFamily.IPv6, Original = tcp },
            new() { Family = InetFamily.IPv4, Original = new() { Protocol = IpProtocol.Icmp } },
            new() { Family = InetFamily.IPv4, Original = tcp with { Source = _all.First(f => f.Original.Family == InetFamily.IPv4 && tcp.Matches(f.Original)).Original.Source } },
            new() { Family = InetFamily.IPv4, Mark = new MaskedMark(5), Original = tcp with { SourcePort = 1024, DestinationPort = null } },
        ])
        {
            Assert.Equal(_all.Count(f => Wanted(filter, f)), Sent(filter));
        }
    }

    /// <summary>The counterpart of the test above: what is known not to be compared, and so compared by us alone.</summary>
    [Fact]
    public void The_Kernel_Is_Not_Asked_What_It_Gets_Wrong()
    {
        var ipv6 = _all.Count(static f => f.Original.Family == InetFamily.IPv6);
        Assert.Equal(ipv6, Sent(new FlowFilter { Family = InetFamily.IPv6, Original = new TupleFilter { Destination = Flows.Client6 } }));
        Assert.Equal(_all.Count, Sent(new FlowFilter { Original = new TupleFilter { Protocol = IpProtocol.Tcp, DestinationPort = 443 } }));
        Assert.Equal(
            _all.Count(static f => f.Original.Family == InetFamily.IPv4 && f.Original.Protocol == IpProtocol.UdpLite),
            Sent(new FlowFilter { Family = InetFamily.IPv4, Original = new TupleFilter { Protocol = IpProtocol.UdpLite, DestinationPort = 443 } }));
    }

    private static IEnumerable<FlowFilter> Filters()
    {
        foreach (var family in Enum.GetValues<InetFamily>())
        {
            foreach (var mark in (MaskedMark[])[default, new(5, 0xffff), new(0, 0x10000)])
            {
                foreach (var original in (TupleFilter[])
                [
                    default,
                    new() { Protocol = IpProtocol.Tcp, DestinationPort = 443 },
                    new() { Protocol = IpProtocol.UdpLite, DestinationPort = 443 },
                    new() { Protocol = IpProtocol.Udp, Destination = Flows.Server4 },
                    new() { Protocol = IpProtocol.IcmpV6 },
                    new() { Destination = Flows.Server6, DestinationPort = 8443 },
                ])
                {
                    yield return new FlowFilter { Family = family, Mark = mark, Original = original };
                }
            }
        }
    }

    /// <summary>Written once more, and differently, so that one mistake does not hide behind itself.</summary>
    private static bool Wanted(FlowFilter filter, Flow flow)
    {
        var tuple = flow.Original;
        bool[] conditions =
        [
            filter.Family == InetFamily.Unspecified || tuple.Family == filter.Family,
            (flow.Mark & filter.Mark.Mask) == filter.Mark.Value,
            filter.Original.Protocol is null || filter.Original.Protocol == tuple.Protocol,
            filter.Original.SourcePort is null || filter.Original.SourcePort == tuple.SourcePort,
            filter.Original.DestinationPort is null || filter.Original.DestinationPort == tuple.DestinationPort,
            filter.Original.Source is null || filter.Original.Source == tuple.Source,
            filter.Original.Destination is null || filter.Original.Destination == tuple.Destination,
        ];
        return conditions.All(static c => c);
    }

    private void Create(in ConntrackTuple tuple, uint mark) => _table.Client.Create(Flows.New(tuple, mark));

    /// <summary>How many flows the kernel itself sends.</summary>
    private int Sent(FlowFilter filter)
    {
        using var socket = NetlinkSocket.Open(NETLINK.NETLINK_NETFILTER, new NetlinkSocketOptions { Namespace = _table.Namespace });
        using var replies = socket.Exchange(FlowRequest.Dump(new byte[512], filter).Message, FlowRequest.Space);
        var count = 0;
        while (replies.MoveNext())
            count++;
        Assert.True(replies.Error.IsSuccess, replies.Error.ToString());
        return count;
    }
}
