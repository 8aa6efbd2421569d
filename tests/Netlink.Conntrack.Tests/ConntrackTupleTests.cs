using System.Net;
using System.Runtime.CompilerServices;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

public class ConntrackTupleTests
{
    [Fact]
    public void It_Is_Forty_Bytes() => Assert.Equal(40, Unsafe.SizeOf<ConntrackTuple>());

    [Fact]
    public void Parts_Are_What_It_Was_Made_Of()
    {
        var tuple = new ConntrackTuple(IpProtocol.Udp, Flows.Client6, 41000, Flows.Server6, 443, 7);
        Assert.Equal(
            (InetFamily.IPv6, IpProtocol.Udp, Flows.Client6, (ushort)41000, Flows.Server6, (ushort)443, (ushort)7),
            (tuple.Family, tuple.Protocol, tuple.Source, tuple.SourcePort, tuple.Destination, tuple.DestinationPort, tuple.Zone));
        Assert.Equal(tuple, new ConntrackTuple(IpProtocol.Udp, new IPEndPoint(IPAddress.Parse("2001:db8::1"), 41000), new IPEndPoint(IPAddress.Parse("2001:db8::2"), 443), 7));
        Assert.Equal((null, null, null), (tuple.IcmpId, tuple.IcmpType, tuple.IcmpCode));
        Assert.Equal(((ushort)77, (byte)8, (byte)0), (Flows.Icmp4.IcmpId, Flows.Icmp4.IcmpType, Flows.Icmp4.IcmpCode));
        Assert.Equal((IpProtocol.IcmpV6, (ushort)78, (byte)128), (Flows.Icmp6.Protocol, Flows.Icmp6.IcmpId!.Value, Flows.Icmp6.IcmpType!.Value));
    }

    [Fact]
    public void Addresses_Must_Be_Of_One_Family()
    {
        Assert.Throws<ArgumentException>(() => new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 1, Flows.Server6, 2));
        Assert.Throws<ArgumentException>(() => new ConntrackTuple(IpProtocol.Tcp, default, 1, default, 2));
    }

    [Fact]
    public void Every_Part_Makes_A_Difference()
    {
        ConntrackTuple[] tuples =
        [
            Flows.Tcp4,
            new(IpProtocol.Udp, Flows.Client4, 5000, Flows.Server4, 443),
            new(IpProtocol.Tcp, Flows.Server4, 5000, Flows.Server4, 443),
            new(IpProtocol.Tcp, Flows.Client4, 5001, Flows.Server4, 443),
            new(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Client4, 443),
            new(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 444),
            Flows.Tcp4.InZone(1),
            Flows.Tcp4.Inverted(),
            new(IpProtocol.Tcp, InetAddress.Parse("c000:201::"), 5000, InetAddress.Parse("c633:6401::"), 443), // the same words, another family
            new(IpProtocol.Tcp, Flows.Client6, 5000, Flows.Server6, 443),
            new(IpProtocol.Tcp, Flows.Client6, 5000, Flows.Client6, 443),
            new(IpProtocol.Tcp, Flows.Server6, 5000, Flows.Server6, 443),
            default,
        ];
        for (var i = 0; i < tuples.Length; i++)
        {
            for (var j = 0; j < tuples.Length; j++)
            {
                Assert.Equal(i == j, tuples[i] == tuples[j]);
                Assert.Equal(i != j, tuples[i] != tuples[j]);
                Assert.Equal(i == j, tuples[i].Equals((object)tuples[j]));
                Assert.Equal(i == j, tuples[i].GetHashCode() == tuples[j].GetHashCode());
            }
        }

        Assert.Equal(Flows.Tcp4, Flows.Tcp4.InZone(1).InZone(0));
    }

    [Fact]
    public void Hashes_Of_A_Busy_Node_Are_Spread()
    {
        const int Count = 200_000;
        const int Buckets = 1 << 18;
        var buckets = new int[Buckets];
        for (var i = 0; i < Count; i++)
            buckets[Flows.Numbered(i).GetHashCode() & (Buckets - 1)]++;
        // Thrown at random, the fullest of 2^18 buckets has 8 or 9 of 200,000.
        Assert.InRange(buckets.Max(), 1, 14);
        Assert.InRange(Enumerable.Range(0, Count).Select(static i => Flows.Numbered6(i).GetHashCode()).Distinct().Count(), Count - 100, Count);
    }

    [Fact]
    public void Answers_Have_The_Ends_Exchanged()
    {
        Assert.Equal(new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 443, Flows.Client4, 5000, 3), Flows.Tcp4.InZone(3).Inverted());
        Assert.Equal(ConntrackTuple.Icmp(Flows.Server4, Flows.Client4, 0, 0, 77), Flows.Icmp4.Inverted());
        Assert.Equal(ConntrackTuple.Icmp(Flows.Server6, Flows.Client6, 129, 0, 78), Flows.Icmp6.Inverted());
        foreach (var tuple in (ConntrackTuple[])[Flows.Tcp4, Flows.Udp6, Flows.Icmp4, Flows.Icmp6, ConntrackTuple.Icmp(Flows.Client4, Flows.Server4, 13, 1, 2)])
            Assert.Equal(tuple, tuple.Inverted().Inverted());
        var unreachable = ConntrackTuple.Icmp(Flows.Client4, Flows.Server4, 3, 1, 0);
        Assert.Contains("type 3", Assert.Throws<InvalidOperationException>(() => unreachable.Inverted()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text()
    {
        Assert.Equal("tcp 192.0.2.1:5000 -> 198.51.100.1:443", Flows.Tcp4.ToString());
        Assert.Equal("udp [2001:db8::1]:41000 -> [2001:db8::2]:443 zone 7", Flows.Udp6.InZone(7).ToString());
        Assert.Equal("icmp 192.0.2.1 -> 198.51.100.1 type 8 code 0 id 77", Flows.Icmp4.ToString());
        Assert.Equal("gre 192.0.2.1 -> 198.51.100.1 key 0x11 0x22", new ConntrackTuple(IpProtocol.Gre, Flows.Client4, 0x11, Flows.Server4, 0x22).ToString());
        Assert.Equal("protocol 50 192.0.2.1 -> 198.51.100.1", new ConntrackTuple(IpProtocol.Esp, Flows.Client4, 0, Flows.Server4, 0).ToString());
        Assert.Equal("no tuple", default(ConntrackTuple).ToString());
    }

    [Fact]
    public void A_Table_Of_Tuples_Is_Searched_Without_Allocating()
    {
        var table = Enumerable.Range(0, 1000).ToDictionary(static i => Flows.Numbered(i), static i => i);
        var key = Flows.Numbered(500);
        var missing = Flows.Numbered6(500);
        Allocations.None(() =>
        {
            if (table[key] != 500 || table.ContainsKey(missing))
                throw new InvalidOperationException();
        });
    }
}
