using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// The inside of a tuple whose transport has ports, as the kernel sends it and as it is sent here: nearly every tuple there is. It
/// is written and recognised as one block; what looks otherwise is walked attribute by attribute.
/// </summary>
/// <typeparam name="TAddress">An unmanaged type of 4 or 16 bytes.</typeparam>
/// <remarks>
/// <code>
/// | CTA_TUPLE_IP | source: head, address | destination: head, address | CTA_TUPLE_PROTO | CTA_PROTO_NUM | SRC_PORT | DST_PORT |
/// </code>
/// Nests are flagged and padding is zero, as in every kernel that has CTA_FILTER.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PortTuple<TAddress>
    where TAddress : unmanaged
{
    private Head _ip;
    private Head _sourceHead;
    public TAddress Source;
    private Head _destinationHead;
    public TAddress Destination;
    private Head _transport;
    private Head _protocolHead;
    public uint Protocol; // in the first byte
    private Head _sourcePortHead;
    public uint SourcePort; // in the first two bytes, in network order
    private Head _destinationPortHead;
    public uint DestinationPort; // in the first two bytes, in network order

    /// <summary>The block, without values.</summary>
    public static PortTuple<TAddress> Empty
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var block = default(PortTuple<TAddress>);
            block.Frame();
            return block;
        }
    }

    /// <summary>Writes everything but the values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Frame()
    {
        _ip = new(Addresses, (ushort)CTA_TUPLE.CTA_TUPLE_IP | NLA.NLA_F_NESTED);
        _sourceHead = new(Address, SourceId);
        _destinationHead = new(Address, DestinationId);
        _transport = new(Transport, (ushort)CTA_TUPLE.CTA_TUPLE_PROTO | NLA.NLA_F_NESTED);
        _protocolHead = new(5, (ushort)CTA_PROTO.CTA_PROTO_NUM);
        _sourcePortHead = new(6, (ushort)CTA_PROTO.CTA_PROTO_SRC_PORT);
        _destinationPortHead = new(6, (ushort)CTA_PROTO.CTA_PROTO_DST_PORT);
    }

    /// <summary>Whether bytes are such a block, and nothing behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PortTuple<TAddress> block)
    {
        if (bytes.Length != Unsafe.SizeOf<PortTuple<TAddress>>())
        {
            Unsafe.SkipInit(out block);
            return false;
        }

        block = MemoryMarshal.Read<PortTuple<TAddress>>(bytes);
        var expected = Empty;
        return ((block._ip.Word ^ expected._ip.Word)
            | (block._sourceHead.Word ^ expected._sourceHead.Word)
            | (block._destinationHead.Word ^ expected._destinationHead.Word)
            | (block._transport.Word ^ expected._transport.Word)
            | (block._protocolHead.Word ^ expected._protocolHead.Word)
            | (block._sourcePortHead.Word ^ expected._sourcePortHead.Word)
            | (block._destinationPortHead.Word ^ expected._destinationPortHead.Word)) == 0;
    }

    private static ushort Address => (ushort)(4 + Unsafe.SizeOf<TAddress>());

    private static ushort Addresses => (ushort)(4 + (2 * Address));

    private static ushort Transport => 4 + (3 * 8);

    private static ushort SourceId => (ushort)(Unsafe.SizeOf<TAddress>() == 4 ? CTA_IP.CTA_IP_V4_SRC : CTA_IP.CTA_IP_V6_SRC);

    private static ushort DestinationId => (ushort)(Unsafe.SizeOf<TAddress>() == 4 ? CTA_IP.CTA_IP_V4_DST : CTA_IP.CTA_IP_V6_DST);

    /// <summary>An attribute's header as one word.</summary>
    private readonly struct Head(ushort length, int type)
    {
        public uint Word { get; } = BitConverter.IsLittleEndian ? length | ((uint)type << 16) : ((uint)length << 16) | (ushort)type;
    }
}
