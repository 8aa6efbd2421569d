namespace VffQos.Flows;

/// <summary>What conntrack holds for a tuple.</summary>
/// <param name="Presence">Whether there is an entry.</param>
/// <param name="Id">Its id (<c>CTA_ID</c>), which no later entry of the same tuple has.</param>
/// <param name="Mark">Its whole mark.</param>
internal readonly record struct FoundFlow(FlowPresence Presence, uint Id, uint Mark)
{
    /// <summary>Whether there is an entry for certain.</summary>
    public bool Exists => Presence == FlowPresence.Exists;
}
