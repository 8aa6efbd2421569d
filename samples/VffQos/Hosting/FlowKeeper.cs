using VffQos.Flows;
using VffQos.Marks;
using VffQos.State;

namespace VffQos.Hosting;

/// <summary>
/// Keeps what the engine remembers of UDP flows in the state: all of it at an orderly stop, and once a minute for any other. TCP
/// entries outlive every restart.
/// </summary>
/// <param name="engine">What remembers.</param>
/// <param name="store">The state.</param>
/// <param name="time">The clock.</param>
internal sealed class FlowKeeper(FlowEngine engine, StateStore store, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _lastSave = time.GetTimestamp();
    private long _saved;

    /// <summary>How long until <see cref="SaveWhenDue"/> has something to do; null: nothing changed.</summary>
    public TimeSpan? UntilSave =>
        engine.Memory.Changes == _saved ? null : Interval - time.GetElapsedTime(_lastSave) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>What an earlier run kept, of users who had their marks then.</summary>
    /// <exception cref="StateException">It is nothing that we wrote.</exception>
    public static IEnumerable<EndedFlow> Read(FlowSnapshot? kept, MarkRegistry marks, TimeProvider time) =>
        kept?.Flows(time.GetUtcNow()).Where(flow => marks.Find(flow.Index) is { } user && user.FirstSeen <= kept.TakenAt) ?? [];

    /// <summary>Saves, at most once a minute, and only where something changed.</summary>
    public void SaveWhenDue()
    {
        if (UntilSave is { } left && left <= TimeSpan.Zero)
            Save();
    }

    /// <summary>Saves now.</summary>
    public void Save()
    {
        _lastSave = time.GetTimestamp();
        _saved = engine.Memory.Changes;
        var flows = new List<EndedFlow>();
        engine.CopyRemembered(flows, FlowSnapshot.MaximumFlows);
        store.SaveFlows(FlowSnapshot.Of(time.GetUtcNow(), flows));
    }
}
