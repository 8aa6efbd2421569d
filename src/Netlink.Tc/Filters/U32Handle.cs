using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>The handle of a u32 filter: hash table (12 bits), bucket (8) and number in it (12).</summary>
/// <param name="Value">As in <see cref="FilterKey.Handle"/>.</param>
public readonly record struct U32Handle(uint Value)
{
    /// <summary>A handle of three parts.</summary>
    /// <param name="table">
    /// 0 in a filter to make: the priority's own table, which the kernel numbers from 0x800 on. To find the filter again the number is needed.
    /// </param>
    /// <param name="bucket">0 in that one.</param>
    /// <param name="node">1 to 0xfff; 0 stands for the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part does not fit its bits.</exception>
    public U32Handle(ushort table, byte bucket, ushort node)
        : this(((uint)table << 20) | ((uint)bucket << 12) | node)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(table, 0xFFF);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(node, 0xFFF);
    }

    /// <summary>The hash table.</summary>
    public ushort Table => (ushort)(Value >> 20);

    /// <summary>The bucket.</summary>
    public byte Bucket => (byte)(Value >> 12);

    /// <summary>The number in the bucket.</summary>
    public ushort Node => (ushort)(Value & 0xFFF);

    /// <summary>As tc prints it: <c>800::1</c>, <c>800:</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Table:x}:{(Bucket == 0 ? "" : Bucket.ToString("x", CultureInfo.InvariantCulture))}{(Node == 0 ? "" : ":" + Node.ToString("x", CultureInfo.InvariantCulture))}");
}
