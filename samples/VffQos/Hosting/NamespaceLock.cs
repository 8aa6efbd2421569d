using System.Net.Sockets;
using System.Text;

namespace VffQos.Hosting;

/// <summary>
/// One daemon in a network namespace: an abstract Unix socket, whose name belongs to the namespace and goes with the process, however it
/// ends. Whoever finds it taken can ask who holds it, and ask that one to stop.
/// </summary>
internal sealed class NamespaceLock : IDisposable
{
    private const string Name = "\0vffqos";

    private readonly Socket _socket;

    private NamespaceLock(Socket socket) => _socket = socket;

    /// <summary>Takes the lock of the calling thread's namespace.</summary>
    /// <returns>Null where somebody has it.</returns>
    public static NamespaceLock? TryTake()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(Name));
            socket.Listen(8);
            return new NamespaceLock(socket);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Serves those who found the lock taken, on the pool: tells them this process's id, and calls <paramref name="stop"/> where one says
    /// so. A peer must have the privilege that running takes: the kernel tells who it is.
    /// </summary>
    public void Serve(Action stop) => _ = ServeAsync(stop);

    /// <summary>The process that holds the lock of the calling thread's namespace; null where nobody does.</summary>
    public static int? Holder()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Name));
            return PeerCredentials.Of(socket).ProcessId;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return null;
        }
    }

    /// <summary>Asks the holder to stop and waits until the lock is free.</summary>
    /// <returns>False where it did not stop in time.</returns>
    public static bool StopHolder(TimeSpan timeout)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.ReceiveTimeout = (int)timeout.TotalMilliseconds;
            socket.Connect(new UnixDomainSocketEndPoint(Name));
            socket.Send("stop\n"u8);
            // The connection ends with the process, or once it has let the lock go.
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        lock (_peers)
        {
            foreach (var peer in _peers)
                peer.Dispose();
        }
    }

    private readonly List<Socket> _peers = [];

    private async Task ServeAsync(Action stop)
    {
        while (true)
        {
            Socket peer;
            try
            {
                peer = await _socket.AcceptAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return; // the lock was let go
            }

            lock (_peers)
            {
                _peers.RemoveAll(static p => !p.Connected);
                _peers.Add(peer);
            }

            _ = ListenAsync(peer, stop);
        }
    }

    private static async Task ListenAsync(Socket peer, Action stop)
    {
        var buffer = new byte[16];
        try
        {
            var length = await peer.ReceiveAsync(buffer).ConfigureAwait(false);
            if (Encoding.ASCII.GetString(buffer, 0, length) == "stop\n" && PeerCredentials.Of(peer).UserId == 0)
            {
                stop();
                return; // closed when the lock is let go: that is the answer
            }

            peer.Dispose();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            peer.Dispose(); // it left
        }
    }
}
