using System.Buffers.Binary;
using VffNetlink.Uapi;
using Vffnl.Cli;

namespace Vffnl.Decode;

/// <summary>
/// A capture of an <c>nlmon</c> device: a file header of 24 bytes, then packets, each behind 16 bytes with its length and 16 with the
/// protocol's number in the last two (LINKTYPE_NETLINK).
/// </summary>
internal static class PacketCapture
{
    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    private const uint NextGeneration = 0x0a0d0d0a; // pcapng; the same in either byte order
    private const uint LinkTypeNetlink = 253;
    private const int FileHeader = 24;
    private const int PacketHeader = 16;
    private const int NetlinkHeader = 16;

    /// <summary>Whether the bytes are of such a file, in either byte order, or of one that would have to be made into one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.Length >= FileHeader && (IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(bytes)) || IsMagic(BinaryPrimitives.ReadUInt32BigEndian(bytes)));

    /// <summary>The datagrams, each with its protocol.</summary>
    /// <exception cref="UsageException">It is a capture of something else, or of another form, or cut.</exception>
    public static IEnumerable<(NETLINK Protocol, ReadOnlyMemory<byte> Bytes)> Read(ReadOnlyMemory<byte> file)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(file.Span) == NextGeneration)
            throw new UsageException("the capture is a pcapng file; only pcap files can be read: editcap -F pcap makes one of it");
        var isLittle = IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(file.Span));
        if (Number(file, 20, isLittle) is var type && (type & 0xffff) != LinkTypeNetlink)
            throw new UsageException($"the capture is of link type {type}, not of an nlmon device ({LinkTypeNetlink})");
        var packets = new List<(NETLINK, ReadOnlyMemory<byte>)>();
        for (var at = FileHeader; at < file.Length;)
        {
            var length = at + PacketHeader <= file.Length ? Number(file, at + 8, isLittle) : uint.MaxValue;
            at += PacketHeader;
            if (length > file.Length - at)
                throw new UsageException($"the capture is cut in its packet {packets.Count + 1}");
            if (length < NetlinkHeader)
                throw new UsageException($"the capture's packet {packets.Count + 1} has no netlink header");
            var packet = file.Slice(at, (int)length);
            packets.Add(((NETLINK)BinaryPrimitives.ReadUInt16BigEndian(packet.Span[14..]), packet[NetlinkHeader..]));
            at += (int)length;
        }

        return packets;
    }

    private static bool IsMagic(uint number) => number is Microseconds or Nanoseconds or NextGeneration;

    private static uint Number(ReadOnlyMemory<byte> file, int at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(file.Span[at..]) : BinaryPrimitives.ReadUInt32BigEndian(file.Span[at..]);
}
