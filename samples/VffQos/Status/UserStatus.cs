namespace VffQos.Status;

/// <summary>One user. The names are the keys of <c>vffqos status --json</c> (docs/status.md): stable.</summary>
/// <param name="Name">As in the log.</param>
/// <param name="Mark">The user's bits of connection marks, in hexadecimal.</param>
/// <param name="Class">The minor number of the user's classes on both devices, in hexadecimal, as <c>tc</c> has it.</param>
/// <param name="LastSeen">When a line last named the user, as the state has it.</param>
/// <param name="Upload">From the user to the node; null where the kernel has no such class.</param>
/// <param name="Download">From the node to the user; null where the kernel has no such class.</param>
internal sealed record UserStatus(string Name, string Mark, string Class, DateTimeOffset LastSeen, DirectionStatus? Upload, DirectionStatus? Download);
