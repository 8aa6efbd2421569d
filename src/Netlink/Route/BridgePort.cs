using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What a bridge knows of one of its ports: the data of a link whose <see cref="Link.SlaveKind"/> is <c>bridge</c>. Times are in hundredths of a second.</summary>
public readonly partial record struct BridgePort : ILinkKind<BridgePort>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "bridge"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => true;

    /// <inheritdoc/>
    public int Room => 640 + Other.Span.Length;

    /// <summary>0: disabled, 1: listening, 2: learning, 3: forwarding, 4: blocking.</summary>
    public byte? State { get; init; }

    /// <summary>Of the spanning tree.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Of the spanning tree.</summary>
    public uint? Cost { get; init; }

    /// <summary>Whether packets go out where they came in.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Whether the port goes down where a spanning tree is spoken.</summary>
    public bool? Guard { get; init; }

    /// <summary>Whether it may not lead to the root.</summary>
    public bool? RootBlock { get; init; }

    /// <summary>Whether a group goes with its first leave.</summary>
    public bool? FastLeave { get; init; }

    /// <summary>Whether addresses are learnt.</summary>
    public bool? Learning { get; init; }

    /// <summary>Whether packets to unknown addresses go out.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Whether ARP is answered for others.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>Whether what the device learns is learnt.</summary>
    public bool? LearningSync { get; init; }

    /// <summary>As <see cref="ProxyArp"/>, for Wi-Fi.</summary>
    public bool? ProxyArpWifi { get; init; }

    /// <summary>Priority in the upper 16 bits, address in the lower 48. Only the kernel knows.</summary>
    public ulong? RootId { get; init; }

    /// <summary>Priority in the upper 16 bits, address in the lower 48. Only the kernel knows.</summary>
    public ulong? BridgeId { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public ushort? DesignatedPort { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public ushort? DesignatedCost { get; init; }

    /// <summary>Of the port, with its priority. Only the kernel knows.</summary>
    public ushort? Id { get; init; }

    /// <summary>Of the port. Only the kernel knows.</summary>
    public ushort? Number { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public byte? TopologyChangeAcknowledged { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public byte? ConfigurationPending { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? MessageAgeTimer { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? ForwardDelayTimer { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? HoldTimer { get; init; }

    /// <summary>0: none behind it, 1: where one is seen, 2: always, 3: for the time being.</summary>
    public byte? MulticastRouter { get; init; }

    /// <summary>Whether multicast of unknown groups goes out.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Whether each member gets a copy of its own.</summary>
    public bool? MulticastToUnicast { get; init; }

    /// <summary>Whether VLANs map to tunnels.</summary>
    public bool? VlanTunnel { get; init; }

    /// <summary>Whether broadcast goes out.</summary>
    public bool? BroadcastFlood { get; init; }

    /// <summary>A bit for each link-local group 01:80:c2:00:00:0X that is forwarded.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>Whether neighbour requests that can be answered here go no further.</summary>
    public bool? NeighbourSuppression { get; init; }

    /// <summary>Whether it reaches no other isolated port.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Index of the port that takes over without a carrier.</summary>
    public uint? BackupPort { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public byte? MrpRingOpen { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public byte? MrpInOpen { get; init; }

    /// <summary>How many hosts are followed.</summary>
    public uint? MulticastHostsLimit { get; init; }

    /// <summary>Only the kernel knows.</summary>
    public uint? MulticastHostsCount { get; init; }

    /// <summary>Whether only known addresses may send (Linux 5.18).</summary>
    public bool? Locked { get; init; }

    /// <summary>Whether unknown ones of a locked port are noted (Linux 6.2).</summary>
    public bool? MacAuthenticationBypass { get; init; }

    /// <summary>Only the kernel knows; not written, since it refuses to hear it (Linux 6.3).</summary>
    public uint? MulticastGroupCount { get; init; }

    /// <summary>How many groups it may be in; 0: any number (Linux 6.3).</summary>
    public uint? MulticastGroupMaximum { get; init; }

    /// <summary>As <see cref="NeighbourSuppression"/>, by VLAN (Linux 6.4).</summary>
    public bool? NeighbourVlanSuppression { get; init; }

    /// <summary>Nexthop object of the backup port (Linux 6.6).</summary>
    public uint? BackupNextHop { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
