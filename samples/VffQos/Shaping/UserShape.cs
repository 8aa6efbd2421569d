using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>What the kernel is to hold one user to.</summary>
/// <param name="Index">The minor number of the user's classes on both devices.</param>
/// <param name="Mark">The user's bits of the connection mark, under the policy's mask.</param>
/// <param name="Upload">From the client to the node.</param>
/// <param name="Download">From the node to the client.</param>
internal readonly record struct UserShape(ushort Index, uint Mark, Rate Upload, Rate Download);
