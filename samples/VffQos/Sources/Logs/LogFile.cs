using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VffQos.Interop;

namespace VffQos.Sources.Logs;

/// <summary>One file that is, was or will be the log, held open so that renaming or deleting it changes nothing for the reader.</summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>How many bytes before a place are enough to know it again: a time stamp and more.</summary>
    public const int CheckLength = 64;

    private LogFile(SafeFileHandle handle, string path, in Libc.Statx statx)
    {
        Handle = handle;
        Path = path;
        Device = ((ulong)statx.DeviceMajor << 32) | statx.DeviceMinor;
        Inode = statx.Inode;
    }

    /// <summary>The open file.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Where it was when it was opened.</summary>
    public string Path { get; }

    /// <summary>The device's number as in <see cref="LogPosition.Device"/>.</summary>
    public ulong Device { get; }

    /// <summary>The inode's number on the device; no other file has it while this one is open.</summary>
    public ulong Inode { get; }

    /// <summary>Where to begin reading.</summary>
    public long Begin { get; set; }

    /// <summary>Whether nothing will be added any more: a copy that the rotation made.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The watch for its growth; -1 without one.</summary>
    public int Watch { get; set; } = -1;

    /// <summary>Opens a regular file; null, with the reason, where there is none or it may not be read.</summary>
    /// <param name="path">Links are followed.</param>
    /// <param name="error">The errno; 0 for a file that is not regular.</param>
    public static LogFile? TryOpen(string path, out int error)
    {
        // Without O_NONBLOCK a pipe in the log's place would hold us up until somebody writes.
        var descriptor = Libc.Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_NONBLOCK | Libc.O_NOCTTY);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (descriptor < 0)
            return null;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (Libc.StatxOf(handle, "", Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, out var statx) < 0)
            error = Marshal.GetLastPInvokeError();
        else if ((statx.Mode & Libc.IFMT) == Libc.IFREG)
            return new LogFile(handle, path, statx);
        handle.Dispose();
        return null;
    }

    /// <summary>Whether both are the same file.</summary>
    public bool IsSameAs(LogFile other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Its length now.</summary>
    public long Length => (long)Stat().Size;

    /// <summary>When its content last changed.</summary>
    public (long Seconds, uint Nanoseconds) Modified
    {
        get
        {
            var modified = Stat().Modified;
            return (modified.Seconds, modified.Nanoseconds);
        }
    }

    /// <summary>Reads at a place; 0 at the end.</summary>
    /// <exception cref="IOException">The file system failed.</exception>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(Handle, buffer, offset);

    /// <summary>Whether the bytes before a position are the ones that were there when it was noted. A file that cannot be read is no one's.</summary>
    public bool Matches(in LogPosition position)
    {
        if (position.Offset == 0)
            return Device == position.Device && Inode == position.Inode;
        Span<byte> bytes = stackalloc byte[CheckLength];
        bytes = bytes[..(int)Math.Min(CheckLength, position.Offset)];
        try
        {
            return ReadWhole(bytes, position.Offset - bytes.Length) && Digest(bytes) == position.Check;
        }
        catch (IOException)
        {
            return false; // whoever follows the very file says why it cannot be read
        }
    }

    /// <summary>Fills the buffer; false where the file ends before.</summary>
    public bool ReadWhole(Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var read = Read(buffer, offset);
            if (read == 0)
                return false;
            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }

    /// <summary>The digest of <see cref="LogPosition.Check"/>: FNV-1a, never 0 for a byte or more.</summary>
    public static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        var hash = 0xcbf2_9ce4_8422_2325;
        foreach (var b in bytes)
            hash = (hash ^ b) * 0x100_0000_01b3;
        return hash == 0 ? 1 : hash;
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    private Libc.Statx Stat() =>
        Libc.StatxOf(Handle, "", Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, out var statx) == 0
            ? statx
            : throw new IOException($"{Path}: {Marshal.GetLastPInvokeErrorMessage()}");
}
