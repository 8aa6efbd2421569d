using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Interop;

/// <summary>The real thing: one AF_NETLINK socket.</summary>
internal sealed class NetlinkTransport : INetlinkTransport
{
    /// <summary>Bytes of a send buffer that netlink_sendmsg keeps for itself.</summary>
    private const int SendOverhead = 32;

    private readonly DescriptorHandle _handle;
    private readonly int _descriptor;
    private bool _isConnected;
    private WakeUp? _wakeUp;

    private NetlinkTransport(DescriptorHandle handle, uint portId)
    {
        _handle = handle;
        _descriptor = handle.Descriptor;
        PortId = portId;
    }

    public int Descriptor => _handle.Descriptor;

    public uint PortId { get; }

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static NetlinkTransport Open(NETLINK protocol, NetlinkSocketOptions options)
    {
        var descriptor = Libc.Socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, (int)protocol);
        if (descriptor < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), $"socket {protocol}");
        var handle = new DescriptorHandle(descriptor);
        try
        {
            // Wanted on every socket: acknowledgements without the request in them, the kernel's words, and the kernel's strictness.
            // All three are older (4.20) than any kernel this library supports.
            Set(handle, Libc.SOL_NETLINK, Libc.NETLINK_CAP_ACK, 1, nameof(Libc.NETLINK_CAP_ACK));
            Set(handle, Libc.SOL_NETLINK, Libc.NETLINK_EXT_ACK, 1, nameof(Libc.NETLINK_EXT_ACK));
            Set(handle, Libc.SOL_NETLINK, Libc.NETLINK_GET_STRICT_CHK, 1, nameof(Libc.NETLINK_GET_STRICT_CHK));
            SetBuffer(handle, Libc.SO_RCVBUFFORCE, Libc.SO_RCVBUF, options.ReceiveBuffer);
            SetBuffer(handle, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF, options.SendBuffer);
            if (options.Filter is { } filter)
                Attach(handle, filter);
            var address = new Libc.SockaddrNl { Family = Libc.AF_NETLINK };
            var length = Unsafe.SizeOf<Libc.SockaddrNl>();
            if (Libc.Bind(handle, address, length) < 0)
                throw new NetlinkException(Marshal.GetLastPInvokeError(), $"bind {protocol}");
            if (Libc.GetSockName(handle, ref address, ref length) < 0)
                throw new NetlinkException(Marshal.GetLastPInvokeError(), $"getsockname {protocol}");
            return new NetlinkTransport(handle, address.PortId);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a socket that the kernel alone can send to: whoever else tries gets ECONNREFUSED, so that a receive need not ask for the sender.
    /// Its owner disposes of it only while nobody sends or receives.
    /// </summary>
    public static NetlinkTransport OpenConnected(NETLINK protocol, NetlinkSocketOptions options)
    {
        var transport = Open(protocol, options);
        var kernel = new Libc.SockaddrNl { Family = Libc.AF_NETLINK };
        if (Libc.Connect(transport._handle, kernel, Unsafe.SizeOf<Libc.SockaddrNl>()) < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            transport.Dispose();
            throw new NetlinkException(errno, $"connect {protocol}");
        }

        // What came before is still queued, and may be anybody's.
        Span<byte> stray = stackalloc byte[1];
        while (transport.Receive(stray, out _) is 0 or Errno.ENOBUFS or Errno.EINTR)
        {
            // Dropped.
        }

        transport._isConnected = true;
        return transport;
    }

    public void Join(uint group) => Set(_handle, Libc.SOL_NETLINK, Libc.NETLINK_ADD_MEMBERSHIP, (int)group, $"NETLINK_ADD_MEMBERSHIP {group}");

    public void Leave(uint group) => Set(_handle, Libc.SOL_NETLINK, Libc.NETLINK_DROP_MEMBERSHIP, (int)group, $"NETLINK_DROP_MEMBERSHIP {group}");

    public int ReceiveRoom => Get(Libc.SO_RCVBUF, nameof(Libc.SO_RCVBUF));

    public int SendRoom => Get(Libc.SO_SNDBUF, nameof(Libc.SO_SNDBUF)) - SendOverhead;

    public int RaiseSendRoom(int length)
    {
        // The kernel doubles what it is asked for; without CAP_NET_ADMIN it gives up to the system's limit.
        SetBuffer(_handle, Libc.SO_SNDBUFFORCE, Libc.SO_SNDBUF, (int)Math.Min(((long)length + SendOverhead + 1) / 2, int.MaxValue / 2));
        return SendRoom;
    }

    public unsafe int Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
            return Libc.Send(_descriptor, bytes, datagram.Length, 0) >= 0 ? 0 : Marshal.GetLastSystemError();
    }

    public int Receive(Span<byte> buffer, out ReceivedDatagram received) =>
        _isConnected ? ReceiveConnected(buffer, out received) : ReceiveFrom(buffer, out received);

    private unsafe int ReceiveConnected(Span<byte> buffer, out ReceivedDatagram received)
    {
        fixed (byte* bytes = buffer)
        {
            var length = Libc.Receive(_descriptor, bytes, buffer.Length, Libc.MSG_DONTWAIT | Libc.MSG_TRUNC);
            received = length < 0 ? default : new ReceivedDatagram((int)length, 0);
            return length < 0 ? Marshal.GetLastSystemError() : 0;
        }
    }

    private unsafe int ReceiveFrom(Span<byte> buffer, out ReceivedDatagram received)
    {
        Libc.SockaddrNl address;
        var addressLength = sizeof(Libc.SockaddrNl);
        fixed (byte* bytes = buffer)
        {
            var length = Libc.ReceiveFrom(_handle, bytes, buffer.Length, Libc.MSG_DONTWAIT | Libc.MSG_TRUNC, &address, &addressLength);
            if (length < 0)
            {
                received = default;
                return Marshal.GetLastPInvokeError();
            }

            received = new ReceivedDatagram((int)length, address.PortId);
            return 0;
        }
    }

    public bool Wait(int milliseconds, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return Poll(_handle, null, milliseconds);
        cancellation.ThrowIfCancellationRequested();
        var wakeUp = _wakeUp ??= new WakeUp(); // one thread waits at a time
        bool ready;
        using (cancellation.UnsafeRegister(static state => ((WakeUp)state!).Signal(), wakeUp))
            ready = Poll(_handle, wakeUp.Handle, milliseconds);
        // The registration is gone, and if it was called it has returned: nothing wakes a later wait.
        if (!cancellation.IsCancellationRequested)
            return ready;
        wakeUp.Reset();
        return ready ? true : throw new OperationCanceledException(cancellation);
    }

    public void Dispose()
    {
        _handle.Dispose();
        _wakeUp?.Dispose();
    }

    /// <summary>Waits for one descriptor, or until another one ends the wait. Returns whether the first one is ready.</summary>
    private static unsafe bool Poll(DescriptorHandle handle, DescriptorHandle? wakeUp, int milliseconds)
    {
        bool held = false, wakeUpHeld = false;
        try
        {
            // Open as long as the wait lasts, whoever disposes of them meanwhile: else their numbers could become other files'.
            handle.DangerousAddRef(ref held);
            wakeUp?.DangerousAddRef(ref wakeUpHeld);
            var polls = stackalloc Libc.PollFd[2];
            polls[0] = new Libc.PollFd { Descriptor = (int)handle.DangerousGetHandle(), Events = Libc.POLLIN };
            polls[1] = new Libc.PollFd { Descriptor = wakeUp is null ? -1 : (int)wakeUp.DangerousGetHandle(), Events = Libc.POLLIN };
            var deadline = Environment.TickCount64 + milliseconds;
            while (Libc.Poll(polls, wakeUp is null ? 1u : 2u, milliseconds) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                    throw new NetlinkException(errno, "poll");
                polls[0].Returned = 0;
                if (milliseconds >= 0)
                    milliseconds = (int)Math.Max(0, deadline - Environment.TickCount64);
            }

            return polls[0].Returned != 0;
        }
        finally
        {
            if (held)
                handle.DangerousRelease();
            if (wakeUpHeld)
                wakeUp!.DangerousRelease();
        }
    }

    private static unsafe void Attach(DescriptorHandle handle, SocketFilter filter)
    {
        fixed (sock_filter* instructions = filter.Instructions)
        {
            var program = new Libc.SockFprog { Length = (ushort)filter.Instructions.Length, Instructions = instructions };
            if (Libc.SetSockOpt(handle, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, &program, sizeof(Libc.SockFprog)) < 0)
                throw new NetlinkException(Marshal.GetLastPInvokeError(), $"setsockopt SO_ATTACH_FILTER of {filter.Instructions.Length} instructions");
        }
    }

    private static void Set(DescriptorHandle handle, int level, int name, int value, string what)
    {
        if (Libc.SetSockOpt(handle, level, name, value, sizeof(int)) < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), $"setsockopt {what}");
    }

    private int Get(int name, string what)
    {
        int value = 0, length = sizeof(int);
        return Libc.GetSockOpt(_handle, Libc.SOL_SOCKET, name, ref value, ref length) < 0
            ? throw new NetlinkException(Marshal.GetLastPInvokeError(), $"getsockopt {what}")
            : value;
    }

    private static void SetBuffer(DescriptorHandle handle, int forced, int plain, int? bytes)
    {
        // Beyond the system's limit only with CAP_NET_ADMIN; up to it for everyone.
        if (bytes is { } size && Libc.SetSockOpt(handle, Libc.SOL_SOCKET, forced, size, sizeof(int)) < 0)
            Set(handle, Libc.SOL_SOCKET, plain, size, $"buffer of {size} bytes");
    }
}
