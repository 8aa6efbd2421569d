namespace VffQos.Sources.Logs;

/// <summary>A place in a log that outlives the process, and the log's renaming.</summary>
/// <param name="Device">The file system's device, <c>major &lt;&lt; 32 | minor</c>.</param>
/// <param name="Inode">The file on it.</param>
/// <param name="Offset">Of the first byte of the first line that was not consumed.</param>
/// <param name="Check">
/// A digest of the last bytes before <paramref name="Offset"/>: inode numbers are given again at once, and a copy of the log has
/// another one. 0 at the start of a file.
/// </param>
internal readonly record struct LogPosition(ulong Device, ulong Inode, long Offset, ulong Check);
