using System.Net.Sockets;
using VffQos.Interop;

namespace VffQos.Hosting;

/// <summary>
/// One daemon in a network namespace: an abstract Unix socket, whose name belongs to the namespace and goes with the process, however it
/// ends. Whoever finds it taken can ask who holds it, and ask that one to stop.
/// </summary>
/// <remarks>
/// Anybody may take such a name, so it counts only where its holder may configure the network. Where it does not, the lock of the state directory
/// alone keeps a second daemon out.
/// </remarks>
internal sealed class NamespaceLock : IDisposable
{
    private const string Name = "\0vffqos";
    private const int MaximumPeers = 16;

    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>A daemon listens at once, and one that ends is gone at once: after a second a name that nobody listens at is no daemon's.</summary>
    private const int MaximumLooks = 50;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly Socket? _socket;
    private readonly List<Socket> _peers = [];
    private volatile bool _isFree;

    private NamespaceLock(Socket? socket, string? squatter)
    {
        _socket = socket;
        Squatter = squatter;
    }

    private enum Claim
    {
        /// <summary>Nobody listens.</summary>
        None,

        /// <summary>A daemon has the name.</summary>
        Daemon,

        /// <summary>Somebody has it who can be none.</summary>
        Stranger,
    }

    /// <summary>Who has the name and is no daemon, so that this lock is without it and nobody can ask its holder to stop; null where it has it.</summary>
    public string? Squatter { get; }

    private static byte[] StopWord { get; } = "stop\n"u8.ToArray();

    private static byte[] RefusalWord { get; } = "no\n"u8.ToArray();

    /// <summary>Takes the lock of the calling thread's namespace.</summary>
    /// <returns>Null where a daemon has it.</returns>
    public static NamespaceLock? TryTake()
    {
        for (var look = 1; ; look++)
        {
            if (TryBind() is { } socket)
                return new NamespaceLock(socket, null);
            var claim = Look(out var peer);
            if (claim == Claim.Daemon)
                return null;
            if (claim == Claim.Stranger)
                return new NamespaceLock(null, peer.ProcessId == 0 ? "a process that answers nobody" : $"process {peer.ProcessId} of user {peer.UserId}");
            if (look == MaximumLooks)
                return new NamespaceLock(null, "a process that does not listen");
            Thread.Sleep(BetweenLooks);
        }
    }

    /// <summary>
    /// Serves those who found the lock taken, on the pool: calls <paramref name="stop"/> where one who may says so. That is root and the
    /// user that this process runs as; the kernel tells who it is, and everybody else is refused without being listened to.
    /// </summary>
    public void Serve(Action stop)
    {
        if (_socket is { } socket)
            _ = ServeAsync(socket, stop);
    }

    /// <summary>The process that holds the lock of the calling thread's namespace; null where no daemon does.</summary>
    public static int? Holder() => Look(out var peer) == Claim.Daemon ? peer.ProcessId : null;

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
        _socket?.Dispose();
        lock (_peers)
        {
            _isFree = true;
            foreach (var peer in _peers)
                peer.Dispose();
            _peers.Clear();
        }
    }

    /// <summary>The name, bound and listened at; null where somebody has it.</summary>
    private static Socket? TryBind()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(Name));
            socket.Listen(8);
            return socket;
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

    /// <summary>Who has the name. The kernel tells of whom listens, whatever that one says.</summary>
    private static Claim Look(out PeerCredentials peer)
    {
        peer = default;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = (int)PeerPatience.TotalMilliseconds; // a full backlog is waited for
            socket.Connect(new UnixDomainSocketEndPoint(Name));
            peer = PeerCredentials.Of(socket);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return Claim.None;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return Claim.Stranger;
        }

        // Of another process namespace nobody is known by number.
        return peer.UserId == 0 || peer.UserId == Libc.GetEffectiveUser() || peer.ProcessId == 0 || Privilege.MayHaveNetAdmin(peer.ProcessId) ? Claim.Daemon : Claim.Stranger;
    }

    private static bool MayStop(Socket peer)
    {
        var user = PeerCredentials.Of(peer).UserId;
        return user == 0 || user == Libc.GetEffectiveUser();
    }

    private async Task ServeAsync(Socket socket, Action stop)
    {
        while (true)
        {
            try
            {
                var peer = await socket.AcceptAsync().ConfigureAwait(false);
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
