using VffNetlink.Conntrack;
using VffQos.Marks;

namespace VffQos.Flows;

/// <summary>Flows that were given to users and are still to be marked, all in one go. Its arrays stay.</summary>
internal sealed class AssignmentQueue
{
    private readonly List<(ConntrackTuple Tuple, uint ConntrackId, MarkedUser User, FlowPresence Result)> _items = [];
    private ConntrackTuple[] _tuples = new ConntrackTuple[256];
    private uint[] _marks = new uint[256];
    private FlowPresence[] _results = new FlowPresence[256];

    /// <summary>How many.</summary>
    public int Count => _items.Count;

    /// <summary>Each flow and, after <see cref="Mark"/>, whether its entry bears the mark.</summary>
    public List<(ConntrackTuple Tuple, uint ConntrackId, MarkedUser User, FlowPresence Result)> Results => _items;

    /// <summary>Queues a flow.</summary>
    public void Add(in ConntrackTuple tuple, uint conntrackId, MarkedUser user, bool isMarked) =>
        _items.Add((tuple, conntrackId, user, isMarked ? FlowPresence.Exists : FlowPresence.Unknown));

    /// <summary>Marks what does not bear its mark yet, in the order of the queue.</summary>
    /// <exception cref="VffNetlink.NetlinkException">The kernel refused some; what became of each is noted all the same.</exception>
    public void Mark(IFlowKernel kernel)
    {
        if (_tuples.Length < _items.Count)
        {
            Array.Resize(ref _tuples, _items.Count * 2);
            Array.Resize(ref _marks, _items.Count * 2);
            Array.Resize(ref _results, _items.Count * 2);
        }

        var count = 0;
        foreach (var (tuple, _, user, result) in _items)
        {
            if (result == FlowPresence.Exists)
                continue;
            _tuples[count] = tuple;
            _marks[count++] = user.Mark;
        }

        if (count == 0)
            return;
        _results.AsSpan(0, count).Clear();
        try
        {
            kernel.Mark(_tuples.AsSpan(0, count), _marks.AsSpan(0, count), _results.AsSpan(0, count));
        }
        finally
        {
            var at = 0;
            for (var i = 0; i < _items.Count; i++)
            {
                if (_items[i].Result != FlowPresence.Exists)
                    _items[i] = _items[i] with { Result = _results[at++] };
            }
        }
    }

    /// <summary>Forgets the flows of some users.</summary>
    public void Forget(IReadOnlySet<ushort> indexes) => _items.RemoveAll(item => indexes.Contains(item.User.Index));

    /// <summary>Forgets all.</summary>
    public void Clear() => _items.Clear();
}
