using VffNetlink.Tc;

namespace VffQos.Configuration;

/// <summary>What one user may send and receive.</summary>
/// <param name="Upload">From the user to the node. A rate above <see cref="VffQosConfig.Ceil"/> is held by that.</param>
/// <param name="Download">From the node to the user, likewise.</param>
internal sealed record UserLimits(Rate Upload, Rate Download);
