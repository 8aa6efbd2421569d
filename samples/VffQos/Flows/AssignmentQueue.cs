using VffNetlink.Conntrack;
using VffQos.Marks;

namespace VffQos.Flows;

/// <summary>Flows that were given to users and are still to be marked, all in one go. Its arrays stay.</summary>
internal sealed class AssignmentQueue
{
    private readonly List<(ConntrackTuple Tuple, uint ConntrackId, MarkedUser User, bool Done)> _items = [];
    private ConntrackTuple[] _tuples = new ConntrackTuple[256];
    private uint[] _marks = new uint[256];
    private bool[] _done = new bool[256];

    /// <summary>How many.</summary>
    public int Count => _items.Count;

    /// <summary>Each flow and, after <see cref="Mark"/>, whether its entry bears the mark.</summary>
    public IReadOnlyList<(ConntrackTuple Tuple, uint ConntrackId, MarkedUser User, bool Done)> Results => _items;

    /// <summary>Queues a flow.</summary>
    public void Add(in ConntrackTuple tuple, uint conntrackId, MarkedUser user, bool isMarked) => _items.Add((tuple, conntrackId, user, isMarked));

    /// <summary>Marks what does not bear its mark yet, in the order of the queue.</summary>
    public void Mark(IFlowKernel kernel)
    {
        if (_tuples.Length < _items.Count)
        {
            Array.Resize(ref _tuples, _items.Count * 2);
            Array.Resize(ref _marks, _items.Count * 2);
            Array.Resize(ref _done, _items.Count * 2);
        }

        var count = 0;
        foreach (var (tuple, _, user, isMarked) in _items)
        {
            if (isMarked)
                continue;
            _tuples[count] = tuple;
            _marks[count++] = user.Mark;
        }

        if (count == 0)
            return;
        kernel.Mark(_tuples.AsSpan(0, count), _marks.AsSpan(0, count), _done.AsSpan(0, count));
        var at = 0;
        for (var i = 0; i < _items.Count; i++)
        {
            if (!_items[i].Done)
                _items[i] = _items[i] with { Done = _done[at++] };
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _items.Clear();
}
