using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <content>
/// The wire.
/// <code>
/// | CTA_TUPLE_ORIG | CTA_TUPLE_IP | CTA_IP_V4_SRC | CTA_IP_V4_DST | CTA_TUPLE_PROTO | CTA_PROTO_NUM | ports or ICMP | CTA_TUPLE_ZONE |
/// </code>
/// </content>
public readonly partial struct ConntrackTuple
{
    /// <summary>Puts the tuple as a nest.</summary>
    /// <param name="attributes">The attributes of the flow or expectation.</param>
    /// <param name="id">Which tuple it is.</param>
    /// <param name="withZone">Whether the zone is this direction's own; else it is for the caller to put it once for both.</param>
    internal void Write<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, bool withZone)
        where TAttr : unmanaged, Enum
    {
        if (HasPorts && !(withZone && _zone != 0))
        {
            WritePorts(attributes, id);
            return;
        }

        var tuple = attributes.NestFlagged<CTA_TUPLE>(id);
        var ip = tuple.NestFlagged<CTA_IP>(CTA_TUPLE.CTA_TUPLE_IP);
        if (_family == InetFamily.IPv4)
        {
            ip.PutStruct(CTA_IP.CTA_IP_V4_SRC, FirstFour(_source0));
            ip.PutStruct(CTA_IP.CTA_IP_V4_DST, FirstFour(_destination0));
        }
        else
        {
            ip.PutStruct(CTA_IP.CTA_IP_V6_SRC, (_source0, _source1));
            ip.PutStruct(CTA_IP.CTA_IP_V6_DST, (_destination0, _destination1));
        }

        ip.Dispose();
        var transport = tuple.NestFlagged<CTA_PROTO>(CTA_TUPLE.CTA_TUPLE_PROTO);
        transport.Put(CTA_PROTO.CTA_PROTO_NUM, (byte)_protocol);
        if (HasPorts)
        {
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_SRC_PORT, _sourcePort);
            transport.PutBigEndian(CTA_PROTO.CTA_PROTO_DST_PORT, _destinationPort);
        }
        else if (IsIcmp)
        {
            var v6 = _protocol == IpProtocol.IcmpV6;
            transport.Put(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_CODE : CTA_PROTO.CTA_PROTO_ICMP_CODE, (byte)_destinationPort);
            transport.Put(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_TYPE : CTA_PROTO.CTA_PROTO_ICMP_TYPE, (byte)(_destinationPort >> 8));
            transport.PutBigEndian(v6 ? CTA_PROTO.CTA_PROTO_ICMPV6_ID : CTA_PROTO.CTA_PROTO_ICMP_ID, _sourcePort);
        }

        transport.Dispose();
        if (withZone && _zone != 0)
            tuple.PutBigEndian(CTA_TUPLE.CTA_TUPLE_ZONE, _zone);
        tuple.Dispose();
    }

    private void WritePorts<TAttr>(AttributeWriter<TAttr> attributes, TAttr id)
        where TAttr : unmanaged, Enum
    {
        id = Unsafe.BitCast<ushort, TAttr>((ushort)(Unsafe.BitCast<TAttr, ushort>(id) | NLA.NLA_F_NESTED));
        if (_family == InetFamily.IPv4)
        {
            // In place: a block made elsewhere and copied waits for its own stores.
            ref var block = ref MemoryMarshal.AsRef<PortTuple<uint>>(attributes.PutRoom(id, Unsafe.SizeOf<PortTuple<uint>>()));
            block.Frame();
            (block.Source, block.Destination) = Addresses4;
            (block.Protocol, block.SourcePort, block.DestinationPort) = Transport;
        }
        else
        {
            ref var block = ref MemoryMarshal.AsRef<PortTuple<(ulong, ulong)>>(attributes.PutRoom(id, Unsafe.SizeOf<PortTuple<(ulong, ulong)>>()));
            block.Frame();
            (block.Source, block.Destination) = Addresses6;
            (block.Protocol, block.SourcePort, block.DestinationPort) = Transport;
        }
    }

    /// <summary>The addresses as a <see cref="PortTuple{TAddress}"/> of IPv4 has them.</summary>
    internal (uint Source, uint Destination) Addresses4 => (FirstFour(_source0), FirstFour(_destination0));

    /// <summary>The addresses as a <see cref="PortTuple{TAddress}"/> of IPv6 has them.</summary>
    internal ((ulong, ulong) Source, (ulong, ulong) Destination) Addresses6 => ((_source0, _source1), (_destination0, _destination1));

    /// <summary>The rest as a <see cref="PortTuple{TAddress}"/> has it.</summary>
    internal (uint Protocol, uint SourcePort, uint DestinationPort) Transport => (FirstByte(_protocol), FirstTwo(_sourcePort), FirstTwo(_destinationPort));

    /// <summary>Reads a nest.</summary>
    /// <param name="nest">Inside CTA_TUPLE_ORIG or CTA_TUPLE_REPLY.</param>
    /// <param name="zone">The zone of both directions, for a tuple without one of its own.</param>
    /// <exception cref="NetlinkFormatException">The bytes make no sense, or addresses of two families are mixed.</exception>
    internal static ConntrackTuple Read(ReadOnlySpan<byte> nest, ushort zone)
    {
        if (PortTuple<uint>.TryRead(nest, out var block4))
        {
            return new ConntrackTuple(
                (Word(block4.Source), 0), Port(block4.SourcePort), (Word(block4.Destination), 0), Port(block4.DestinationPort), zone, InetFamily.IPv4, Protocol8(block4.Protocol));
        }

        if (PortTuple<(ulong, ulong)>.TryRead(nest, out var block6))
            return new ConntrackTuple(block6.Source, Port(block6.SourcePort), block6.Destination, Port(block6.DestinationPort), zone, InetFamily.IPv6, Protocol8(block6.Protocol));
        return ReadAny(nest, zone);
    }

    /// <summary>Reads a nest attribute by attribute.</summary>
    internal static ConntrackTuple ReadAny(ReadOnlySpan<byte> nest, ushort zone)
    {
        (ulong, ulong) source = default, destination = default;
        ushort sourcePort = 0, destinationPort = 0;
        var family = InetFamily.Unspecified;
        var protocol = IpProtocol.Unspecified;
        foreach (var part in new AttributeReader<CTA_TUPLE>(nest))
        {
            switch (part.Id)
            {
                case CTA_TUPLE.CTA_TUPLE_IP:
                    ReadAddresses(part.Nested<CTA_IP>(), ref family, ref source, ref destination);
                    break;
                case CTA_TUPLE.CTA_TUPLE_PROTO:
                    ReadTransport(part.Nested<CTA_PROTO>(), ref protocol, ref sourcePort, ref destinationPort);
                    break;
                case CTA_TUPLE.CTA_TUPLE_ZONE:
                    zone = part.ReadUInt16BigEndian();
                    break;
            }
        }

        return new ConntrackTuple(source, sourcePort, destination, destinationPort, zone, family, protocol);
    }

    private static void ReadAddresses(AttributeReader<CTA_IP> attributes, ref InetFamily family, ref (ulong, ulong) source, ref (ulong, ulong) destination)
    {
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_IP.CTA_IP_V4_SRC:
                    source = (Word(a.ReadUInt32()), 0);
                    Is(InetFamily.IPv4, ref family);
                    break;
                case CTA_IP.CTA_IP_V4_DST:
                    destination = (Word(a.ReadUInt32()), 0);
                    Is(InetFamily.IPv4, ref family);
                    break;
                case CTA_IP.CTA_IP_V6_SRC:
                    source = Words(a);
                    Is(InetFamily.IPv6, ref family);
                    break;
                case CTA_IP.CTA_IP_V6_DST:
                    destination = Words(a);
                    Is(InetFamily.IPv6, ref family);
                    break;
            }
        }
    }

    private static void ReadTransport(AttributeReader<CTA_PROTO> attributes, ref IpProtocol protocol, ref ushort sourcePort, ref ushort destinationPort)
    {
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case CTA_PROTO.CTA_PROTO_NUM:
                    protocol = (IpProtocol)a.ReadByte();
                    break;
                case CTA_PROTO.CTA_PROTO_SRC_PORT:
                case CTA_PROTO.CTA_PROTO_ICMP_ID:
                case CTA_PROTO.CTA_PROTO_ICMPV6_ID:
                    sourcePort = a.ReadUInt16BigEndian();
                    break;
                case CTA_PROTO.CTA_PROTO_DST_PORT:
                    destinationPort = a.ReadUInt16BigEndian();
                    break;
                case CTA_PROTO.CTA_PROTO_ICMP_TYPE:
                case CTA_PROTO.CTA_PROTO_ICMPV6_TYPE:
                    destinationPort = (ushort)((a.ReadByte() << 8) | (destinationPort & 0xff));
                    break;
                case CTA_PROTO.CTA_PROTO_ICMP_CODE:
                case CTA_PROTO.CTA_PROTO_ICMPV6_CODE:
                    destinationPort = (ushort)((destinationPort & 0xff00) | a.ReadByte());
                    break;
            }
        }
    }

    private static void Is(InetFamily found, ref InetFamily family)
    {
        if (family != InetFamily.Unspecified && family != found)
            throw new NetlinkFormatException("A tuple mixes IPv4 and IPv6 addresses.");
        family = found;
    }

    // The first bytes in memory of a word, and back.
    private static uint FirstFour(ulong word) => BitConverter.IsLittleEndian ? (uint)word : (uint)(word >> 32);

    private static ulong Word(uint firstFour) => BitConverter.IsLittleEndian ? firstFour : (ulong)firstFour << 32;

    private static uint FirstTwo(ushort port) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : (uint)port << 16;

    private static ushort Port(uint firstTwo) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)firstTwo) : (ushort)(firstTwo >> 16);

    private static uint FirstByte(IpProtocol protocol) => BitConverter.IsLittleEndian ? (uint)protocol : (uint)protocol << 24;

    private static IpProtocol Protocol8(uint firstByte) => (IpProtocol)(BitConverter.IsLittleEndian ? firstByte : firstByte >> 24);

    private static (ulong First, ulong Second) Words(scoped in NetlinkAttribute<CTA_IP> attribute)
    {
        var payload = attribute.Payload;
        return payload.Length == 16
            ? MemoryMarshal.Read<(ulong, ulong)>(payload)
            : throw new NetlinkFormatException($"{attribute.Id} has {payload.Length} bytes; 16 were expected.");
    }
}
