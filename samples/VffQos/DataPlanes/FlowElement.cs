using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>An element of <c>flows4</c> or <c>flows6</c>: a tuple, the user's class on the IFB, and the connection it was made for.</summary>
/// <remarks>
/// <code>
/// | source | destination | protocol, 3 x 0 | source port, 2 x 0 | destination port, 2 x 0 |   4 or 16 bytes an address
/// </code>
/// The connection's id is a comment, <c>ct 1234567890</c>, so that <c>nft list</c> shows it.
/// </remarks>
internal static class FlowElement
{
    /// <summary>Bytes of the longest key.</summary>
    public const int MaximumKey = (2 * 16) + PortsAndProtocol;

    /// <summary>Bytes of the longest comment with its head.</summary>
    public const int MaximumUserData = 2 + 3 + 10 + 1;

    private const int PortsAndProtocol = 3 * 4;

    /// <summary>Writes the key of a tuple.</summary>
    /// <param name="buffer"><see cref="MaximumKey"/> bytes.</param>
    /// <param name="tuple">TCP, UDP or another transport with ports.</param>
    public static ReadOnlySpan<byte> WriteKey(Span<byte> buffer, in ConntrackTuple tuple)
    {
        var key = new NftKeyWriter(buffer);
        key.Put(tuple.Source);
        key.Put(tuple.Destination);
        key.Put(tuple.Protocol);
        key.PutBigEndian(tuple.SourcePort);
        key.PutBigEndian(tuple.DestinationPort);
        return key.Key;
    }

    /// <summary>Writes the comment that names a connection.</summary>
    /// <param name="buffer"><see cref="MaximumUserData"/> bytes.</param>
    /// <param name="conntrackId">Its id.</param>
    public static ReadOnlySpan<byte> WriteUserData(Span<byte> buffer, uint conntrackId)
    {
        Span<byte> text = stackalloc byte[MaximumUserData - 2];
        Prefix.CopyTo(text);
        conntrackId.TryFormat(text[Prefix.Length..], out var digits, default, CultureInfo.InvariantCulture);
        text[Prefix.Length + digits] = 0;
        var rest = NftUserData.Put(buffer, NftUserData.CommentType, text[..(Prefix.Length + digits + 1)]);
        return buffer[..(buffer.Length - rest.Length)];
    }

    /// <summary>Reads an element; false for one that we cannot have made.</summary>
    public static bool TryRead(scoped in NftElementView element, out ConntrackTuple tuple, out ushort index, out uint conntrackId)
    {
        tuple = default;
        index = 0;
        conntrackId = 0;
        var address = (element.Key.Length - PortsAndProtocol) / 2;
        if (element.Key.Length != (2 * address) + PortsAndProtocol || element.Data.Length != sizeof(uint) || !InetAddress.TryRead(Part(element.Key, 0, address), out var source) || !InetAddress.TryRead(Part(element.Key, address, address), out var destination))
            return false;
        var rest = element.Key[(2 * address)..];
        tuple = new ConntrackTuple((IpProtocol)rest[0], source, BinaryPrimitives.ReadUInt16BigEndian(rest[4..]), destination, BinaryPrimitives.ReadUInt16BigEndian(rest[8..]));
        index = new TcHandle(MemoryMarshal.Read<uint>(element.Data)).Minor;
        if (NftUserData.TryGet(element.UserData, NftUserData.CommentType, out var comment) && comment.StartsWith(Prefix))
            _ = uint.TryParse(comment[Prefix.Length..].TrimEnd((byte)0), NumberStyles.None, CultureInfo.InvariantCulture, out conntrackId);
        return true;
    }

    private static ReadOnlySpan<byte> Prefix => "ct "u8;

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> key, int start, int length) => length is 4 or 16 ? key.Slice(start, length) : default;
}
