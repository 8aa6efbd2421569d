using VffQos.Hosting;

namespace VffQos.Flows;

/// <summary>What the flow engine did since it started.</summary>
internal sealed class EngineCounters
{
    /// <summary>Lines that named a user and a client.</summary>
    public long Lines { get; set; }

    /// <summary>Lines of a flow that was known already: no system call.</summary>
    public long Remembered { get; set; }

    /// <summary>Flows that were given to a user because of a line.</summary>
    public long Assigned { get; set; }

    /// <summary>Flows that were given to a user because a remembered tuple came back.</summary>
    public long Revived { get; set; }

    /// <summary>Lines whose flow never appeared in conntrack; those of one client that waited together count once.</summary>
    public long Unmatched { get; set; }

    /// <summary>Lines of before the start whose flow is gone.</summary>
    public long Historic { get; set; }

    /// <summary>Lines dropped because too many waited.</summary>
    public long Dropped { get; set; }

    /// <summary>Flows whose end the resync found out.</summary>
    public long Resynced { get; set; }

    /// <summary>Times that the kernel dropped events.</summary>
    public long Overruns { get; set; }

    /// <summary>Flows that the full flow table had no room for: their uploads are not held.</summary>
    public long NoRoom { get; set; }

    /// <summary>Lines of users for whom no mark was left.</summary>
    public long Refused { get; set; }

    /// <summary>Adds all of them to a board.</summary>
    public void CountInto(CounterBoard board)
    {
        board.Add(nameof(Lines), Lines);
        board.Add(nameof(Remembered), Remembered);
        board.Add(nameof(Assigned), Assigned);
        board.Add(nameof(Revived), Revived);
        board.Add(nameof(Unmatched), Unmatched);
        board.Add(nameof(Historic), Historic);
        board.Add(nameof(Dropped), Dropped);
        board.Add(nameof(Resynced), Resynced);
        board.Add(nameof(Overruns), Overruns);
        board.Add(nameof(NoRoom), NoRoom);
        board.Add(nameof(Refused), Refused);
    }
}
