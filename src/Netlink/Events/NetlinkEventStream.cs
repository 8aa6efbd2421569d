using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>
/// Notifications as a stream to enumerate. A thread of its own reads the socket, so that a consumer that is busy for a while loses nothing
/// before two buffers are full: the stream's, then the kernel's. What is lost then is an item of the stream, in its place.
/// </summary>
/// <remarks>
/// <code>
/// await using var events = NetlinkEventStream.Open(NETLINK.NETLINK_ROUTE, [(uint)RTNLGRP.RTNLGRP_LINK]);
/// await foreach (var item in events.ReadAllAsync(static (scoped in NetlinkMessage m) =&gt; Link.Read(m), cancellation)) { … }
/// </code>
/// One consumer at a time. A consumer that leaves, and one that comes later, share the stream: nothing is read twice, nothing is lost between
/// them. <see cref="TableWatch{TKey, TValue}"/> keeps a whole table in step.
/// </remarks>
public sealed class NetlinkEventStream : IAsyncDisposable, IDisposable
{
    private readonly NetlinkEventSocket _socket;
    private readonly FramePipe _pipe;
    private readonly Thread _thread;
    private readonly CancellationTokenSource _stop = new();
    private ExceptionDispatchInfo? _failure;
    private long _overruns;
    private int _current;
    private int _at;
    private int _end;
    private int _isConsumed;
    private int _isDisposed;

    internal NetlinkEventStream(NetlinkEventSocket socket, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 4096);
        _socket = socket;
        _pipe = new FramePipe(capacity);
        _thread = new Thread(Run) { IsBackground = true, Name = "netlink events" };
        _thread.UnsafeStart();
    }

    /// <summary>How often the kernel dropped notifications until now, those included whose items were not consumed yet.</summary>
    public long Overruns => Interlocked.Read(ref _overruns);

    /// <summary>The current message, behind a <see cref="TryMove"/> that came to one, until the next.</summary>
    internal NetlinkMessage Current
    {
        get
        {
            var messages = new MessageReader(_pipe.Frame.Span[_current.._end]);
            messages.MoveNext();
            return messages.Current;
        }
    }

    /// <summary>Opens a socket, joins groups, and reads from now on.</summary>
    /// <param name="protocol">The family of families.</param>
    /// <param name="groups">Group numbers (not bits), also above 32: <c>RTNLGRP_LINK</c>, <c>NFNLGRP_CONNTRACK_NEW</c>.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="NetlinkException">The kernel refused the socket or a group (EPERM for conntrack's without CAP_NET_ADMIN).</exception>
    public static NetlinkEventStream Open(NETLINK protocol, ReadOnlySpan<uint> groups, NetlinkEventStreamOptions? options = null)
    {
        options ??= new NetlinkEventStreamOptions();
        var socket = NetlinkEventSocket.Open(protocol, groups, options.Socket);
        try
        {
            return new NetlinkEventStream(socket, options.Capacity);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Joins a group: its notifications come from now on. For any thread.</summary>
    /// <exception cref="NetlinkException">There is no such group (EINVAL), or it takes a privilege (EPERM).</exception>
    public void Join(uint group) => _socket.Join(group);

    /// <summary>Leaves a group. What it had sent before still comes. For any thread.</summary>
    /// <exception cref="NetlinkException">There is no such group (EINVAL).</exception>
    public void Leave(uint group) => _socket.Leave(group);

    /// <summary>Everything that comes, until the stream is disposed of.</summary>
    /// <param name="parse">Makes an object of a notification; null leaves it out.</param>
    /// <param name="cancellation">Ends the enumeration; the stream goes on, for another one.</param>
    /// <exception cref="NetlinkFormatException">A notification makes no sense; another enumeration goes on behind its datagram.</exception>
    /// <exception cref="NetlinkException">The socket failed; what it had received before was enumerated.</exception>
    /// <exception cref="InvalidOperationException">Somebody else is enumerating.</exception>
    public async IAsyncEnumerable<EventItem<T>> ReadAllAsync<T>(MessageParser<T> parse, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parse);
        BeginConsuming();
        try
        {
            do
            {
                while (TryMove(out var overrun))
                {
                    if (overrun)
                        yield return EventItem<T>.Overrun;
                    else if (parse(Current) is { } value)
                        yield return new EventItem<T>(value);
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            while (await WaitAsync(cancellation).ConfigureAwait(false));
        }
        finally
        {
            EndConsuming();
        }
    }

    /// <summary>Stops the thread and closes the socket. An enumeration ends behind what was received before.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _stop.Cancel();
        _pipe.GiveUp();
        _thread.Join();
        _socket.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Goes to the next message that was received already.</summary>
    /// <param name="overrun">Whether it is none, but the news that some were lost.</param>
    /// <exception cref="NetlinkFormatException">It is malformed; the next call goes on behind its datagram.</exception>
    internal bool TryMove(out bool overrun)
    {
        overrun = false;
        while (true)
        {
            while (_at < _end)
            {
                _current = _at;
                var messages = new MessageReader(_pipe.Frame.Span[_at.._end]);
                _at = _end; // behind a malformed message there is no telling where the next one starts
                messages.MoveNext();
                _at = _end - messages.Rest.Length;
                overrun = messages.Current.Type == (ushort)NLMSG.NLMSG_OVERRUN;
                if (overrun || messages.Current.Type >= (ushort)NLMSG.NLMSG_MIN_TYPE)
                    return true;
            }

            if (!_pipe.TryRead(out overrun))
                return false;
            if (overrun)
                return true;
            (_at, _end) = (0, _pipe.Frame.Length);
        }
    }

    /// <summary>Waits for something to move to; false at the end.</summary>
    internal async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (await _pipe.WaitAsync(cancellation).ConfigureAwait(false))
            return true;
        _failure?.Throw();
        return false;
    }

    internal void BeginConsuming()
    {
        if (Interlocked.Exchange(ref _isConsumed, 1) != 0)
            throw new InvalidOperationException("The stream is being enumerated already; it has one consumer at a time.");
    }

    internal void EndConsuming() => Volatile.Write(ref _isConsumed, 0);

    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested && Step())
            {
                // Until nobody reads any more.
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed of.
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception); // told behind what was received before
        }

        _pipe.Flush();
        _pipe.Complete();
    }

    private bool Step()
    {
        switch (_socket.ReceiveDatagram(out var datagram))
        {
            case Reception.Datagram:
                return _pipe.Write(datagram);
            case Reception.Lost:
                Interlocked.Increment(ref _overruns);
                return _pipe.WriteOverrun();
            default:
                return _pipe.Flush() && _socket.Wait(Timeout.InfiniteTimeSpan, _stop.Token);
        }
    }
}
