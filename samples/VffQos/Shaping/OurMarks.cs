using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Marks;

namespace VffQos.Shaping;

/// <summary>
/// By what a connection's mark is known to be of our making: it leads to a port of ours and bears a user's number. Whatever
/// else bears the same bits is somebody else's.
/// </summary>
/// <param name="spaces">The bits that are ours; more than one where a change of the mask was not finished.</param>
/// <param name="ports">The ports that clients connect to, those of earlier configurations included.</param>
internal sealed class OurMarks(IReadOnlyList<MarkSpace> spaces, IReadOnlySet<ushort> ports)
{
    private readonly HashSet<uint>[] _marks = [.. spaces.Select(static _ => new HashSet<uint>())];

    /// <summary>A user has, or had, this index.</summary>
    public void AddIndex(ushort index)
    {
        for (var i = 0; i < spaces.Count; i++)
        {
            if (spaces[i].IsUsable(index))
                _marks[i].Add(spaces[i].ToMark(index));
        }
    }

    /// <summary>A user has, or had, this mark.</summary>
    public void AddMark(uint mark)
    {
        for (var i = 0; i < spaces.Count; i++)
        {
            if ((mark & ~spaces[i].Mask) == 0)
                _marks[i].Add(mark);
        }
    }

    /// <summary>The bits of a connection's mark that are ours; 0 where none are.</summary>
    public uint BitsOf(scoped in FlowView flow)
    {
        if (flow.Mark is not { } mark || mark == 0)
            return 0;
        uint bits = 0;
        for (var i = 0; i < spaces.Count; i++)
        {
            if (_marks[i].Contains(mark & spaces[i].Mask))
                bits |= spaces[i].Mask;
        }

        return bits != 0 && ClientTuple.TryGet(flow, ports, out _) ? bits : 0;
    }
}
