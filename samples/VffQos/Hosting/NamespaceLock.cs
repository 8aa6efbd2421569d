using System.Net.Sockets;
using VffQos.Interop;

namespace VffQos.Hosting;

/// <summary>
/// One daemon in a network namespace: an abstract Unix socket, whose name belongs to the namespace and goes with the process, however it
/// ends. Whoever finds it taken can ask who holds it, and ask that one to stop.
/// </summary>
internal sealed class NamespaceLock : IDisposable
{
    private const string Name = "\0vffqos";
    private const int MaximumPeers = 16;

    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly List<Socket> _peers = [];
    private volatile bool _isFree;

    private NamespaceLock(Socket socket) => _socket = socket;

    private static byte[] StopWord { get; } = "stop\n"u8.ToArray();

    private static byte[] RefusalWord { get; } = "no\n"u8.ToArray();

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
    /// Serves those who found the lock taken, on the pool: calls <paramref name="stop"/> where one who may says so. That is root and the
    /// user that this process runs as; the kernel tells who it is, and everybody else is refused without being listened to.
    /// </summary>
    public void Serve(Action stop) => _ = ServeAsync(stop);

    /// <summary>The process that holds the lock of the calling thread's namespace; null where nobody does.</summary>
    public static int? Holder()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = (int)PeerPatience.TotalMilliseconds; // a full backlog is waited for
            socket.Connect(new UnixDomainSocketEndPoint(Name));
            return PeerCredentials.Of(socket).ProcessId;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return null;
        }
    }

    /// <summary>Asks the holder to stop and waits until the lock is free.</summary>
    /// <returns>False where it refused, or did not stop in time.</returns>
    public static bool StopHolder(TimeSpan timeout)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = socket.ReceiveTimeout = (int)timeout.TotalMilliseconds;
            socket.Connect(new UnixDomainSocketEndPoint(Name));
            socket.Send(StopWord);
            // The connection ends with the process, or once it has let the lock go; a refusal is a word.
            return socket.Receive(new byte[RefusalWord.Length]) == 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return Holder() is null; // it died, or threw us out
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
            _isFree = true;
            foreach (var peer in _peers)
                peer.Dispose();
            _peers.Clear();
        }
    }

    private static bool MayStop(Socket peer)
    {
        var user = PeerCredentials.Of(peer).UserId;
        return user == 0 || user == Libc.GetEffectiveUser();
    }

    private async Task ServeAsync(Action stop)
    {
        while (true)
        {
            try
            {
                var peer = await _socket.AcceptAsync().ConfigureAwait(false);
                if (MayStop(peer) && TryKeep(peer))
                    _ = ListenAsync(peer, stop);
                else
                    Refuse(peer);
            }
            catch (Exception exception) when (exception is ObjectDisposedException || _isFree)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the peer left already: whoever waits is served when that is over.
                await Task.Delay(RetryDelay).ConfigureAwait(false);
            }
        }
    }

    private bool TryKeep(Socket peer)
    {
        lock (_peers)
        {
            if (_isFree || _peers.Count >= MaximumPeers)
                return false;
            _peers.Add(peer);
            return true;
        }
    }

    private async Task ListenAsync(Socket peer, Action stop)
    {
        try
        {
            var buffer = new byte[StopWord.Length];
            using var patience = new CancellationTokenSource(PeerPatience);
            var length = await peer.ReceiveAsync(buffer, patience.Token).ConfigureAwait(false);
            if (buffer.AsSpan(0, length).SequenceEqual(StopWord))
            {
                stop();
                return; // closed when the lock is let go: that is the answer
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException or OperationCanceledException)
        {
            // It left, or says nothing.
        }

        lock (_peers)
        {
            _peers.Remove(peer);
        }

        Refuse(peer);
    }

    private static void Refuse(Socket peer)
    {
        using (peer)
        {
            try
            {
                peer.Blocking = false;
                peer.Send(RefusalWord);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                // It does not want to know.
            }
        }
    }
}
