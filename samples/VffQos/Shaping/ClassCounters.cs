using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>One class as the kernel has it.</summary>
/// <param name="Limit">The class's ceiling.</param>
/// <param name="Bytes">What left it, Ethernet headers included.</param>
/// <param name="Packets">What left it.</param>
/// <param name="Backlog">Bytes that wait in its leaf.</param>
/// <param name="Drops">Packets that its leaf had no room for.</param>
internal readonly record struct ClassCounters(Rate Limit, ulong Bytes, ulong Packets, uint Backlog, uint Drops);
