using VffQos.Marks;
using VffQos.Sources.Logs;

namespace VffQos.State;

/// <summary>All that the state holds, at one moment.</summary>
/// <param name="Users">Who has which mark.</param>
/// <param name="Positions">Where reading goes on, by the log's path.</param>
/// <param name="Facts">What the kernel cannot tell about the time before us.</param>
internal sealed record StateContents(
    IReadOnlyList<StoredUser> Users, IReadOnlyDictionary<string, LogPosition> Positions, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>The flows that were remembered last; null where none ever were.</summary>
    public FlowSnapshot? Flows { get; init; }

    /// <summary>What there is before the first start.</summary>
    public static StateContents Empty { get; } = new([], new Dictionary<string, LogPosition>(), new Dictionary<string, string>());
}
