using System.Runtime.InteropServices;

namespace VffQos.Hosting;

/// <summary>
/// One thread that waits for many descriptors and for the next deadline, and for nothing else: no timer ticks, no pool. Any thread
/// may <see cref="Wake"/> it.
/// </summary>
internal sealed partial class PollLoop : IDisposable
{
    private const short Readable = 1; // POLLIN
    private const int Interrupted = 4; // EINTR
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    private readonly int _wake;
    private readonly Lock _wakeLock = new();
    private bool _disposed;

    /// <summary>A loop with nothing to wait for but <see cref="Wake"/>.</summary>
    public PollLoop()
    {
        _wake = EventFd(0, CloseOnExec | NonBlocking);
        if (_wake < 0)
            throw new IOException($"eventfd failed with error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Ends the current or the next wait at once.</summary>
    public void Wake()
    {
        lock (_wakeLock)
        {
            if (!_disposed)
                _ = Write(_wake, 1, sizeof(ulong)); // fails only where the counter is full: then it is awake anyway
        }
    }

    /// <summary>Waits until a descriptor is readable or in error, or somebody wakes the loop, or the time runs out.</summary>
    /// <param name="descriptors">-1 is passed over.</param>
    /// <param name="ready">Whether the descriptor at the same index is to be looked at.</param>
    /// <param name="timeout">In milliseconds; null: without end.</param>
    public unsafe void Wait(ReadOnlySpan<int> descriptors, Span<bool> ready, long? timeout)
    {
        Span<PollFd> polled = stackalloc PollFd[descriptors.Length + 1];
        for (var i = 0; i < descriptors.Length; i++)
            polled[i] = new PollFd { Descriptor = descriptors[i], Events = Readable };
        polled[^1] = new PollFd { Descriptor = _wake, Events = Readable };
        var milliseconds = timeout is { } limit ? (int)Math.Clamp(limit, 0, int.MaxValue) : -1;
        int count;
        fixed (PollFd* first = polled)
        {
            count = Poll(first, (nuint)polled.Length, milliseconds);
        }

        if (count < 0 && Marshal.GetLastPInvokeError() is not Interrupted and var error)
            throw new IOException($"poll failed with error {error}.");
        for (var i = 0; i < descriptors.Length; i++)
            ready[i] = count > 0 && polled[i].Returned != 0;
        if (count > 0 && polled[^1].Returned != 0)
            _ = Read(_wake, out _, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_wakeLock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _ = Close(_wake);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, in ulong value, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, out ulong value, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
