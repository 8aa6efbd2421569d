using VffQos.Hosting;

namespace VffQos.Sources.Logs;

/// <summary>What a follower has met since it was made.</summary>
internal sealed class LogFollowerCounters
{
    /// <summary>Lines handed to the sink.</summary>
    public long Lines { get; internal set; }

    /// <summary>Bytes read, those of dropped lines included.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Lines dropped because they were longer than the maximum.</summary>
    public long Overlong { get; internal set; }

    /// <summary>Lines dropped because a rotation or truncation took their end.</summary>
    public long Cut { get; internal set; }

    /// <summary>Times that another file took the log's place.</summary>
    public long Rotations { get; internal set; }

    /// <summary>Times that the log was cut back or written over in place.</summary>
    public long Truncations { get; internal set; }

    /// <summary>Times that lines were lost for certain or perhaps: a rotated file was gone before it was read.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Adds what is not told by the lines themselves to a board.</summary>
    public void CountInto(CounterBoard board)
    {
        board.Add(nameof(Overlong), Overlong);
        board.Add(nameof(Cut), Cut);
        board.Add(nameof(Rotations), Rotations);
        board.Add(nameof(Truncations), Truncations);
        board.Add(nameof(Gaps), Gaps);
    }
}
