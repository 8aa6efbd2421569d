using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.Sources.Logs;

namespace VffQos.State;

/// <summary>
/// Keeps the state: changes go to a thread of their own, which commits at once when it is idle and takes into the next commit
/// whatever came during the last. Nobody who shapes waits for the disk.
/// </summary>
internal sealed partial class StateStore : ISetupFacts, IDisposable
{
    private static readonly TimeSpan LazyDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long anybody waits for a disk: the kernel's links do not wait for it either.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly StateDatabase _database;
    private readonly StateDirectory _directory;
    private readonly ILogger _log;
    private readonly Action _wake;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly ConcurrentQueue<string> _durable = new();
    private readonly ConcurrentDictionary<string, string> _facts;

    private List<StateChange> _queue = [];
    private Dictionary<string, StateChange> _lazy = [];
    private bool _urgent;
    private bool _stop;
    private long _accepted;
    private long _committed;
    private string? _failure;
    private bool _ended;

    private StateStore(StateDirectory directory, StateDatabase database, StateContents contents, Action wake, ILogger log)
    {
        _directory = directory;
        _database = database;
        _wake = wake;
        _log = log;
        Contents = contents;
        _facts = new(contents.Facts);
        _thread = new Thread(Work) { IsBackground = true, Name = "state" };
        _thread.Start();
    }

    /// <summary>What the state held when it was opened.</summary>
    public StateContents Contents { get; }

    /// <summary>Takes the directory and opens the state in it.</summary>
    /// <param name="directory">Made where it is missing.</param>
    /// <param name="wake">Called on the store's thread when <see cref="TryTakeDurable"/> has something.</param>
    /// <param name="log">Where failing disks are reported.</param>
    /// <exception cref="StateException">Another process has it, or it is damaged.</exception>
    public static StateStore Open(string directory, Action wake, ILogger log)
    {
        var taken = StateDirectory.Take(directory);
        try
        {
            var database = StateDatabase.Open(directory);
            try
            {
                return new StateStore(taken, database, database.Read(), wake, log);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>A user got a mark. <see cref="TryTakeDurable"/> tells when that is on disk.</summary>
    public void SaveUser(MarkedUser user) =>
        Post(new StateChange.SaveUser(new StoredUser(user.Name, user.Index, user.FirstSeen, user.LastSeen)));

    /// <summary>A user lost the mark; that is on disk before anything that is posted afterwards.</summary>
    public void RemoveUser(string name) => Post(new StateChange.RemoveUser(name));

    /// <summary>A user was seen; written with the next change or within a second, the last word only.</summary>
    public void TouchUser(MarkedUser user) => PostLazy("user " + user.Name, new StateChange.TouchUser(user.Name, user.LastSeen));

    /// <summary>A log was read up to here; written with the next change or within a second, the last word only.</summary>
    public void SavePosition(string path, LogPosition position) => PostLazy("position " + path, new StateChange.SavePosition(path, position));

    /// <summary>These flows are remembered; written as <see cref="SavePosition"/> is.</summary>
    public void SaveFlows(FlowSnapshot flows) => PostLazy("flows", new StateChange.SaveFlows(flows));

    /// <summary>The next user whose saving is on disk.</summary>
    public bool TryTakeDurable(out string userName) => _durable.TryDequeue(out userName!);

    /// <summary>A fact that nothing depends on; written with the next change or within a second, the last word only.</summary>
    public void SetLazily(string key, string value)
    {
        if (Get(key) == value)
            return;
        _facts[key] = value;
        PostLazy("fact " + key, new StateChange.SetFact(key, value));
    }

    /// <inheritdoc/>
    public string? Get(string key) => _facts.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Set(string key, string? value)
    {
        if (Get(key) == value)
            return;
        if (value is null)
            _facts.TryRemove(key, out _);
        else
            _facts[key] = value;
        Post(new StateChange.SetFact(key, value));
        if (!TryFlush(out _))
            LogUnsaved(key);
    }

    /// <summary>Waits until everything that was posted is on disk.</summary>
    /// <exception cref="StateException">The disk took it not within three seconds, or not before the end; it stays posted.</exception>
    public void Flush()
    {
        if (!TryFlush(out var failure))
            throw new StateException($"The state could not be written within {Patience.TotalSeconds:0} s. {failure}".TrimEnd());
    }

    /// <summary>Writes what is left and lets the directory go.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stop)
                return;
            _stop = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        _database.Dispose();
        _directory.Dispose();
    }

    private bool TryFlush(out string? failure)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        lock (_gate)
        {
            if (_lazy.Count > 0)
                _urgent = true;
            Monitor.PulseAll(_gate);
            var target = _accepted;
            for (long left; _committed < target && !_ended && (left = until - Environment.TickCount64) > 0;)
                Monitor.Wait(_gate, (int)left);
            failure = _failure;
            return _committed >= target;
        }
    }

    private void Post(StateChange change)
    {
        lock (_gate)
        {
            _queue.Add(change);
            _accepted++;
            _urgent = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void PostLazy(string key, StateChange change)
    {
        lock (_gate)
        {
            if (_lazy.TryAdd(key, change))
                _accepted++;
            else
                _lazy[key] = change;
            if (_lazy.Count == 1)
                Monitor.PulseAll(_gate); // the second begins
        }
    }

    private void Work()
    {
        while (TakeWork(out var changes))
        {
            while (!TryApply(changes))
            {
                if (!StopsWithin(RetryDelay))
                    continue;
                LogLost(changes.Count);
                lock (_gate)
                {
                    _ended = true;
                    Monitor.PulseAll(_gate);
                }

                return;
            }

            var tells = false;
            foreach (var change in changes)
            {
                if (change is not StateChange.SaveUser saved)
                    continue;
                _durable.Enqueue(saved.User.Name);
                tells = true;
            }

            lock (_gate)
            {
                _committed += changes.Count;
                Monitor.PulseAll(_gate);
            }

            if (tells)
                _wake();
        }
    }

    private bool StopsWithin(TimeSpan delay)
    {
        var until = Environment.TickCount64 + (long)delay.TotalMilliseconds;
        lock (_gate)
        {
            for (long left; !_stop && (left = until - Environment.TickCount64) > 0;)
                Monitor.Wait(_gate, (int)left);
            return _stop;
        }
    }

    private bool TakeWork(out List<StateChange> changes)
    {
        lock (_gate)
        {
            while (!_urgent && !_stop)
            {
                if (_lazy.Count == 0)
                    Monitor.Wait(_gate);
                else if (!Monitor.Wait(_gate, LazyDelay))
                    break;
            }

            changes = _queue;
            changes.AddRange(_lazy.Values);
            _queue = [];
            _lazy = [];
            _urgent = false;
            return changes.Count > 0 || !_stop;
        }
    }

    private bool TryApply(List<StateChange> changes)
    {
        if (changes.Count == 0)
            return true;
        try
        {
            _database.Apply(changes);
            return true;
        }
        catch (StateException exception)
        {
            LogFailure(exception.Message);
            lock (_gate)
            {
                _failure = exception.Message;
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence} It is tried again every second; new users stay in the default class until then.")]
    private partial void LogFailure(string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "\"{Key}\" is not on disk yet: should the power fail before it is, it may not be put back one day.")]
    private partial void LogUnsaved(string key);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} changes of the state are lost: the disk took none until the end.")]
    private partial void LogLost(int count);
}
