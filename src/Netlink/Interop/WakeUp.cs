using System.Runtime.InteropServices;

namespace VffNetlink.Interop;

/// <summary>A descriptor that is polled beside a socket's, so that another thread can end the wait (eventfd).</summary>
internal sealed class WakeUp : IDisposable
{
    public WakeUp()
    {
        var descriptor = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (descriptor < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), "eventfd");
        Handle = new DescriptorHandle(descriptor);
    }

    /// <summary>Readable once signalled.</summary>
    public DescriptorHandle Handle { get; }

    /// <summary>Ends the wait, or the next one.</summary>
    public void Signal()
    {
        try
        {
            // It cannot block: the counter takes 2^64 - 2 signals, and one is enough.
            _ = Libc.Write(Handle, 1, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Then nobody waits any more.
        }
    }

    /// <summary>Takes back what was signalled.</summary>
    public void Reset()
    {
        ulong count = 0;
        _ = Libc.Read(Handle, ref count, sizeof(ulong)); // EAGAIN: nothing was
    }

    public void Dispose() => Handle.Dispose();
}
