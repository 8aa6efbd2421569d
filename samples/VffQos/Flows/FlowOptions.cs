namespace VffQos.Flows;

/// <summary>The flow engine's bounds.</summary>
internal sealed record FlowOptions
{
    /// <summary>The ports of each source, in the order of the sources.</summary>
    public required IReadOnlyList<IReadOnlyList<ushort>> Ports { get; init; }

    /// <summary>How long an ended tuple is remembered.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a line waits for its flow to appear in conntrack.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many lines wait at most.</summary>
    public int MaximumWaiting { get; init; } = 65_536;

    /// <summary>The least time between two resyncs.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromSeconds(30);
}
