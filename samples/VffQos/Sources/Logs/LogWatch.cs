using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VffQos.Interop;

namespace VffQos.Sources.Logs;

/// <summary>Tells, through one inotify descriptor, when log files grow and when the way to the log may have changed.</summary>
internal sealed class LogWatch : IDisposable
{
    private const uint DirectoryMoves = Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_ONLYDIR;
    private const uint EntryChanges = Libc.IN_CREATE | Libc.IN_DELETE | Libc.IN_MOVED_FROM | Libc.IN_MOVED_TO | Libc.IN_ATTRIB;
    private const uint DirectoryGone = Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_UNMOUNT | Libc.IN_IGNORED;
    private const int MaxReadsPerDrain = 16;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _events = new byte[16 * 1024];
    private readonly Dictionary<int, List<byte[]>> _directories = [];

    /// <exception cref="IOException">The system's limit of inotify instances is reached.</exception>
    public LogWatch()
    {
        var descriptor = Libc.InotifyInit(Libc.IN_CLOEXEC | Libc.IN_NONBLOCK);
        if (descriptor < 0)
            throw new IOException($"inotify cannot be used: {Marshal.GetLastPInvokeErrorMessage()} (see fs.inotify.max_user_instances)");
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>The descriptor to poll for readability; valid until this is disposed.</summary>
    public int Descriptor => (int)_handle.DangerousGetHandle();

    /// <summary>Watches the directories on a way, and no others any more. A directory that is gone meanwhile is left out.</summary>
    /// <exception cref="IOException">The system's limit of watches is reached, or a directory may not be read.</exception>
    public void Follow(IReadOnlyList<PathStep> steps)
    {
        var before = _directories.Keys.ToHashSet();
        _directories.Clear();
        foreach (var step in steps)
        {
            // What an earlier step wants of the same directory stays wanted.
            var mask = DirectoryMoves | Libc.IN_MASK_ADD | (step.MayAppear ? EntryChanges : 0);
            var watch = Libc.InotifyAddWatch(_handle, step.Directory, mask);
            if (watch < 0 && Marshal.GetLastPInvokeError() is not (Libc.ENOENT or Libc.ENOTDIR))
                throw Refused(step.Directory);
            if (watch < 0)
                break;
            before.Remove(watch);
            if (!_directories.TryGetValue(watch, out var names))
                _directories.Add(watch, names = []);
            names.Add(Encoding.UTF8.GetBytes(step.Name));
        }

        // The kernel has dropped those of removed directories itself, which makes this fail, as it may.
        foreach (var watch in before)
            _ = Libc.InotifyRemoveWatch(_handle, watch);
    }

    /// <summary>Watches a file's growth, whatever it is called by then.</summary>
    /// <exception cref="IOException">The system's limit of watches is reached.</exception>
    public void Add(LogFile file)
    {
        file.Watch = Libc.InotifyAddWatch(_handle, $"/proc/self/fd/{file.Handle.DangerousGetHandle()}", Libc.IN_MODIFY);
        if (file.Watch < 0)
            throw Refused(file.Path);
    }

    /// <summary>Ends watching a file.</summary>
    public void Remove(LogFile file)
    {
        if (file.Watch >= 0)
            _ = Libc.InotifyRemoveWatch(_handle, file.Watch);
        file.Watch = -1;
    }

    /// <summary>Takes the events that are waiting.</summary>
    /// <param name="hasMoved">Whether the way to the log may have changed.</param>
    /// <returns>Whether more are waiting.</returns>
    /// <exception cref="IOException">The descriptor failed.</exception>
    public unsafe bool Drain(out bool hasMoved)
    {
        hasMoved = false;
        for (var i = 0; i < MaxReadsPerDrain; i++)
        {
            nint length;
            fixed (byte* buffer = _events)
                length = Libc.Read(_handle, buffer, _events.Length);
            if (length < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == Libc.EAGAIN)
                    return false;
                if (error != Libc.EINTR)
                    throw new IOException($"inotify cannot be read: {Marshal.GetPInvokeErrorMessage(error)}");
                continue;
            }

            hasMoved |= HasMoved(_events.AsSpan(0, (int)length));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private bool HasMoved(ReadOnlySpan<byte> events)
    {
        var hasMoved = false;
        while (!events.IsEmpty)
        {
            var e = MemoryMarshal.Read<Libc.InotifyEvent>(events);
            var name = events.Slice(Marshal.SizeOf<Libc.InotifyEvent>(), (int)e.NameLength);
            events = events[(Marshal.SizeOf<Libc.InotifyEvent>() + name.Length)..];
            if ((e.Mask & Libc.IN_Q_OVERFLOW) != 0)
                hasMoved = true;
            else if (_directories.TryGetValue(e.Watch, out var names))
                hasMoved |= (e.Mask & DirectoryGone) != 0 || IsAny(names, name);
        }

        return hasMoved;
    }

    private static bool IsAny(List<byte[]> names, ReadOnlySpan<byte> padded)
    {
        var end = padded.IndexOf((byte)0);
        var name = end < 0 ? padded : padded[..end];
        foreach (var candidate in names)
        {
            if (name.SequenceEqual(candidate))
                return true;
        }

        return false;
    }

    private static IOException Refused(string path) =>
        new($"{path} cannot be watched: {Marshal.GetLastPInvokeErrorMessage()} (see fs.inotify.max_user_watches)");
}
