namespace VffQos.Shaping;

/// <summary>
/// What differs from what should be, in the order of its repair. Planning and repairing run through the same code: whoever finds
/// a difference says so here, and is told whether to repair it.
/// </summary>
/// <param name="isPlan">Whether differences are only written down.</param>
internal sealed class ChangeLog(bool isPlan)
{
    private readonly List<string> _lines = [];

    /// <summary>Whether nothing may be changed.</summary>
    public bool IsPlan { get; } = isPlan;

    /// <summary>Differences so far.</summary>
    public int Count { get; private set; }

    /// <summary>The differences of a plan, in words; those that are repaired are only counted.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Takes a difference.</summary>
    /// <param name="change">Its repair in the notation of ip, tc or nft.</param>
    /// <returns>Whether to repair it now.</returns>
    public bool Carry(string change)
    {
        Count++;
        if (IsPlan)
            _lines.Add(change);
        return !IsPlan;
    }

    /// <summary>Takes a difference whose words are made only where they are wanted.</summary>
    /// <returns>Whether to repair it now.</returns>
    public bool Carry<T>(in T change)
        where T : struct
    {
        Count++;
        if (IsPlan)
            _lines.Add(change.ToString()!);
        return !IsPlan;
    }
}
