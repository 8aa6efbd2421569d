using VffNetlink.Tc;

namespace VffQos.Configuration;

/// <summary>What the traffic of no known user may take together.</summary>
/// <param name="Download">Leaving through the WAN; the whole ceiling unless configured.</param>
/// <param name="Upload">
/// Arriving at the WAN; null (not configured) leaves such packets alone. A value redirects every arriving packet through the IFB, and with it
/// everything that reaches the node depends on the IFB being there.
/// </param>
internal sealed record DefaultLimits(Rate Download, Rate? Upload);
