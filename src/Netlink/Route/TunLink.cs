using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A link whose packets a program reads and writes. Only read: it is made through <c>/dev/net/tun</c>, and the kernel refuses to make or change one by rtnetlink.</summary>
public readonly record struct TunLink : ILinkKind<TunLink>
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_TUN>()
        .With(ValueFormat.U32, IFLA_TUN.IFLA_TUN_OWNER, IFLA_TUN.IFLA_TUN_GROUP, IFLA_TUN.IFLA_TUN_NUM_QUEUES, IFLA_TUN.IFLA_TUN_NUM_DISABLED_QUEUES)
        .With(ValueFormat.U8, IFLA_TUN.IFLA_TUN_TYPE, IFLA_TUN.IFLA_TUN_PI, IFLA_TUN.IFLA_TUN_VNET_HDR, IFLA_TUN.IFLA_TUN_PERSIST, IFLA_TUN.IFLA_TUN_MULTI_QUEUE);

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "tun"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 128 + Other.Span.Length;

    /// <summary>The user who may use it; null: any.</summary>
    public uint? Owner { get; init; }

    /// <summary>The group that may use it; null: any.</summary>
    public uint? Group { get; init; }

    /// <summary>1: network packets (tun), 2: Ethernet frames (tap).</summary>
    public byte? Type { get; init; }

    /// <summary>Whether each packet bears its protocol.</summary>
    public bool? PacketInformation { get; init; }

    /// <summary>Whether each packet bears a virtio header.</summary>
    public bool? VirtioHeader { get; init; }

    /// <summary>Whether it stays when its program ends.</summary>
    public bool? Persistent { get; init; }

    /// <summary>Whether several programs or threads share it.</summary>
    public bool? MultiQueue { get; init; }

    /// <summary>Queues in use.</summary>
    public uint? QueueCount { get; init; }

    /// <summary>Queues not in use.</summary>
    public uint? DisabledQueueCount { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <inheritdoc/>
    public static TunLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_TUN>(data);
        return new TunLink
        {
            Owner = attributes.UInt32(IFLA_TUN.IFLA_TUN_OWNER),
            Group = attributes.UInt32(IFLA_TUN.IFLA_TUN_GROUP),
            Type = attributes.Byte(IFLA_TUN.IFLA_TUN_TYPE),
            PacketInformation = attributes.Bool(IFLA_TUN.IFLA_TUN_PI),
            VirtioHeader = attributes.Bool(IFLA_TUN.IFLA_TUN_VNET_HDR),
            Persistent = attributes.Bool(IFLA_TUN.IFLA_TUN_PERSIST),
            MultiQueue = attributes.Bool(IFLA_TUN.IFLA_TUN_MULTI_QUEUE),
            QueueCount = attributes.UInt32(IFLA_TUN.IFLA_TUN_NUM_QUEUES),
            DisabledQueueCount = attributes.UInt32(IFLA_TUN.IFLA_TUN_NUM_DISABLED_QUEUES),
            Other = attributes.Others(),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_TUN>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_TUN.IFLA_TUN_OWNER, Owner);
        data.PutIf(IFLA_TUN.IFLA_TUN_GROUP, Group);
        data.PutIf(IFLA_TUN.IFLA_TUN_TYPE, Type);
        data.PutIf(IFLA_TUN.IFLA_TUN_PI, PacketInformation);
        data.PutIf(IFLA_TUN.IFLA_TUN_VNET_HDR, VirtioHeader);
        data.PutIf(IFLA_TUN.IFLA_TUN_PERSIST, Persistent);
        data.PutIf(IFLA_TUN.IFLA_TUN_MULTI_QUEUE, MultiQueue);
        data.PutIf(IFLA_TUN.IFLA_TUN_NUM_QUEUES, QueueCount);
        data.PutIf(IFLA_TUN.IFLA_TUN_NUM_DISABLED_QUEUES, DisabledQueueCount);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
