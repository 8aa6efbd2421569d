namespace VffNetlink.Tests.Events;

/// <summary>A kernel that notifies: datagrams and failures are queued by one thread and taken by another, in order.</summary>
internal sealed class QueueTransport : INetlinkTransport
{
    private readonly object _lock = new();
    private readonly Queue<(int Errno, byte[] Bytes)> _incoming = new();

    /// <summary>How many are queued.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
                return _incoming.Count;
        }
    }

    public bool IsDisposed { get; private set; }

    public int Descriptor => -1;

    public uint PortId => 4711;

    public int ReceiveRoom => 1 << 20;

    public int SendRoom => 1 << 20;

    /// <summary>Queues a datagram.</summary>
    public void Notify(byte[] datagram) => Queue((0, datagram));

    /// <summary>Queues a failure of receive.</summary>
    public void Fail(int errno) => Queue((errno, []));

    /// <summary>Datagrams behind which others were lost: the loss is told first, as kernels do.</summary>
    public void Overrun(params IEnumerable<byte[]> queued) => Queue([(Errno.ENOBUFS, []), .. queued.Select(static datagram => (0, datagram))]);

    public int Send(ReadOnlySpan<byte> datagram) => throw new NotSupportedException();

    public int Receive(Span<byte> buffer, out ReceivedDatagram received)
    {
        received = default;
        lock (_lock)
        {
            if (!_incoming.TryDequeue(out var next))
                return Errno.EAGAIN;
            if (next.Errno != 0)
                return next.Errno;
            next.Bytes.CopyTo(buffer);
            received = new ReceivedDatagram(next.Bytes.Length, 0);
            return 0;
        }
    }

    public bool Wait(int milliseconds, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(() =>
        {
            lock (_lock)
                Monitor.PulseAll(_lock);
        });
        lock (_lock)
        {
            while (_incoming.Count == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!Monitor.Wait(_lock, milliseconds))
                    return false;
            }
        }

        return true;
    }

    public void Dispose() => IsDisposed = true;

    private void Queue(params ReadOnlySpan<(int Errno, byte[] Bytes)> what)
    {
        lock (_lock)
        {
            foreach (var one in what)
                _incoming.Enqueue(one);
            Monitor.PulseAll(_lock);
        }
    }
}
