using System.Runtime.InteropServices;
using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>From lines to entries, some hundred look-ups in one go.</summary>
internal sealed partial class FlowEngine
{
    private void LookUp()
    {
        var used = 0;
        foreach (ref readonly var line in CollectionsMarshal.AsSpan(_pending))
        {
            var candidates = CandidatesOf(line);
            var count = candidates.Count;
            if (used + count > MaximumLookup)
            {
                Resolve(used);
                used = 0;
            }

            if (count > MaximumLookup)
            {
                ResolveInSlices(line, candidates);
                continue;
            }

            var first = used;
            var isKnown = false;
            while (!isKnown && candidates.MoveNext())
            {
                _tuples[used] = candidates.Current;
                isKnown = IsRemembered(line, _tuples[used++]);
            }

            if (isKnown)
                used = first; // nothing to ask
            else
                _asked.Add((line, first, used - first));
        }

        Resolve(used);
    }

    private FlowCandidates CandidatesOf(in PendingLine line) => new(line, _addresses.For(line.Client.Address.IsIPv6), _options.Ports[line.Source]);

    /// <summary>Whether a tuple is known to be the user's, and alive.</summary>
    private bool IsRemembered(in PendingLine line, in ConntrackTuple tuple)
    {
        ref var record = ref Memory.Find(tuple);
        if (!FlowMemory.IsFound(ref record) || !record.IsLive || !line.User.IsReady || record.Index != line.User.Marked!.Index)
            return false;
        record.Line = Math.Max(record.Line, line.Line);
        Counters.Remembered++;
        return true;
    }

    private void Find(int count)
    {
        if (count == 0)
            return;
        _found.AsSpan(0, count).Clear();
        try
        {
            _kernel.Find(_tuples.AsSpan(0, count), _found.AsSpan(0, count));
            _findTrouble = null;
        }
        catch (Exception exception) when (IsTemporary(exception))
        {
            _findTrouble = exception.Message;
        }
    }

    private void Resolve(int used)
    {
        Find(used);
        foreach (ref readonly var asked in CollectionsMarshal.AsSpan(_asked))
        {
            var choice = default(Choice);
            Choose(asked.Line, asked.First, asked.Count, ref choice);
            Conclude(asked.Line, choice);
        }

        _asked.Clear();
    }

    /// <summary>A line with more candidates than one look-up takes is looked up by itself, slice by slice, those that worked last first.</summary>
    private void ResolveInSlices(in PendingLine line, FlowCandidates candidates)
    {
        var choice = default(Choice);
        for (var more = true; more && choice.Rank < Rank.Free;)
        {
            var used = 0;
            while (used < MaximumLookup && (more = candidates.MoveNext()))
            {
                _tuples[used] = candidates.Current;
                if (IsRemembered(line, _tuples[used++]))
                    return;
            }

            Find(used);
            Choose(line, 0, used, ref choice);
        }

        Conclude(line, choice);
    }

    /// <summary>
    /// Chooses among the entries that a line may mean: the user's own, then one that nobody has, then one that an earlier line gave
    /// to somebody else.
    /// </summary>
    private void Choose(in PendingLine line, int first, int count, ref Choice choice)
    {
        for (var i = first; i < first + count; i++)
        {
            ref readonly var found = ref _found[i];
            choice.IsUncertain |= found.Presence == FlowPresence.Unknown;
            if (!found.Exists)
                continue;
            choice.Exists = true;
            ref var record = ref Memory.Find(_tuples[i]);
            var isOwned = FlowMemory.IsFound(ref record) && record.IsLive && record.ConntrackId == found.Id;
            if (isOwned && line.User.Marked?.Index == record.Index)
            {
                record.Line = Math.Max(record.Line, line.Line);
                choice.Rank = Rank.Own;
                return;
            }

            var rank = !isOwned ? Rank.Free : record.Line < line.Line ? Rank.Taken : Rank.None;
            if (rank <= choice.Rank)
                continue;
            choice.Rank = rank;
            choice.Tuple = _tuples[i];
            choice.Found = found;
        }
    }

    private void Conclude(in PendingLine line, in Choice choice)
    {
        if (choice.Rank == Rank.Own)
            return;
        if (choice.Rank != Rank.None)
            Assign(line, choice.Tuple, choice.Found);
        else if (!choice.Exists)
            RetryLater(line, choice.IsUncertain);
    }

    private void Assign(in PendingLine line, in ConntrackTuple tuple, in FoundFlow found)
    {
        var user = line.User;
        if (!user.IsReady)
        {
            Await(line);
            return;
        }

        _addresses.Succeeded(tuple.Destination);
        Counters.Assigned++;
        Give(tuple, found.Id, found.Mark, user.Marked!, line.Line);
    }

    private enum Rank
    {
        None,
        Taken,
        Free,
        Own,
    }

    private struct Choice
    {
        public Rank Rank;
        public bool Exists;
        public bool IsUncertain;
        public ConntrackTuple Tuple;
        public FoundFlow Found;
    }
}
