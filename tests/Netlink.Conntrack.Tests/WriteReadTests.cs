namespace VffNetlink.Conntrack.Tests;

/// <summary>What is written is read again: any flow, seeded.</summary>
public class WriteReadTests
{
    private static readonly IpProtocol[] Protocols =
    [
        IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, IpProtocol.UdpLite, IpProtocol.Dccp, IpProtocol.Gre, IpProtocol.Icmp, IpProtocol.IcmpV6, IpProtocol.Esp, (IpProtocol)253,
    ];

    [Fact]
    public void Any_Flow()
    {
        var random = new Random(20_261_121);
        var buffer = new byte[FlowRequest.MaximumLength];
        for (var i = 0; i < 20_000; i++)
        {
            var flow = AnyFlow(random);
            random.NextBytes(buffer);
            Assert.Equal(flow, Messages.Flow(FlowRequest.Create(buffer, flow).Message));
        }
    }

    [Fact]
    public void Any_Look_Up()
    {
        var random = new Random(1);
        var buffer = new byte[FlowRequest.MaximumLength];
        for (var i = 0; i < 20_000; i++)
        {
            var tuple = AnyTuple(random);
            var mask = (uint)random.NextInt64(1L << 32);
            var mark = new MaskedMark((uint)random.NextInt64(1L << 32) & mask, mask);
            Messages.Each(FlowRequest.SetMark(buffer, tuple, mark).Message, (scoped in NetlinkMessage message) =>
            {
                var flow = FlowView.Read(message);
                Assert.Equal(tuple, flow.Original);
                Assert.Equal(tuple.Family, flow.Family);
                Assert.Equal(mark.Value, flow.Mark);
                Assert.Equal(mark.Mask != uint.MaxValue, flow.Has(Uapi.CTA.CTA_MARK_MASK));
            });
            var id = random.Next(2) == 0 ? (uint?)null : (uint)random.NextInt64(1L << 32);
            Messages.Each(FlowRequest.Delete(buffer, tuple, id).Message, (scoped in NetlinkMessage message) =>
            {
                Assert.Equal(tuple, FlowView.Read(message).Original);
                Assert.Equal(id, FlowView.Read(message).Id);
            });
        }
    }

    /// <summary>Tuples with ports are recognised as a block; whatever else is walked, and both ways must read the same.</summary>
    [Fact]
    public void The_Fast_Way_Reads_What_The_Slow_Way_Reads()
    {
        var random = new Random(7);
        var buffer = new byte[FlowRequest.MaximumLength];
        for (var i = 0; i < 50_000; i++)
        {
            var message = FlowRequest.Get(buffer, AnyTuple(random).InZone(0)).Message;
            var nest = message[24..].ToArray();
            for (var changes = random.Next(3); changes > 0; changes--)
            {
                // Mostly in the heads and in the padding.
                var at = random.Next(nest.Length / 4) * 4;
                nest[at + random.Next(4)] ^= (byte)(1 << random.Next(8));
            }

            nest = nest[..(nest.Length - (random.Next(20) == 0 ? random.Next(nest.Length) : 0))];
            Assert.Equal(Outcome(() => ConntrackTuple.ReadAny(nest, 3)), Outcome(() => ConntrackTuple.Read(nest, 3)));
        }

        static (ConntrackTuple, bool) Outcome(Func<ConntrackTuple> read)
        {
            try
            {
                return (read(), true);
            }
            catch (NetlinkFormatException)
            {
                return (default, false);
            }
        }
    }

    [Fact]
    public void A_Flow_Fits_Whatever_Is_Set()
    {
        var tuple = ConntrackTuple.Icmp(Flows.Client6, Flows.Server6, 128, 0, 1, 9);
        var flow = new Flow
        {
            Original = tuple,
            Reply = tuple.Inverted().InZone(0),
            Timeout = TimeSpan.MaxValue,
            Mark = uint.MaxValue,
            Status = FlowStatus.Assured,
            Master = tuple,
            Labels = ConntrackLabels.All,
            Helper = new FlowHelper("fifteen bytes .") { Info = new byte[32] },
            OriginalSequence = default(SequenceAdjustment),
            ReplySequence = default(SequenceAdjustment),
            SynProxy = default(SynProxyState),
            SourceNat = new NatRange { First = Flows.Client6, Last = Flows.Server6, FirstPort = 1, LastPort = 2 },
            DestinationNat = new NatRange { First = Flows.Client6, Last = Flows.Server6, FirstPort = 1, LastPort = 2 },
            Tcp = new TcpTracking { State = TcpState.Close, OriginalFlags = TcpFlags.BeLiberal, ReplyFlags = TcpFlags.BeLiberal, OriginalWindowScale = 14, ReplyWindowScale = 14 },
        };
        Assert.InRange(FlowRequest.Create(new byte[FlowRequest.MaximumLength], flow).Length, 600, FlowRequest.MaximumLength);
        Assert.Throws<ArgumentException>(() => FlowRequest.Create(new byte[FlowRequest.MaximumLength], flow with { Sctp = default(SctpTracking) }).Length);
    }

    [Fact]
    public void What_The_Kernel_Would_Misunderstand_Is_Refused_Before()
    {
        var buffer = new byte[FlowRequest.MaximumLength];
        Assert.Throws<ArgumentException>(() => FlowRequest.Delete(buffer, default).Length); // it would delete everything
        Assert.Throws<ArgumentException>(() => FlowRequest.Get(buffer, default).Length);
        Assert.Throws<ArgumentException>(() => FlowRequest.SetMark(buffer, default, default).Length);
        Assert.Throws<ArgumentException>(() => FlowRequest.Create(buffer, new Flow { Original = default, Timeout = TimeSpan.Zero }).Length);
        Assert.Contains("timeout", Assert.Throws<ArgumentException>(() => FlowRequest.Create(buffer, new Flow { Original = Flows.Tcp4 }).Length).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FlowRequest.Create(buffer, Flows.New(Flows.Tcp4) with { Timeout = TimeSpan.FromSeconds(-1) }).Length);
        Assert.Contains(
            "not in 3 and 4", Assert.Throws<ArgumentException>(() => FlowRequest.Create(buffer, Flows.New(Flows.Tcp4.InZone(3)) with { Reply = Flows.Tcp4.Inverted().InZone(4) }).Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => FlowRequest.Get(new byte[64], Flows.Tcp4).Length);
    }

    private static Flow AnyFlow(Random random)
    {
        var original = AnyTuple(random);
        var reply = random.Next(2) == 0 ? original.Inverted() : new ConntrackTuple(original.Protocol, AnyAddress(random, original.Family), Port(random, original), AnyAddress(random, original.Family), original.DestinationPort, original.Zone);
        // One zone for both directions, or one of its own for one of them.
        var zones = random.Next(3);
        var transport = random.Next(4);
        return new Flow
        {
            Original = zones == 1 ? original.InZone(0) : original,
            Reply = zones == 2 ? reply.InZone(0) : reply,
            Timeout = TimeSpan.FromSeconds(random.NextInt64(1L << 32)),
            Mark = random.Next(2) == 0 ? null : (uint)random.Next(3),
            Status = random.Next(2) == 0 ? null : ((FlowStatus)random.Next() & ~(FlowStatus.Expected | FlowStatus.Dying | FlowStatus.SourceNat | FlowStatus.DestinationNat | FlowStatus.SourceNatDone | FlowStatus.DestinationNatDone)) | FlowStatus.Confirmed,
            Tcp = transport == 1 ? AnyTcp(random) : null,
            Sctp = transport == 2 ? new SctpTracking((SctpState)random.Next(10), Number(random), random.Next(2) == 0 ? null : Number(random)) : null,
            Dccp = transport == 3 ? new DccpTracking((DccpState)random.Next(8), random.Next(3) == 0 ? null : random.Next(2) == 0, random.Next(2) == 0 ? null : (ulong)random.NextInt64()) : null,
            Labels = random.Next(2) == 0 ? null : new ConntrackLabels((ulong)random.NextInt64(), (ulong)random.NextInt64(2)),
            Helper = random.Next(2) == 0 ? null : new FlowHelper(random.Next(2) == 0 ? "" : "fifteen bytes .") { Info = new byte[random.Next(33)] },
            OriginalSequence = random.Next(2) == 0 ? null : new SequenceAdjustment(Number(random), random.Next(), -random.Next()),
            ReplySequence = random.Next(2) == 0 ? null : new SequenceAdjustment(Number(random), -random.Next(), random.Next()),
            SynProxy = random.Next(2) == 0 ? null : new SynProxyState(Number(random), Number(random), Number(random)),
        };
    }

    private static uint Number(Random random) => (uint)random.NextInt64(1L << 32);

    private static TcpTracking AnyTcp(Random random) => new()
    {
        State = random.Next(2) == 0 ? null : (TcpState)random.Next(10),
        OriginalFlags = random.Next(2) == 0 ? null : (TcpFlags)random.Next(256),
        ReplyFlags = random.Next(2) == 0 ? null : (TcpFlags)random.Next(256),
        OriginalWindowScale = random.Next(2) == 0 ? null : (byte)random.Next(15),
        ReplyWindowScale = random.Next(2) == 0 ? null : (byte)random.Next(15),
    };

    internal static ConntrackTuple AnyTuple(Random random)
    {
        var protocol = Protocols[random.Next(Protocols.Length)];
        var family = protocol == IpProtocol.IcmpV6 || (protocol != IpProtocol.Icmp && random.Next(2) == 0) ? InetFamily.IPv6 : InetFamily.IPv4;
        var zone = random.Next(2) == 0 ? (ushort)0 : (ushort)random.Next(1, 65_536);
        var (source, destination) = (AnyAddress(random, family), AnyAddress(random, family));
        return protocol switch
        {
            IpProtocol.Icmp => ConntrackTuple.Icmp(source, destination, (byte)(random.Next(2) * 8), (byte)random.Next(256), (ushort)random.Next(65_536), zone),
            IpProtocol.IcmpV6 => ConntrackTuple.Icmp(source, destination, (byte)(128 + random.Next(2)), (byte)random.Next(256), (ushort)random.Next(65_536), zone),
            IpProtocol.Esp => new ConntrackTuple(protocol, source, 0, destination, 0, zone),
            _ => new ConntrackTuple(protocol, source, (ushort)random.Next(65_536), destination, (ushort)random.Next(65_536), zone),
        };
    }

    private static ushort Port(Random random, in ConntrackTuple tuple) => tuple.Protocol == IpProtocol.Esp ? (ushort)0 : (ushort)random.Next(65_536);

    private static InetAddress AnyAddress(Random random, InetFamily family)
    {
        Span<byte> bytes = stackalloc byte[family == InetFamily.IPv6 ? 16 : 4];
        random.NextBytes(bytes);
        return new InetAddress(bytes);
    }
}
