using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>What conntrack tells, and what it never tells.</summary>
internal sealed partial class FlowEngine
{
    private const int ResyncSlice = 256;

    private readonly List<(ConntrackTuple Tuple, uint ConntrackId)> _resync = [];
    private int _resyncAt;
    private TimeSpan _resyncSpent;
    private long _resyncStarted;
    private long _nextResync;
    private bool _eventsLost;

    /// <summary>An entry was made. Where its tuple is remembered, it is the same user's again, without a line.</summary>
    /// <remarks>Takes effect with the next <see cref="Flush"/>, as the other events do.</remarks>
    public void EntryAppeared(in ConntrackTuple tuple, uint conntrackId, uint mark)
    {
        ref var record = ref Memory.Find(tuple);
        if (!FlowMemory.IsFound(ref record) || (record.IsLive && record.ConntrackId == conntrackId))
            return;
        if (_marks.Find(record.Index) is not { } user)
            return;
        Counters.Revived++;
        Give(tuple, conntrackId, mark, user, record.Line);
    }

    /// <summary>An entry ended. Only what was made for this very entry goes: its tuple may belong to a newer one already.</summary>
    public void EntryEnded(in ConntrackTuple tuple, uint conntrackId) => End(tuple, conntrackId);

    /// <summary>Events were lost: the next resync also looks for remembered tuples that came back unseen.</summary>
    public void EventsLost()
    {
        Counters.Overruns++;
        _eventsLost = true;
    }

    /// <summary>Takes over what an earlier run left: marked entries are live flows, table elements of others go.</summary>
    /// <param name="entries">Every conntrack entry that has one of our bits in its mark.</param>
    /// <param name="elements">What is in the flow table.</param>
    public void Load(IEnumerable<(ConntrackTuple Tuple, uint ConntrackId, uint Mark)> entries,
        IReadOnlyDictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> elements)
    {
        var alive = new HashSet<ConntrackTuple>();
        foreach (var (tuple, conntrackId, mark) in entries)
        {
            if (_marks.FindByMark(mark) is not { } user)
                continue;
            alive.Add(tuple);
            Memory.SetLive(tuple, user.Index, conntrackId, 0);
            if (_table.IsNeeded && (!elements.TryGetValue(tuple, out var element) || element != (user.Index, conntrackId)))
                _table.Put(tuple, user.Index, conntrackId);
        }

        foreach (var (tuple, _) in elements)
        {
            if (!alive.Contains(tuple))
                _table.Remove(tuple);
        }

        CommitTable();
    }

    /// <summary>The kernel's flow table was made anew, and is empty: everything that lives goes into it again.</summary>
    public void FillTable()
    {
        _resync.Clear();
        _resyncAt = 0;
        Memory.Copy(_resync, withEnded: false);
        foreach (var (tuple, conntrackId) in _resync)
            _table.Put(tuple, Memory.Find(tuple).Index, conntrackId);
        _resync.Clear();
        CommitTable();
    }

    /// <summary>How long until <see cref="Tick"/> has something to do; null: nothing, as things are.</summary>
    public TimeSpan? UntilTick
    {
        get
        {
            var next = _retries.TryPeek(out _, out var due) ? due : long.MaxValue;
            if (Memory.NextExpiry is { } expiry)
                next = Math.Min(next, expiry + 1000); // forgetting once a second is often enough
            if (_resyncAt < _resync.Count)
                next = 0;
            else if (Memory.LiveCount > 0 || _eventsLost)
                next = Math.Min(next, _nextResync);
            return next == long.MaxValue ? null : TimeSpan.FromMilliseconds(Math.Max(0, next - Now));
        }
    }

    /// <summary>Does what is due: lines that wait for their flow, memory that ran out, a slice of the resync.</summary>
    public void Tick()
    {
        var now = Now;
        while (_retries.TryPeek(out var line, out var due) && due <= now)
        {
            _retries.Dequeue();
            Add(line);
        }

        Memory.Expire(now);
        Resync(now);
        Flush();
    }

    /// <summary>
    /// Asks for the entries of all live tuples, slice by slice between other work, so that no line waits for it. A round starts at
    /// the earliest 30 s after the one before, and takes at most a hundredth of the time.
    /// </summary>
    private void Resync(long now)
    {
        if (_resyncAt >= _resync.Count)
        {
            if (now < _nextResync || (Memory.LiveCount == 0 && !_eventsLost))
                return;
            _resync.Clear();
            Memory.Copy(_resync, withEnded: _eventsLost);
            _resyncAt = 0;
            _resyncSpent = TimeSpan.Zero;
            _resyncStarted = now;
            _eventsLost = false;
        }

        var slice = Math.Min(ResyncSlice, _resync.Count - _resyncAt);
        var started = _time.GetTimestamp();
        for (var i = 0; i < slice; i++)
            _tuples[i] = _resync[_resyncAt + i].Tuple;
        _kernel.Find(_tuples.AsSpan(0, slice), _found.AsSpan(0, slice));
        for (var i = 0; i < slice; i++)
            Compare(_resync[_resyncAt + i].Tuple, _resync[_resyncAt + i].ConntrackId, _found[i]);
        _resyncAt += slice;
        _resyncSpent += _time.GetElapsedTime(started);
        if (_resyncAt == _resync.Count)
            _nextResync = _resyncStarted + (long)Math.Max(_options.ResyncInterval.TotalMilliseconds, 100 * _resyncSpent.TotalMilliseconds);
    }

    private void Compare(in ConntrackTuple tuple, uint conntrackId, in FoundFlow found)
    {
        ref var record = ref Memory.Find(tuple);
        if (!FlowMemory.IsFound(ref record) || record.ConntrackId != conntrackId)
            return; // an event was faster
        if (!found.Exists)
        {
            if (!record.IsLive)
                return;
            Counters.Resynced++;
            End(tuple, conntrackId);
        }
        else if (_marks.Find(record.Index) is { } user
            && (!record.IsLive || found.Id != conntrackId || (found.Mark & _marks.Space.Mask) != user.Mark))
        {
            Counters.Resynced++;
            Give(tuple, found.Id, found.Mark, user, record.Line);
        }
    }

    private void End(in ConntrackTuple tuple, uint conntrackId)
    {
        if (Memory.End(tuple, conntrackId, Now))
            _table.Remove(tuple);
    }
}
