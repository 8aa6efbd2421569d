using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VffNetlink.Diagnostics;

/// <summary>Unsigned numbers whose size is told by their bytes.</summary>
internal static class Integer
{
    /// <summary>Reads 1, 2, 4 or 8 bytes; false for every other length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, bool bigEndian, out ulong value)
    {
        value = (bytes.Length, bigEndian) switch
        {
            (1, _) => bytes[0],
            (2, false) => MemoryMarshal.Read<ushort>(bytes),
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (4, false) => MemoryMarshal.Read<uint>(bytes),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (8, false) => MemoryMarshal.Read<ulong>(bytes),
            (8, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
            _ => 0,
        };
        return bytes.Length is 1 or 2 or 4 or 8;
    }
}
