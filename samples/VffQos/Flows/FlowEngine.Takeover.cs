using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>What an earlier run left is taken over: in the kernel, and in the state.</summary>
internal sealed partial class FlowEngine
{
    /// <summary>
    /// Takes over what an earlier run left. Marked entries are live flows. What the table or the state names and no marked entry belongs to
    /// may live under a new entry, born while nobody watched: that one is marked. The rest is remembered, so that it may come back.
    /// </summary>
    /// <param name="entries">Every conntrack entry that has one of our bits in its mark; those of no client stay as they are.</param>
    /// <param name="elements">What is in the flow table.</param>
    /// <param name="ended">What the earlier run knew besides.</param>
    public void Load(IEnumerable<MarkedFlow> entries,
        IReadOnlyDictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> elements, IEnumerable<EndedFlow> ended)
    {
        foreach (var (tuple, isClients, conntrackId, mark) in entries)
        {
            if (!isClients || _marks.FindByMark(mark) is not { } user)
                continue;
            Memory.SetLive(tuple, user.Index, conntrackId, 0);
            if (_table.IsNeeded && (!elements.TryGetValue(tuple, out var element) || element != (user.Index, conntrackId)))
                _table.Put(tuple, user.Index, conntrackId);
        }

        var lost = new Dictionary<ConntrackTuple, (ushort Index, uint ConntrackId, long EndedAt)>();
        foreach (var (tuple, (index, conntrackId)) in elements)
        {
            if (FlowMemory.IsFound(ref Memory.Find(tuple)))
                continue;
            if (_marks.Find(index) is not null && IsClients(tuple))
                lost.Add(tuple, (index, conntrackId, Now));
            else
                _table.Remove(tuple);
        }

        foreach (var (tuple, index, age) in ended)
        {
            if (_marks.Find(index) is not null && IsClients(tuple) && age < _options.Remember && !FlowMemory.IsFound(ref Memory.Find(tuple)))
                lost.TryAdd(tuple, (index, 0, Now - (long)Math.Max(0, age.TotalMilliseconds)));
        }

        foreach (var slice in lost.OrderBy(static pair => pair.Value.EndedAt).Chunk(ResyncSlice))
            TakeOver(slice, elements);
        Commit();
    }

    /// <summary>Appends what a later run's <see cref="Load"/> is to be given.</summary>
    public void CopyRemembered(List<EndedFlow> destination, int maximum) => Memory.CopyRemembered(destination, maximum, Now);

    private void TakeOver(KeyValuePair<ConntrackTuple, (ushort Index, uint ConntrackId, long EndedAt)>[] slice,
        IReadOnlyDictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> elements)
    {
        for (var i = 0; i < slice.Length; i++)
            _tuples[i] = slice[i].Key;
        Find(slice.Length);
        for (var i = 0; i < slice.Length; i++)
        {
            var (tuple, (index, conntrackId, endedAt)) = slice[i];
            var isElement = elements.ContainsKey(tuple);
            if (_found[i].Exists)
            {
                Counters.Revived++;
                Give(tuple, _found[i].Id, _found[i].Mark, _marks.Find(index)!, 0);
            }
            else if (_found[i].Presence == FlowPresence.Unknown && isElement)
            {
                Memory.SetLive(tuple, index, conntrackId, 0); // until the resync finds out
                HastenResync(Now + AfterRefusal);
            }
            else
            {
                Memory.SetEnded(tuple, index, endedAt);
                if (isElement)
                    _table.Remove(tuple);
            }
        }
    }

    /// <summary>Whether a tuple leads to a port that some source names.</summary>
    private bool IsClients(in ConntrackTuple tuple)
    {
        var port = tuple.DestinationPort;
        return _options.Ports.Any(ports => ports.Contains(port));
    }
}
