using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Several links used as one. What is null is the kernel's default, or is not told; the kernel refuses options that the mode does not have.</summary>
public readonly partial record struct BondLink : ILinkKind<BondLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "bond"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 512 + ArpTargets.Span.Length + NeighbourTargets.Span.Length + Other.Span.Length;

    /// <summary>0: balance-rr, 1: active-backup, 2: balance-xor, 3: broadcast, 4: 802.3ad, 5: balance-tlb, 6: balance-alb.</summary>
    public byte? Mode { get; init; }

    /// <summary>Index of the port in use, in the modes that have one; 0: none.</summary>
    public uint? ActivePort { get; init; }

    /// <summary>Milliseconds between looks at the carrier; 0: none.</summary>
    public uint? MonitorInterval { get; init; }

    /// <summary>Milliseconds before a port with a carrier is used.</summary>
    public uint? UpDelay { get; init; }

    /// <summary>Milliseconds before a port without a carrier is given up.</summary>
    public uint? DownDelay { get; init; }

    /// <summary>Whether the carrier is what the driver says, rather than asked for.</summary>
    public bool? UsesCarrier { get; init; }

    /// <summary>Milliseconds between questions to the targets; 0: none are asked.</summary>
    public uint? ArpInterval { get; init; }

    /// <summary>IPv4 addresses that are asked, as attributes with numbers for ids.</summary>
    public RawAttributes ArpTargets { get; init; }

    /// <summary>0: none, 1: active, 2: backup, 3: all, 4: filter, 5: filter_active, 6: filter_backup.</summary>
    public uint? ArpValidation { get; init; }

    /// <summary>0: any target is enough, 1: all must answer.</summary>
    public uint? ArpAllTargets { get; init; }

    /// <summary>Index of the port to prefer; 0: none.</summary>
    public uint? Primary { get; init; }

    /// <summary>When the primary is taken again. 0: always, 1: where it is better, 2: where the other one fails.</summary>
    public byte? PrimaryReselection { get; init; }

    /// <summary>Whose link-layer address is used. 0: the same on all ports, 1: that of the active port, 2: it follows the active port.</summary>
    public byte? FailOverAddress { get; init; }

    /// <summary>What chooses a port. 0: layer2, 1: layer3+4, 2: layer2+3, 3: encap2+3, 4: encap3+4, 5: vlan+srcmac.</summary>
    public byte? HashPolicy { get; init; }

    /// <summary>Reports that are sent again where another port takes over.</summary>
    public uint? ResendIgmp { get; init; }

    /// <summary>Announcements where another port takes over.</summary>
    public byte? PeerNotifications { get; init; }

    /// <summary>Whether what comes in on ports that are not active is taken.</summary>
    public bool? AllPortsActive { get; init; }

    /// <summary>Ports with a carrier without which it has none itself.</summary>
    public uint? MinimumLinks { get; init; }

    /// <summary>Seconds between packets that teach switches.</summary>
    public uint? LearningInterval { get; init; }

    /// <summary>Packets before the next port is taken (balance-rr); 0: at random.</summary>
    public uint? PacketsPerPort { get; init; }

    /// <summary>0: slow, 1: fast.</summary>
    public byte? LacpRate { get; init; }

    /// <summary>0: stable, 1: bandwidth, 2: count.</summary>
    public byte? AggregatorSelection { get; init; }

    /// <summary>What 802.3ad has found, as attributes (<see cref="IFLA_BOND_AD_INFO"/>). Only the kernel knows.</summary>
    public RawAttributes Aggregation { get; init; }

    /// <summary>Priority of this system in 802.3ad.</summary>
    public ushort? ActorPriority { get; init; }

    /// <summary>Upper ten bits of the port key in 802.3ad.</summary>
    public ushort? UserPortKey { get; init; }

    /// <summary>Identity of this system in 802.3ad; zero: the bond's own address.</summary>
    public LinkLayerAddress ActorSystem { get; init; }

    /// <summary>Whether flows move to other ports by load (balance-tlb).</summary>
    public bool? DynamicBalancing { get; init; }

    /// <summary>Milliseconds between announcements.</summary>
    public uint? PeerNotificationDelay { get; init; }

    /// <summary>Whether 802.3ad speaks unasked (Linux 5.14).</summary>
    public bool? LacpActive { get; init; }

    /// <summary>Questions without an answer before a port is given up (Linux 5.17).</summary>
    public byte? ArpMissedMaximum { get; init; }

    /// <summary>IPv6 addresses that are asked, as attributes with numbers for ids (Linux 5.18).</summary>
    public RawAttributes NeighbourTargets { get; init; }

    /// <summary>Whether 802.3ad collects and distributes together (Linux 6.9).</summary>
    public bool? CoupledControl { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
