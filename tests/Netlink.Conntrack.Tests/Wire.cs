using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Undoes what tools do differently without meaning anything else: garbage in the padding, missing flags of nests, another order.</summary>
internal static class Wire
{
    private const int Header = 20; // nlmsghdr and nfgenmsg
    private const ushort Nested = 0x8000;

    /// <summary>The message with zeros as padding, every nest flagged, and without some of its attributes.</summary>
    public static byte[] Canonical(ReadOnlySpan<byte> message, params ReadOnlySpan<Uapi.CTA> without) => Build(message, IsNest, sorted: false, without);

    /// <summary>As <see cref="Canonical"/>, for a message about an expectation.</summary>
    public static byte[] CanonicalExpectation(ReadOnlySpan<byte> message, params ReadOnlySpan<Uapi.CTA_EXPECT> without) =>
        Build(message, IsExpectationNest, sorted: false, MemoryMarshal.Cast<Uapi.CTA_EXPECT, Uapi.CTA>(without));

    /// <summary>As <see cref="Sorted"/>, for a message about an expectation.</summary>
    public static byte[] SortedExpectation(ReadOnlySpan<byte> message) => Build(message, IsExpectationNest, sorted: true, []);

    /// <summary>As <see cref="Canonical"/>, and with its attributes in the order of their numbers.</summary>
    public static byte[] Sorted(ReadOnlySpan<byte> message) => Build(message, IsNest, sorted: true, []);

    private static byte[] Build(ReadOnlySpan<byte> message, Func<int, ushort, bool> isNest, bool sorted, ReadOnlySpan<Uapi.CTA> without)
    {
        var attributes = new List<(ushort Type, byte[] Bytes)>();
        foreach (var (type, payload) in Split(message[Header..]))
        {
            if (!without.Contains((Uapi.CTA)type))
                attributes.Add((type, Attribute(isNest, 0, type, payload)));
        }

        if (sorted)
            attributes.Sort(static (a, b) => a.Type.CompareTo(b.Type));
        byte[] result = [.. message[..Header], .. attributes.SelectMany(static a => a.Bytes)];
        BinaryPrimitives.WriteInt32LittleEndian(result, result.Length);
        return result;
    }

    private static byte[] Attribute(Func<int, ushort, bool> isNest, int parent, ushort type, byte[] payload)
    {
        if (isNest(parent, type))
        {
            byte[] inner = [.. Split(payload).SelectMany(a => Attribute(isNest, parent == 0 ? type : -type, a.Type, a.Payload))];
            return Header4((ushort)(type | Nested), inner);
        }

        return Header4(type, payload);
    }

    private static byte[] Header4(ushort type, byte[] payload)
    {
        var bytes = new byte[(4 + payload.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(4 + payload.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), type);
        payload.CopyTo(bytes, 4);
        return bytes;
    }

    /// <summary>Tuples hold two nests, CTA_PROTOINFO one per transport, CTA_NAT_* the ports', CTA_SYNPROXY and CTA_FILTER none.</summary>
    private static bool IsNest(int parent, ushort type) => parent switch
    {
        0 => type is 1 or 2 or 4 or 5 or 6 or 13 or 14 or 24 or 25,
        1 or 2 or 14 => type is 1 or 2,
        4 => true,
        6 or 13 => type is 3,
        _ => false,
    };

    private static bool IsExpectationNest(int parent, ushort type) => parent == 0 ? type is 1 or 2 or 3 : parent is 1 or 2 or 3 && type is 1 or 2;

    private static List<(ushort Type, byte[] Payload)> Split(ReadOnlySpan<byte> bytes)
    {
        var list = new List<(ushort, byte[])>();
        while (!bytes.IsEmpty)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            list.Add(((ushort)(BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]) & 0x3fff), bytes[4..length].ToArray()));
            bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..];
        }

        return list;
    }
}
