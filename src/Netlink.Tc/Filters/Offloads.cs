namespace VffNetlink.Tc;

/// <summary>Reads a filter's flags: what was asked, without what the kernel adds about the device's part.</summary>
internal static class Offloads
{
    public static FilterOffload From(uint flags) => (FilterOffload)flags & (FilterOffload.SkipHardware | FilterOffload.SkipSoftware);
}
