using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink;
using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>
/// Tuple to user, kept past the conntrack entry's end: UDP entries expire while their flow goes on, and the proxy logs nothing
/// new. Bounded in time and in number.
/// </summary>
internal sealed class FlowMemory
{
    private readonly Dictionary<ConntrackTuple, FlowRecord> _records = [];
    private readonly Queue<(ConntrackTuple Tuple, long EndedAt)> _ended = new();
    private readonly long _keepMilliseconds;
    private readonly int _maximumEnded;

    /// <summary>An empty memory.</summary>
    /// <param name="keep">How long an ended tuple is remembered.</param>
    /// <param name="maximumEnded">How many are, at most; beyond it the oldest goes first.</param>
    public FlowMemory(TimeSpan keep, int maximumEnded = 262_144)
    {
        _keepMilliseconds = (long)keep.TotalMilliseconds;
        _maximumEnded = maximumEnded;
    }

    /// <summary>Tuples remembered, live and ended.</summary>
    public int Count => _records.Count;

    /// <summary>Tuples whose conntrack entry is believed to exist.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Grows with every change of what is worth keeping over a restart.</summary>
    public long Changes { get; private set; }

    /// <summary>Finds a tuple. The reference holds until the next change.</summary>
    public ref FlowRecord Find(in ConntrackTuple tuple) => ref CollectionsMarshal.GetValueRefOrNullRef(_records, tuple);

    /// <summary>Whether <see cref="Find"/> found something.</summary>
    public static bool IsFound(ref FlowRecord record) => !Unsafe.IsNullRef(ref record);

    /// <summary>Notes whose flow a conntrack entry is.</summary>
    public void SetLive(in ConntrackTuple tuple, ushort index, uint conntrackId, long line)
    {
        ref var record = ref CollectionsMarshal.GetValueRefOrAddDefault(_records, tuple, out _);
        if (!record.IsLive)
            LiveCount++;
        Note(tuple);
        record = new FlowRecord { ConntrackId = conntrackId, Index = index, IsLive = true, Line = line };
    }

    /// <summary>Notes that an entry ended.</summary>
    /// <returns>False where the tuple is not known, or belongs to another entry by now: then nothing changed.</returns>
    public bool End(in ConntrackTuple tuple, uint conntrackId, long now)
    {
        ref var record = ref Find(tuple);
        if (!IsFound(ref record) || !record.IsLive || record.ConntrackId != conntrackId)
            return false;
        record.IsLive = false;
        record.EndedAt = now;
        LiveCount--;
        Note(tuple);
        _ended.Enqueue((tuple, now));
        return true;
    }

    /// <summary>Forgets what ended long ago, and the oldest of what is too many.</summary>
    public void Expire(long now)
    {
        while (_ended.TryPeek(out var oldest) && (oldest.EndedAt + _keepMilliseconds <= now || _ended.Count > _maximumEnded))
        {
            _ended.Dequeue();
            ref var record = ref Find(oldest.Tuple);
            // Live again, or ended again later, with another place in the queue.
            if (IsFound(ref record) && !record.IsLive && record.EndedAt == oldest.EndedAt)
                _records.Remove(oldest.Tuple);
        }
    }

    /// <summary>When <see cref="Expire"/> has something to do next; null where nothing ended.</summary>
    public long? NextExpiry => _ended.TryPeek(out var oldest) ? oldest.EndedAt + _keepMilliseconds : null;

    /// <summary>Notes whose flow an entry was that ended before, in the order of the ends.</summary>
    /// <param name="tuple">Not known yet; where it is, nothing changes.</param>
    /// <param name="index">Whose.</param>
    /// <param name="endedAt">When, in milliseconds of the engine's clock; before its start where it is less than 0.</param>
    public void SetEnded(in ConntrackTuple tuple, ushort index, long endedAt)
    {
        if (_records.TryAdd(tuple, new FlowRecord { Index = index, EndedAt = endedAt }))
            _ended.Enqueue((tuple, endedAt));
    }

    /// <summary>Forgets all flows of users who lost their marks.</summary>
    /// <param name="indexes">The marks' indexes.</param>
    /// <param name="live">Gets the tuples whose entry is believed to exist.</param>
    public void Forget(IReadOnlySet<ushort> indexes, List<ConntrackTuple> live)
    {
        foreach (var (tuple, record) in _records)
        {
            if (!indexes.Contains(record.Index))
                continue;
            if (record.IsLive)
            {
                LiveCount--;
                live.Add(tuple);
            }

            Note(tuple);
            _records.Remove(tuple); // allowed while enumerating
        }
    }

    /// <summary>Appends the tuples and the entries they were last seen with.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="withEnded">Also those whose entry ended.</param>
    public void Copy(List<(ConntrackTuple Tuple, uint ConntrackId)> destination, bool withEnded)
    {
        destination.EnsureCapacity(destination.Count + (withEnded ? Count : LiveCount));
        foreach (var (tuple, record) in _records)
        {
            if (record.IsLive || withEnded)
                destination.Add((tuple, record.ConntrackId));
        }
    }

    /// <summary>Appends the UDP flows, those that ended and those that live, for a later run.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="maximum">How many at most; what ended longest ago, and then what lives, is left out first.</param>
    /// <param name="now">The engine's clock.</param>
    public void CopyRemembered(List<EndedFlow> destination, int maximum, long now)
    {
        foreach (var (tuple, endedAt) in _ended.Skip(_ended.Count - maximum))
        {
            ref var record = ref Find(tuple);
            if (tuple.Protocol == IpProtocol.Udp && IsFound(ref record) && !record.IsLive && record.EndedAt == endedAt)
                destination.Add(new EndedFlow(tuple, record.Index, TimeSpan.FromMilliseconds(now - endedAt)));
        }

        foreach (var (tuple, record) in _records)
        {
            if (destination.Count >= maximum)
                return;
            if (record.IsLive && tuple.Protocol == IpProtocol.Udp)
                destination.Add(new EndedFlow(tuple, record.Index, TimeSpan.Zero));
        }
    }

    /// <summary>TCP entries outlive restarts, marks and all; UDP entries expire.</summary>
    private void Note(in ConntrackTuple tuple)
    {
        if (tuple.Protocol == IpProtocol.Udp)
            Changes++;
    }
}
