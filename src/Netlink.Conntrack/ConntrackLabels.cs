using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack;

/// <summary>
/// The 128 labels of a flow, bits without a meaning of their own; <c>connlabel.conf</c> names them for tools. The default value has none.
/// </summary>
/// <param name="Low">Labels 0 to 63; label 0 is the lowest bit.</param>
/// <param name="High">Labels 64 to 127.</param>
/// <remarks>A flow has room for labels where, when it was made, some rule of its namespace used labels.</remarks>
public readonly record struct ConntrackLabels(ulong Low, ulong High)
{
    /// <summary>How many there are.</summary>
    public const int Count = 128;

    /// <summary>Bytes on the wire.</summary>
    internal const int Size = Count / 8;

    /// <summary>All of them.</summary>
    public static ConntrackLabels All { get; } = new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether a label is set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public bool this[int label]
    {
        get
        {
            Check(label);
            return ((label < 64 ? Low : High) >> (label & 63) & 1) != 0;
        }
    }

    /// <summary>Some labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public static ConntrackLabels Of(params ReadOnlySpan<int> labels)
    {
        var all = default(ConntrackLabels);
        foreach (var label in labels)
            all = all.With(label);
        return all;
    }

    /// <summary>These labels and one more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such label.</exception>
    public ConntrackLabels With(int label)
    {
        Check(label);
        return label < 64 ? this with { Low = Low | (1ul << label) } : this with { High = High | (1ul << (label - 64)) };
    }

    /// <summary>The labels that two have in common.</summary>
    public static ConntrackLabels operator &(ConntrackLabels left, ConntrackLabels right) => new(left.Low & right.Low, left.High & right.High);

    /// <summary>The labels that either has.</summary>
    public static ConntrackLabels operator |(ConntrackLabels left, ConntrackLabels right) => new(left.Low | right.Low, left.High | right.High);

    /// <summary>The labels that are not set.</summary>
    public static ConntrackLabels operator ~(ConntrackLabels labels) => new(~labels.Low, ~labels.High);

    /// <summary>The labels that two have in common.</summary>
    public static ConntrackLabels BitwiseAnd(ConntrackLabels left, ConntrackLabels right) => left & right;

    /// <summary>The labels that either has.</summary>
    public static ConntrackLabels BitwiseOr(ConntrackLabels left, ConntrackLabels right) => left | right;

    /// <summary>The labels that are not set.</summary>
    public ConntrackLabels OnesComplement() => ~this;

    /// <summary>Such as <c>0,5,127</c>; empty for none.</summary>
    public override string ToString()
    {
        var labels = this;
        return string.Join(',', Enumerable.Range(0, Count).Where(label => labels[label]));
    }

    /// <summary>Reads the bytes of CTA_LABELS: words of the machine's byte order. Fewer than 16 leave the rest empty; more are not known.</summary>
    internal static ConntrackLabels Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 4 != 0)
            throw new NetlinkFormatException($"CTA_LABELS has {bytes.Length} bytes; words of 4 were expected.");
        Span<uint> words = [0, 0, 0, 0];
        MemoryMarshal.Cast<byte, uint>(bytes[..Math.Min(bytes.Length, Size)]).CopyTo(words);
        return new ConntrackLabels(words[0] | ((ulong)words[1] << 32), words[2] | ((ulong)words[3] << 32));
    }

    /// <summary>The bytes of CTA_LABELS.</summary>
    internal (uint, uint, uint, uint) Words => ((uint)Low, (uint)(Low >> 32), (uint)High, (uint)(High >> 32));

    private static void Check(int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Count);
    }
}
