using VffQos.Marks;

namespace VffQos.Flows;

/// <summary>A user as the flow engine meets one: by name, and with a mark once a flow of the user's was found.</summary>
internal sealed class FlowUser(string name)
{
    /// <summary>The name in the log.</summary>
    public string Name { get; } = name;

    /// <summary>The user's mark; null until there is one.</summary>
    public MarkedUser? Marked { get; set; }

    /// <summary>Whether the mark is on disk and the classes are in the kernel, so that flows can be given to the user.</summary>
    public bool IsReady { get; set; }

    /// <summary>Whether a mark was asked for and is not ready yet.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Lines that wait for the user to be ready.</summary>
    public List<PendingLine> Waiting { get; } = [];
}
