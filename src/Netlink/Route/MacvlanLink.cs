using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A link with a link-layer address of its own on another link (<see cref="LinkChange.ParentIndex"/>).</summary>
public readonly record struct MacvlanLink : ILinkKind<MacvlanLink>
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_MACVLAN>()
        .With(ValueFormat.U32, IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN, IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN_USED, IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_MODE, IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_COUNT)
        .With(ValueFormat.S32, IFLA_MACVLAN.IFLA_MACVLAN_BC_CUTOFF)
        .With(ValueFormat.Names<MACVLAN_MODE>(), IFLA_MACVLAN.IFLA_MACVLAN_MODE)
        .With(ValueFormat.Names<MACVLAN_FLAG>(), IFLA_MACVLAN.IFLA_MACVLAN_FLAGS)
        .With(ValueFormat.LinkAddress, IFLA_MACVLAN.IFLA_MACVLAN_MACADDR);

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "macvlan"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 256 + Addresses.Span.Length + Other.Span.Length;

    /// <summary>Packets that this link asks for.</summary>
    public uint? BroadcastQueueLength { get; init; }

    /// <summary>Packets that the link below has. Only the kernel knows.</summary>
    public uint? BroadcastQueueLengthUsed { get; init; }

    /// <summary>With more ports than this broadcast goes through the queue (Linux 6.5).</summary>
    public int? BroadcastCutoff { get; init; }

    /// <summary>Who talks to whom.</summary>
    public MACVLAN_MODE? Mode { get; init; }

    /// <summary>Flags.</summary>
    public MACVLAN_FLAG? Flags { get; init; }

    /// <summary>What to do with source addresses: 0: add one, 1: remove one, 2: remove all, 3: set all.</summary>
    public uint? AddressMode { get; init; }

    /// <summary>The source address to add or remove.</summary>
    public LinkLayerAddress Address { get; init; }

    /// <summary>Source addresses, as the attributes that they are.</summary>
    public RawAttributes Addresses { get; init; }

    /// <summary>How many source addresses there are. Only the kernel knows.</summary>
    public uint? AddressCount { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <inheritdoc/>
    public static MacvlanLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_MACVLAN>(data);
        return new MacvlanLink
        {
            BroadcastQueueLength = attributes.UInt32(IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN),
            BroadcastQueueLengthUsed = attributes.UInt32(IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN_USED),
            BroadcastCutoff = attributes.Int32(IFLA_MACVLAN.IFLA_MACVLAN_BC_CUTOFF),
            Mode = (MACVLAN_MODE?)attributes.UInt32(IFLA_MACVLAN.IFLA_MACVLAN_MODE),
            Flags = (MACVLAN_FLAG?)attributes.UInt16(IFLA_MACVLAN.IFLA_MACVLAN_FLAGS),
            AddressMode = attributes.UInt32(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_MODE),
            Address = attributes.LinkAddress(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR),
            Addresses = attributes.Nest(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_DATA),
            AddressCount = attributes.UInt32(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_COUNT),
            Other = attributes.Others(),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_MACVLAN>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN, BroadcastQueueLength);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_BC_QUEUE_LEN_USED, BroadcastQueueLengthUsed);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_BC_CUTOFF, BroadcastCutoff);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_MODE, (uint?)Mode);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_FLAGS, (ushort?)Flags);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_MODE, AddressMode);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR, Address);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_DATA, Addresses);
        data.PutIf(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR_COUNT, AddressCount);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
