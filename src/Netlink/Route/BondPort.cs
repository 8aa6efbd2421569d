using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What a bond knows of one of its ports: the data of a link whose <see cref="Link.SlaveKind"/> is <c>bond</c>.</summary>
public readonly partial record struct BondPort : ILinkKind<BondPort>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "bond"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => true;

    /// <inheritdoc/>
    public int Room => 64 + Other.Span.Length;

    /// <summary>0: active, 1: backup.</summary>
    public byte? State { get; init; }

    /// <summary>0: up, 1: going down, 2: down, 3: going up.</summary>
    public byte? LinkStatus { get; init; }

    /// <summary>How often it was lost. Only the kernel knows.</summary>
    public uint? LinkFailures { get; init; }

    /// <summary>The link-layer address that it had before. Only the kernel knows.</summary>
    public LinkLayerAddress PermanentAddress { get; init; }

    /// <summary>The queue that chooses this port; 0: none.</summary>
    public ushort? Queue { get; init; }

    /// <summary>Number of the aggregator in 802.3ad. Only the kernel knows.</summary>
    public ushort? Aggregator { get; init; }

    /// <summary>Own state in 802.3ad, LACP_STATE_*. Only the kernel knows.</summary>
    public byte? ActorState { get; init; }

    /// <summary>State of the other end in 802.3ad, LACP_STATE_*. Only the kernel knows.</summary>
    public ushort? PartnerState { get; init; }

    /// <summary>The higher the sooner it is taken (Linux 6.0).</summary>
    public int? Priority { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
