using System.Runtime.CompilerServices;

namespace VffNetlink.Events;

/// <summary>
/// A copy of one of the kernel's tables that is kept in step: dumped once, changed by notifications, and dumped again where notifications were
/// lost, or cannot tell. All that changes is told, so that whoever applies it has the kernel's table.
/// </summary>
/// <remarks>
/// <code>
/// await using var watch = new TableWatch&lt;int, Link&gt;(new LinkTable());
/// await foreach (var change in watch.ReadAllAsync(cancellation)) { … }
/// </code>
/// It subscribes before it dumps, so nothing is missed in between; what happened in between may be told as it went, an entry that was added and
/// removed as both. One consumer at a time; one that comes later goes on where the last one left.
/// </remarks>
/// <typeparam name="TKey">What tells entries apart.</typeparam>
/// <typeparam name="TValue">An entry.</typeparam>
public sealed class TableWatch<TKey, TValue> : IAsyncDisposable, IDisposable
    where TKey : notnull
{
    /// <summary>A table that is behind is dumped again once all notifications that are there were looked at, or so many.</summary>
    private const int Patience = 1024;

    /// <summary>How soon a table that did not hold still is dumped again where no notification comes.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    private readonly WatchedTable<TKey, TValue> _table;
    private readonly NetlinkEventStream _events;
    private readonly NetlinkSocket _requests;
    private readonly Dictionary<TKey, TValue> _entries = [];
    private bool _isStale = true;
    private volatile bool _isDisposed;

    /// <summary>Subscribes; the first dump is made when the enumeration starts.</summary>
    /// <param name="table">Which one.</param>
    /// <param name="options">The namespace and the buffers; null: the defaults.</param>
    /// <exception cref="NetlinkException">The kernel refused a socket or a group.</exception>
    public TableWatch(WatchedTable<TKey, TValue> table, NetlinkEventStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new NetlinkEventStreamOptions();
        _table = table;
        var socket = options.Socket;
        _requests = NetlinkSocket.Open(table.Protocol, new NetlinkSocketOptions { Namespace = socket.Namespace, Timeout = socket.Timeout, Logger = socket.Logger, Catalog = socket.Catalog });
        try
        {
            _events = NetlinkEventStream.Open(table.Protocol, [.. table.Groups], options);
        }
        catch
        {
            _requests.Dispose();
            throw;
        }
    }

    internal TableWatch(WatchedTable<TKey, TValue> table, NetlinkSocket requests, NetlinkEventStream events) => (_table, _requests, _events) = (table, requests, events);

    /// <summary>The table as the changes that were enumerated make it. For the consumer's own thread.</summary>
    public IReadOnlyDictionary<TKey, TValue> Entries => _entries;

    /// <summary>How often the kernel dropped notifications until now.</summary>
    public long Overruns => _events.Overruns;

    /// <summary>The whole table first, then every change, until the watch is disposed of.</summary>
    /// <param name="cancellation">Ends the enumeration; the watch goes on, for another one.</param>
    /// <exception cref="NetlinkException">The kernel refused the dump, or a socket failed.</exception>
    /// <exception cref="NetlinkFormatException">Bytes make no sense; another enumeration dumps again.</exception>
    /// <exception cref="InvalidOperationException">Somebody else is enumerating.</exception>
    public async IAsyncEnumerable<TableChange<TValue>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        _events.BeginConsuming();
        try
        {
            do
            {
                for (var read = 0; (!_isStale || read < Patience) && TryMove(out var change); read++)
                {
                    if (change is { } told)
                        yield return told;
                    cancellation.ThrowIfCancellationRequested();
                }

                if (_isStale && await DumpAsync(cancellation).ConfigureAwait(false) is { } dump)
                {
                    foreach (var change in Differences(dump))
                        yield return change;
                    _isStale = false; // not before the last one was taken
                    yield return new TableChange<TValue>(TableChangeKind.Synchronized);
                }
            }
            while (await WaitAsync(cancellation).ConfigureAwait(false));
        }
        finally
        {
            _events.EndConsuming();
        }
    }

    /// <summary>Stops watching. An enumeration ends.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _events.Dispose();
        _requests.Dispose();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private bool TryMove(out TableChange<TValue>? change)
    {
        change = null;
        var wasStale = _isStale;
        _isStale = true; // and stays so where a notification makes no sense
        if (!_events.TryMove(out var overrun))
        {
            _isStale = wasStale;
            return false;
        }

        if (overrun)
        {
            change = new TableChange<TValue>(TableChangeKind.Overrun);
            return true;
        }

        var kind = _table.Read(_events.Current, out var value);
        _isStale = wasStale;
        switch (kind)
        {
            case TableEvent.Set:
                change = Set(_table.KeyOf(value!), value!);
                break;
            case TableEvent.Removed:
                change = Remove(_table.KeyOf(value!));
                break;
            case TableEvent.RemovedForCertain:
                change = Remove(_table.KeyOf(value!));
                _isStale |= change is null;
                break;
            case TableEvent.Stale:
                _isStale = true;
                break;
        }

        return true;
    }

    private TableChange<TValue>? Set(TKey key, TValue value)
    {
        var known = _entries.TryGetValue(key, out var previous);
        _entries[key] = value;
        if (!known)
            return new TableChange<TValue>(TableChangeKind.Added, value);
        return _table.AreEqual(previous!, value) ? null : new TableChange<TValue>(TableChangeKind.Changed, value, previous);
    }

    private TableChange<TValue>? Remove(TKey key) =>
        _entries.Remove(key, out var value) ? new TableChange<TValue>(TableChangeKind.Removed, value) : null;

    /// <summary>From the table that was known to the one that was dumped, entry by entry as they are taken; what went comes first.</summary>
    private IEnumerable<TableChange<TValue>> Differences(IReadOnlyList<TValue> dump)
    {
        var gone = new HashSet<TKey>(_entries.Keys);
        foreach (var value in dump)
            gone.Remove(_table.KeyOf(value));
        foreach (var key in gone)
            yield return Remove(key)!.Value;
        foreach (var value in dump)
        {
            if (Set(_table.KeyOf(value), value) is { } change)
                yield return change;
        }
    }

    /// <summary>A whole dump, on a thread that may block; null where the table never held still, or the watch was disposed of.</summary>
    private async Task<IReadOnlyList<TValue>?> DumpAsync(CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(() => _table.Dump(_requests, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (NetlinkException exception) when (exception.Error.Number == Errno.EINTR)
        {
            return null;
        }
        catch (ObjectDisposedException) when (_isDisposed)
        {
            return null; // the events end, and the enumeration with them
        }
    }

    private async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (!_isStale)
            return await _events.WaitAsync(cancellation).ConfigureAwait(false);
        using var retry = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        retry.CancelAfter(RetryDelay);
        try
        {
            return await _events.WaitAsync(retry.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return true;
        }
    }
}
