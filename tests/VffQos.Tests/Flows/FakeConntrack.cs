using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Shaping;

namespace VffQos.Tests.Flows;

/// <summary>Conntrack and a flow table in memory, with the events that conntrack would send, delivered when the test likes.</summary>
internal sealed class FakeConntrack : IFlowKernel, IFlowTable
{
    private uint _lastId = 1000;

    /// <summary>What conntrack holds.</summary>
    public Dictionary<ConntrackTuple, (uint Id, uint Mark)> Entries { get; } = [];

    /// <summary>What the flow table holds.</summary>
    public Dictionary<ConntrackTuple, (ushort Index, uint ConntrackId)> Table { get; } = [];

    /// <summary>Events in the order that conntrack made them.</summary>
    public Queue<(bool IsNew, ConntrackTuple Tuple, uint Id)> Events { get; } = new();

    /// <summary>How many tuples were looked up.</summary>
    public int Lookups { get; private set; }

    /// <summary>How many marks were set.</summary>
    public int Marked { get; private set; }

    /// <summary>The most tuples that were looked up in one go.</summary>
    public int LargestLookup { get; private set; }

    /// <summary>Called with the number of tuples of every look-up.</summary>
    public Action<int>? OnFind { get; set; }

    /// <summary>Whether it is out of memory.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether it changes no marks for want of memory.</summary>
    public bool RefusesMarks { get; set; }

    /// <summary>The bits that may change.</summary>
    public uint Mask { get; init; } = 0xffff;

    public bool IsNeeded => true;

    /// <summary>A flow begins.</summary>
    public uint Begin(in ConntrackTuple tuple, uint mark = 0)
    {
        var id = ++_lastId;
        Entries[tuple] = (id, mark);
        Events.Enqueue((true, tuple, id));
        return id;
    }

    /// <summary>A flow ends; with or without telling.</summary>
    public void Finish(in ConntrackTuple tuple, bool tells = true)
    {
        if (Entries.Remove(tuple, out var entry) && tells)
            Events.Enqueue((false, tuple, entry.Id));
    }

    /// <summary>Delivers what conntrack told so far, at most so many events.</summary>
    public void Deliver(FlowEngine engine, int count = int.MaxValue)
    {
        for (; count > 0 && Events.TryDequeue(out var e); count--)
        {
            if (e.IsNew)
                engine.EntryAppeared(e.Tuple, e.Id, 0);
            else
                engine.EntryEnded(e.Tuple, e.Id);
        }

        engine.Flush();
    }

    public void Find(ReadOnlySpan<ConntrackTuple> tuples, Span<FoundFlow> found)
    {
        Lookups += tuples.Length;
        LargestLookup = Math.Max(LargestLookup, tuples.Length);
        OnFind?.Invoke(tuples.Length);
        if (Refuses)
            throw new NetlinkException(new NetlinkError(Errno.ENOMEM), "IPCTNL_MSG_CT_GET");
        for (var i = 0; i < tuples.Length; i++)
        {
            found[i] = Entries.TryGetValue(tuples[i], out var entry)
                ? new FoundFlow(FlowPresence.Exists, entry.Id, entry.Mark)
                : new FoundFlow(FlowPresence.Gone, 0, 0);
        }
    }

    public void Mark(ReadOnlySpan<ConntrackTuple> tuples, ReadOnlySpan<uint> marks, Span<FlowPresence> results)
    {
        Marked += tuples.Length;
        if (Refuses || RefusesMarks)
            throw new NetlinkException(new NetlinkError(Errno.ENOMEM), "IPCTNL_MSG_CT_NEW");
        for (var i = 0; i < tuples.Length; i++)
        {
            var exists = Entries.TryGetValue(tuples[i], out var entry);
            results[i] = exists ? FlowPresence.Exists : FlowPresence.Gone;
            if (exists)
                Entries[tuples[i]] = entry with { Mark = (entry.Mark & ~Mask) | marks[i] };
        }
    }

    public void Put(in ConntrackTuple tuple, ushort index, uint conntrackId) => Table[tuple] = (index, conntrackId);

    public void Remove(in ConntrackTuple tuple) => Table.Remove(tuple);

    public int Commit() => 0;

    public void Dump<TSink>(ref TSink sink)
        where TSink : struct, IFlowTableSink, allows ref struct
    {
        foreach (var (tuple, (index, id)) in Table)
            sink.Flow(tuple, index, id);
    }
}
