using FsCheck;
using FsCheck.Fluent;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Whatever flow is written is read as it was, and what tools sent is written again without a difference.</summary>
public class FlowPropertyTests
{
    private const FlowStatus Untold = FlowStatus.Expected | FlowStatus.Dying | FlowStatus.SourceNat | FlowStatus.DestinationNat | FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone;

    private static readonly Gen<IpProtocol> WithPorts =
        Gen.Elements(IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, IpProtocol.UdpLite, IpProtocol.Dccp, IpProtocol.Gre);

    private static readonly Gen<InetFamily> Family = Gen.Elements(InetFamily.IPv4, InetFamily.IPv6);

    private static readonly Gen<ConntrackTuple> Tuples = Family.SelectMany(static family => Gen.Frequency((4, PortsOf(family)), (2, IcmpOf(family)), (1, BareOf(family))));

    private static readonly Gen<TcpTracking> Tcp =
        from state in Any.Maybe(Gen.Choose(0, 9).Select(static s => (TcpState)s))
        from flags in Gen.ArrayOf(Any.Maybe(Any.Byte), 2)
        from scales in Gen.ArrayOf(Any.Maybe(Any.Byte), 2)
        select new TcpTracking { State = state, OriginalFlags = (TcpFlags?)flags[0], ReplyFlags = (TcpFlags?)flags[1], OriginalWindowScale = scales[0], ReplyWindowScale = scales[1] };

    private static readonly Gen<SequenceAdjustment> Adjustments =
        from position in Any.UInt32
        from offsets in Gen.ArrayOf(Any.UInt32, 2)
        select new SequenceAdjustment(position, (int)offsets[0], (int)offsets[1]);

    private static readonly Gen<Flow> Flows =
        from original in Tuples
        from isTranslated in Any.Bool
        from other in TupleLike(original)
        from zones in Gen.Choose(0, 2)
        from timeout in Any.UInt32
        from mark in Any.Maybe(Any.UInt32)
        from status in Any.Maybe(Any.UInt32)
        from tcp in Any.Maybe(Tcp)
        from words in Any.Maybe(Any.UInt64.Two())
        from adjustments in Gen.ArrayOf(Any.Maybe(Adjustments), 2)
        from proxy in Any.Maybe(Any.UInt32.Three())
        from helper in Any.Maybe(Any.Name.Zip(Any.Bytes(0, 32)))
        let reply = isTranslated ? other : original.Inverted()
        select new Flow
        {
            // One zone for both directions, or one of its own for one of them.
            Original = zones == 1 ? original.InZone(0) : original,
            Reply = zones == 2 ? reply.InZone(0) : reply,
            Timeout = TimeSpan.FromSeconds((long)timeout),
            Mark = mark,
            Status = status is { } bits ? ((FlowStatus)bits & ~Untold) | FlowStatus.Confirmed : null,
            Tcp = tcp,
            Labels = words is { } both ? new ConntrackLabels(both.Item1, both.Item2) : null,
            OriginalSequence = adjustments[0],
            ReplySequence = adjustments[1],
            SynProxy = proxy is { } numbers ? new SynProxyState(numbers.Item1, numbers.Item2, numbers.Item3) : null,
            Helper = helper is { } named ? new FlowHelper(named.Item1) { Info = named.Item2 } : null,
        };

    [Fact]
    public void Flow() => Any.Holds(Flows, static flow => Assert.Equal(flow, Messages.Flow(FlowRequest.Create(new byte[FlowRequest.MaximumLength], flow).Message)), times: 1000);

    [Fact]
    public void Tuple_Of_A_Look_Up() => Any.Holds(Tuples, static tuple =>
    {
        Messages.Each(FlowRequest.Get(new byte[FlowRequest.MaximumLength], tuple).Message, (scoped in NetlinkMessage message) =>
        {
            Assert.True(message.Attributes<nfgenmsg, CTA>().TryFind(CTA.CTA_TUPLE_ORIG, out var nest));
            Assert.Equal(tuple, ConntrackTuple.Read(nest.Payload, tuple.Zone));
            Assert.Equal(tuple, ConntrackTuple.ReadAny(nest.Payload, tuple.Zone));
        });
    });

    [Fact]
    public void Created_Flows_Of_The_Tool_Are_Written_Without_A_Difference()
    {
        var captures = Golden.Load("create.txt");
        foreach (var captured in captures)
        {
            var canonical = Wire.Canonical(captured);
            Golden.Equal(canonical, FlowRequest.Create(new byte[FlowRequest.MaximumLength], Messages.Flow(canonical)).Message);
        }
    }

    [Fact]
    public void Tuples_Of_The_Kernel_Are_Written_Without_A_Difference()
    {
        var compared = 0;
        foreach (var captured in (byte[][])[.. Golden.Load("table.txt"), .. Golden.Load("events.txt")])
        {
            Messages.Each(captured, (scoped in NetlinkMessage message) =>
            {
                foreach (var a in message.Attributes<nfgenmsg, CTA>())
                {
                    if (a.Id is not (CTA.CTA_TUPLE_ORIG or CTA.CTA_TUPLE_REPLY))
                        continue;
                    var tuple = ConntrackTuple.Read(a.Payload, 0);
                    // A kernel that does not track DCCP tells no ports of it.
                    if (tuple.Protocol == IpProtocol.Dccp)
                        continue;
                    var written = MessageWriter.Begin(new byte[256], 0, NLM_F.NONE);
                    tuple.Write(written.PutHeader<nfgenmsg, CTA>(default), a.Id, withZone: true);
                    Assert.True(new AttributeReader<CTA>(written.Message[20..]).TryFind(a.Id, out var again));
                    Assert.Equal(Inside(a.Payload), Inside(again.Payload));
                    compared++;
                }
            });
        }

        Assert.InRange(compared, 40, int.MaxValue);
    }

    /// <summary>A tuple's attributes without the order in which the kernel and the tool put those of ICMP.</summary>
    private static string[] Inside(ReadOnlySpan<byte> nest)
    {
        var parts = new List<string>();
        foreach (var part in new AttributeReader<CTA_TUPLE>(nest))
        {
            if (part.Id == CTA_TUPLE.CTA_TUPLE_ZONE)
            {
                parts.Add($"{part.Id} {Convert.ToHexString(part.Payload)}");
                continue;
            }

            foreach (var a in part.Nested<CTA_PROTO>())
                parts.Add($"{part.Id} {a.Type} {Convert.ToHexString(a.Payload)}");
        }

        return [.. parts.Order(StringComparer.Ordinal)];
    }

    private static Gen<ConntrackTuple> PortsOf(InetFamily family) =>
        from protocol in WithPorts
        from addresses in AddressOf(family).Two()
        from ports in Any.UInt16.Two()
        from zone in Any.UInt16
        select new ConntrackTuple(protocol, addresses.Item1, ports.Item1, addresses.Item2, ports.Item2, zone);

    private static Gen<ConntrackTuple> IcmpOf(InetFamily family) =>
        from addresses in AddressOf(family).Two()
        from isReply in Any.Bool
        from code in Any.Byte
        from id in Any.UInt16
        from zone in Any.UInt16
        let type = family == InetFamily.IPv4 ? (isReply ? 0 : 8) : (isReply ? 129 : 128)
        select ConntrackTuple.Icmp(addresses.Item1, addresses.Item2, (byte)type, code, id, zone);

    private static Gen<ConntrackTuple> BareOf(InetFamily family) =>
        from protocol in Gen.Elements(IpProtocol.Esp, (IpProtocol)253)
        from addresses in AddressOf(family).Two()
        from zone in Any.UInt16
        select new ConntrackTuple(protocol, addresses.Item1, 0, addresses.Item2, 0, zone);

    private static Gen<ConntrackTuple> TupleLike(ConntrackTuple one) =>
        from other in one.HasPorts ? PortsOf(one.Family) : one.IsIcmp ? IcmpOf(one.Family) : BareOf(one.Family)
        select other.InZone(one.Zone);

    private static Gen<InetAddress> AddressOf(InetFamily family) => family == InetFamily.IPv4 ? Any.Address4 : Any.Address6;
}
