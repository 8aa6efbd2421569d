using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>
/// How the bytes of an attribute, or of a field of a struct, are told to people. A family that has values of its own makes a format of
/// them with <see cref="Of"/>. Formats have no state and are safe to share.
/// </summary>
public abstract class ValueFormat
{
    /// <summary>No bytes: the attribute's presence says it all.</summary>
    public static ValueFormat Flag { get; } = Of(static (bytes, _) => bytes.IsEmpty);

    /// <summary>A byte.</summary>
    public static ValueFormat U8 { get; } = Number(1, static bytes => bytes[0]);

    /// <summary>16 bits in the machine's byte order.</summary>
    public static ValueFormat U16 { get; } = Number(2, static bytes => MemoryMarshal.Read<ushort>(bytes));

    /// <summary>32 bits in the machine's byte order.</summary>
    public static ValueFormat U32 { get; } = Number(4, static bytes => MemoryMarshal.Read<uint>(bytes));

    /// <summary>64 bits in the machine's byte order.</summary>
    public static ValueFormat U64 { get; } = Number(8, static bytes => MemoryMarshal.Read<ulong>(bytes));

    /// <summary>A signed byte.</summary>
    public static ValueFormat S8 { get; } = Number(1, static bytes => (sbyte)bytes[0]);

    /// <summary>16 signed bits in the machine's byte order.</summary>
    public static ValueFormat S16 { get; } = Number(2, static bytes => MemoryMarshal.Read<short>(bytes));

    /// <summary>32 signed bits in the machine's byte order.</summary>
    public static ValueFormat S32 { get; } = Number(4, static bytes => MemoryMarshal.Read<int>(bytes));

    /// <summary>64 signed bits in the machine's byte order.</summary>
    public static ValueFormat S64 { get; } = Number(8, static bytes => MemoryMarshal.Read<long>(bytes));

    /// <summary>16 bits in network byte order.</summary>
    public static ValueFormat U16BigEndian { get; } = Number(2, static bytes => BinaryPrimitives.ReadUInt16BigEndian(bytes));

    /// <summary>32 bits in network byte order.</summary>
    public static ValueFormat U32BigEndian { get; } = Number(4, static bytes => BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>64 bits in network byte order.</summary>
    public static ValueFormat U64BigEndian { get; } = Number(8, static bytes => BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>32 signed bits in network byte order.</summary>
    public static ValueFormat S32BigEndian { get; } = Number(4, static bytes => BinaryPrimitives.ReadInt32BigEndian(bytes));

    /// <summary>Marks and masks: an unsigned number of 1, 2, 4 or 8 bytes in the machine's byte order, told in hexadecimal.</summary>
    public static ValueFormat Hex { get; } = Of(static (bytes, text) => TryHex(bytes, text, bigEndian: false));

    /// <summary>Marks and masks: an unsigned number of 1, 2, 4 or 8 bytes in network byte order, told in hexadecimal.</summary>
    public static ValueFormat HexBigEndian { get; } = Of(static (bytes, text) => TryHex(bytes, text, bigEndian: true));

    /// <summary>UTF-8 up to a NUL or the end, told in quotation marks. Behind the NUL there may be more NULs, and nothing else.</summary>
    public static ValueFormat String { get; } = Of(TextWriting.TryQuote);

    /// <summary>An address by its length: IPv4 of 4 bytes or IPv6 of 16.</summary>
    public static ValueFormat Address { get; } = Of(static (bytes, text) =>
    {
        if (bytes.Length is not (4 or 16))
            return false;
        text.Append(new IPAddress(bytes));
        return true;
    });

    /// <summary>A link-layer address: bytes with colons between them. Links without one have an empty one.</summary>
    public static ValueFormat LinkAddress { get; } = Of(static (bytes, text) =>
    {
        for (var i = 0; i < bytes.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ":")}{bytes[i]:x2}");
        return bytes.Length is > 0 and <= 32;
    });

    /// <summary>Which bits are meant and their values: <c>struct nla_bitfield32</c>.</summary>
    public static ValueFormat Bitfield32 { get; } = Of(static (bytes, text) =>
    {
        if (bytes.Length != 8)
            return false;
        text.Append(CultureInfo.InvariantCulture, $"0x{MemoryMarshal.Read<uint>(bytes):x}/0x{MemoryMarshal.Read<uint>(bytes[4..]):x}");
        return true;
    });

    /// <summary>A format of one's own.</summary>
    /// <param name="writer">Writes a value.</param>
    public static ValueFormat Of(ValueWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new DelegateFormat(writer);
    }

    /// <summary>The names of an enum's members, of flags those that are set; what has no name is told as a number.</summary>
    /// <typeparam name="TEnum">Its size need not be that of the bytes, which are 1, 2, 4 or 8.</typeparam>
    /// <param name="bigEndian">Whether the number is in network byte order.</param>
    public static ValueFormat Names<TEnum>(bool bigEndian = false)
        where TEnum : unmanaged, Enum => bigEndian ? EnumFormat<TEnum>.BigEndian : EnumFormat<TEnum>.Native;

    /// <summary>The fields of a fixed struct by their names.</summary>
    public static StructFormat<T> Struct<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>()
        where T : unmanaged => new();

    /// <summary>Values one behind the other, told in brackets.</summary>
    /// <param name="item">One of them.</param>
    /// <param name="size">Its bytes.</param>
    public static ValueFormat List(ValueFormat item, int size)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return Of((bytes, text) =>
        {
            if (bytes.Length % size != 0)
                return false;
            text.Append('[');
            for (var at = 0; at < bytes.Length; at += size)
            {
                if (at > 0)
                    text.Append(", ");
                if (!item.TryWrite(bytes.Slice(at, size), text))
                    return false;
            }

            text.Append(']');
            return true;
        });
    }

    /// <summary>Writes a value; false, with nothing of use written, where the bytes are no such value. Never throws.</summary>
    /// <param name="bytes">The payload; of any length.</param>
    /// <param name="text">Where the value goes.</param>
    public abstract bool TryWrite(ReadOnlySpan<byte> bytes, StringBuilder text);

    private static ValueFormat Number<T>(int size, Reader<T> read)
        where T : ISpanFormattable => Of((bytes, text) =>
        {
            if (bytes.Length != size)
                return false;
            text.Append(CultureInfo.InvariantCulture, $"{read(bytes)}");
            return true;
        });

    private static bool TryHex(ReadOnlySpan<byte> bytes, StringBuilder text, bool bigEndian)
    {
        if (!Integer.TryRead(bytes, bigEndian, out var value))
            return false;
        text.Append(CultureInfo.InvariantCulture, $"0x{value:x}");
        return true;
    }

    private delegate T Reader<T>(ReadOnlySpan<byte> bytes);

    private sealed class DelegateFormat(ValueWriter writer) : ValueFormat
    {
        public override bool TryWrite(ReadOnlySpan<byte> bytes, StringBuilder text) => writer(bytes, text);
    }
}
