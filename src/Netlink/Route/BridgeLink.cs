using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A switch in software. Times are in hundredths of a second. What is null is the kernel's default, or is not told; the kernel does not take what only it knows (identities, timers).</summary>
public readonly partial record struct BridgeLink : ILinkKind<BridgeLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "bridge"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 1024 + MulticastQuerierState.Span.Length + Other.Span.Length;

    /// <summary>Of the spanning tree (<c>forward_delay</c>).</summary>
    public uint? ForwardDelay { get; init; }

    /// <summary>Of the spanning tree.</summary>
    public uint? HelloTime { get; init; }

    /// <summary>Of the spanning tree.</summary>
    public uint? MaximumAge { get; init; }

    /// <summary>For which what was learnt is kept.</summary>
    public uint? AgeingTime { get; init; }

    /// <summary>0: no spanning tree, 1: the kernel's, 2: user space's.</summary>
    public uint? StpState { get; init; }

    /// <summary>Of the spanning tree, the lower the more likely to be the root.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Whether VLANs are kept apart.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>0x8100 is 802.1Q, 0x88a8 is 802.1ad.</summary>
    public ushort? VlanProtocol { get; init; }

    /// <summary>A bit for each link-local group 01:80:c2:00:00:0X that is forwarded.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>Priority in the upper 16 bits, address in the lower 48: the root of the spanning tree. Only the kernel knows.</summary>
    public ulong? RootId { get; init; }

    /// <summary>Priority in the upper 16 bits, address in the lower 48: this bridge. Only the kernel knows.</summary>
    public ulong? BridgeId { get; init; }

    /// <summary>The port towards the root; 0: it is the root itself. Only the kernel knows.</summary>
    public ushort? RootPort { get; init; }

    /// <summary>To the root. Only the kernel knows.</summary>
    public uint? RootPathCost { get; init; }

    /// <summary>Whether the tree changes. Only the kernel knows.</summary>
    public byte? TopologyChange { get; init; }

    /// <summary>Whether a change was seen. Only the kernel knows.</summary>
    public byte? TopologyChangeDetected { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? HelloTimer { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? TcnTimer { get; init; }

    /// <summary>Time left. Only the kernel knows.</summary>
    public ulong? TopologyChangeTimer { get; init; }

    /// <summary>Time left until what is old is forgotten. Only the kernel knows.</summary>
    public ulong? GarbageTimer { get; init; }

    /// <summary>Link-layer address of the spanning tree's group.</summary>
    public LinkLayerAddress GroupAddress { get; init; }

    /// <summary>0: there is none behind the bridge, 1: where one is seen, 2: always.</summary>
    public byte? MulticastRouter { get; init; }

    /// <summary>Whether groups are learnt.</summary>
    public bool? MulticastSnooping { get; init; }

    /// <summary>Whether queries bear the bridge's own address.</summary>
    public byte? MulticastQueryUseAddress { get; init; }

    /// <summary>Whether it queries itself.</summary>
    public bool? MulticastQuerier { get; init; }

    /// <summary>Not used any more; 16.</summary>
    public uint? MulticastHashElasticity { get; init; }

    /// <summary>How many groups are learnt.</summary>
    public uint? MulticastHashMaximum { get; init; }

    /// <summary>Queries before a group without members goes.</summary>
    public uint? MulticastLastMemberCount { get; init; }

    /// <summary>Queries at the start.</summary>
    public uint? MulticastStartupQueryCount { get; init; }

    /// <summary>Between queries for a last member.</summary>
    public ulong? MulticastLastMemberInterval { get; init; }

    /// <summary>After which a silent member goes.</summary>
    public ulong? MulticastMembershipInterval { get; init; }

    /// <summary>After which a silent querier is given up.</summary>
    public ulong? MulticastQuerierInterval { get; init; }

    /// <summary>Between queries.</summary>
    public ulong? MulticastQueryInterval { get; init; }

    /// <summary>For answers to a query.</summary>
    public ulong? MulticastQueryResponseInterval { get; init; }

    /// <summary>Between queries at the start.</summary>
    public ulong? MulticastStartupQueryInterval { get; init; }

    /// <summary>Whether bridged IPv4 passes netfilter.</summary>
    public bool? CallIptables { get; init; }

    /// <summary>Whether bridged IPv6 passes netfilter.</summary>
    public bool? CallIp6tables { get; init; }

    /// <summary>Whether bridged ARP passes netfilter.</summary>
    public bool? CallArptables { get; init; }

    /// <summary>The VLAN of packets without a tag; 0: none.</summary>
    public ushort? DefaultVlan { get; init; }

    /// <summary>Whether VLANs are counted.</summary>
    public bool? VlanStatistics { get; init; }

    /// <summary>Whether multicast is counted.</summary>
    public bool? MulticastStatistics { get; init; }

    /// <summary>2 or 3.</summary>
    public byte? IgmpVersion { get; init; }

    /// <summary>1 or 2.</summary>
    public byte? MldVersion { get; init; }

    /// <summary>Whether they are counted port by port.</summary>
    public bool? VlanStatisticsPerPort { get; init; }

    /// <summary>Options of one bit each, by <see cref="BR_BOOLOPT"/>.</summary>
    public br_boolopt_multi? Options { get; init; }

    /// <summary>Attributes about the queriers that were seen. Only the kernel knows (Linux 5.15).</summary>
    public RawAttributes MulticastQuerierState { get; init; }

    /// <summary>Entries that were learnt. Only the kernel knows; not written, since it refuses to hear it (Linux 6.8).</summary>
    public uint? LearnedCount { get; init; }

    /// <summary>How many may be learnt; 0: any number (Linux 6.8).</summary>
    public uint? LearnedMaximum { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
