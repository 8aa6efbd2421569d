using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What htb counts per class beside bytes and packets.</summary>
public readonly record struct HtbClassCounters
{
    /// <summary>Packets sent within the class's own rate.</summary>
    public uint Lent { get; init; }

    /// <summary>Packets sent with what an ancestor lent.</summary>
    public uint Borrowed { get; init; }

    /// <summary>What is left of the burst, in ticks; negative while the class waits.</summary>
    public int Tokens { get; init; }

    /// <summary>What is left of the ceiling's burst, in ticks; negative while the class waits.</summary>
    public int CeilTokens { get; init; }

    /// <summary>Reads a class's own statistics, <see cref="ClassView.OwnStatistics"/>; false where there are none.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static bool TryRead(ReadOnlySpan<byte> ownStatistics, out HtbClassCounters counters)
    {
        counters = default;
        if (ownStatistics.IsEmpty)
            return false;
        if (ownStatistics.Length < Unsafe.SizeOf<tc_htb_xstats>())
            throw new NetlinkFormatException($"A class's own statistics have {ownStatistics.Length} bytes; tc_htb_xstats needs {Unsafe.SizeOf<tc_htb_xstats>()}.");
        var stats = MemoryMarshal.Read<tc_htb_xstats>(ownStatistics);
        counters = new HtbClassCounters { Lent = stats.lends, Borrowed = stats.borrows, Tokens = stats.tokens, CeilTokens = stats.ctokens };
        return true;
    }
}
