namespace VffQos.Status;

/// <summary>One direction of a class. The names are the keys of <c>vffqos status --json</c> (docs/status.md): stable.</summary>
/// <param name="Limit">Bits per second.</param>
/// <param name="Rate">Bits per second that left the class between the two samples, Ethernet headers included.</param>
/// <param name="Bytes">Bytes that left it since it was made.</param>
/// <param name="Packets">Packets that left it since it was made.</param>
/// <param name="Backlog">Bytes that wait now.</param>
/// <param name="Drops">Packets that found no room to wait.</param>
internal sealed record DirectionStatus(ulong Limit, ulong Rate, ulong Bytes, ulong Packets, uint Backlog, uint Drops);
