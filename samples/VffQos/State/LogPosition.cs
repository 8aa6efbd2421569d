namespace VffQos.State;

/// <summary>A place in a log: where reading goes on.</summary>
/// <param name="Device">The file's device number.</param>
/// <param name="Inode">The file's inode: a renamed log keeps it.</param>
/// <param name="Offset">Of the first byte that was not used yet, always the start of a line.</param>
internal readonly record struct LogPosition(ulong Device, ulong Inode, long Offset);
