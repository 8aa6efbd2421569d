using System.Runtime.InteropServices;
using VffQos.Interop;

namespace VffQos.Hosting;

/// <summary>
/// One thread that waits for many descriptors and for the next deadline, and for nothing else: no timer ticks, no pool. Any thread
/// may <see cref="Wake"/> it.
/// </summary>
internal sealed class PollLoop : IDisposable
{
    private readonly int _wake;
    private readonly Lock _wakeLock = new();
    private bool _disposed;

    /// <summary>A loop with nothing to wait for but <see cref="Wake"/>.</summary>
    public PollLoop()
    {
        _wake = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (_wake < 0)
            throw new IOException($"eventfd failed with error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Ends the current or the next wait at once.</summary>
    public void Wake()
    {
        lock (_wakeLock)
        {
            if (!_disposed)
                _ = Libc.Write(_wake, 1, sizeof(ulong)); // fails only where the counter is full: then it is awake anyway
        }
    }

    /// <summary>Waits until a descriptor is readable or in error, or somebody wakes the loop, or the time runs out.</summary>
    /// <param name="descriptors">-1 is passed over.</param>
    /// <param name="ready">Whether the descriptor at the same index is to be looked at.</param>
    /// <param name="timeout">In milliseconds; null: without end.</param>
    public unsafe void Wait(ReadOnlySpan<int> descriptors, Span<bool> ready, long? timeout)
    {
        Span<Libc.PollFd> polled = stackalloc Libc.PollFd[descriptors.Length + 1];
        for (var i = 0; i < descriptors.Length; i++)
            polled[i] = new Libc.PollFd { Descriptor = descriptors[i], Events = Libc.POLLIN };
        polled[^1] = new Libc.PollFd { Descriptor = _wake, Events = Libc.POLLIN };
        var milliseconds = timeout is { } limit ? (int)Math.Clamp(limit, 0, int.MaxValue) : -1;
        int count;
        fixed (Libc.PollFd* first = polled)
        {
            count = Libc.Poll(first, (nuint)polled.Length, milliseconds);
        }

        if (count < 0 && Marshal.GetLastPInvokeError() is not Libc.EINTR and var error)
            throw new IOException($"poll failed with error {error}.");
        for (var i = 0; i < descriptors.Length; i++)
            ready[i] = count > 0 && polled[i].Returned != 0;
        if (count > 0 && polled[^1].Returned != 0)
            _ = Libc.Read(_wake, out _, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_wakeLock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _ = Libc.Close(_wake);
        }
    }
}
