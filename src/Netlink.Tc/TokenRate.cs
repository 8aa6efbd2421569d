using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What the token buckets share: their rates in the old 32-bit form.</summary>
internal static class TokenRate
{
    private const byte CellLog = 3; // tc's for packets of up to 1600 bytes
    private const short CellAlign = -1;

    /// <summary>All ones stand for a rate that does not fit; it has an attribute of its own.</summary>
    public static tc_ratespec Specify(Rate rate, ushort overhead, ushort minimumPacket, LinkLayer linkLayer) => new()
    {
        cell_log = CellLog,
        linklayer = (TC_LINKLAYER)linkLayer,
        overhead = overhead,
        cell_align = CellAlign,
        mpu = minimumPacket,
        rate = (uint)Math.Min(rate.BytesPerSecond, uint.MaxValue),
    };
}
