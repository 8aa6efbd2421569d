namespace VffQos.Flows;

/// <summary>What is remembered of one tuple.</summary>
internal struct FlowRecord
{
    /// <summary>The conntrack entry that bears the mark, as long as <see cref="IsLive"/>.</summary>
    public uint ConntrackId;

    /// <summary>Whose flow it is.</summary>
    public ushort Index;

    /// <summary>Whether the entry is believed to exist.</summary>
    public bool IsLive;

    /// <summary>The line that named the user; a later line wins, whenever it is looked at.</summary>
    public long Line;

    /// <summary>When the entry ended, in milliseconds of the engine's clock.</summary>
    public long EndedAt;
}
