using VffNetlink.Conntrack;
using VffQos.Sources;

namespace VffQos.Flows;

/// <summary>What conntrack tells, and what it never tells.</summary>
internal sealed partial class FlowEngine
{
    private const int ResyncSlice = 256;

    /// <summary>Until the resync that repeats what conntrack refused, in milliseconds.</summary>
    private const int AfterRefusal = 1000;

    private readonly List<(ConntrackTuple Tuple, uint ConntrackId)> _resync = [];
    private int _resyncAt;
    private TimeSpan _resyncSpent;
    private long _resyncStarted;
    private long _nextResync;
    private long _earliestResync;
    private long? _hurry;
    private bool _eventsLost;

    /// <summary>An entry was made. Where its tuple is remembered, it is the same user's again, without a line.</summary>
    /// <remarks>Takes effect with the next <see cref="Flush"/>, as the other events do.</remarks>
    public void EntryAppeared(in ConntrackTuple tuple, uint conntrackId, uint mark)
    {
        Wake(new ClientEndpoint(tuple.Source, tuple.SourcePort));
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

    /// <summary>Events were lost: a resync, as soon as its share of the time allows, also looks for remembered tuples that came back unseen.</summary>
    public void EventsLost()
    {
        Counters.Overruns++;
        _eventsLost = true;
        HastenResync(Now);
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
            var next = NextRetry ?? long.MaxValue;
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
        Flush();
        Retry(now);
        Counters.Unmatched += _waiting.Expire(now);
        Memory.Expire(now);
        Resync(now);
        Flush();
    }

    /// <summary>
    /// Asks for the entries of all live tuples, slice by slice between other work, so that no line waits for it. A round starts at
    /// the earliest 30 s after the one before, sooner only where something is known to be amiss, and takes at most a hundredth of the time.
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
            _hurry = null;
        }

        var slice = Math.Min(ResyncSlice, _resync.Count - _resyncAt);
        var started = _time.GetTimestamp();
        for (var i = 0; i < slice; i++)
            _tuples[i] = _resync[_resyncAt + i].Tuple;
        Find(slice);
        for (var i = 0; i < slice; i++)
            Compare(_resync[_resyncAt + i].Tuple, _resync[_resyncAt + i].ConntrackId, _found[i]);
        _resyncAt += slice;
        _resyncSpent += _time.GetElapsedTime(started);
        if (_resyncAt < _resync.Count)
            return;
        _earliestResync = _resyncStarted + (long)(100 * _resyncSpent.TotalMilliseconds);
        _nextResync = Math.Max(_earliestResync, _hurry ?? _resyncStarted + (long)_options.ResyncInterval.TotalMilliseconds);
    }

    private void HastenResync(long at)
    {
        _hurry = Math.Min(_hurry ?? long.MaxValue, at);
        if (_resyncAt >= _resync.Count)
            _nextResync = Math.Max(_earliestResync, Math.Min(_nextResync, at));
    }

    private void Compare(in ConntrackTuple tuple, uint conntrackId, in FoundFlow found)
    {
        ref var record = ref Memory.Find(tuple);
        if (!FlowMemory.IsFound(ref record) || record.ConntrackId != conntrackId || found.Presence == FlowPresence.Unknown)
            return; // an event was faster, or conntrack did not say
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
