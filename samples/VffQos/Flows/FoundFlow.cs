namespace VffQos.Flows;

/// <summary>What conntrack holds for a tuple.</summary>
/// <param name="Exists">Whether there is an entry.</param>
/// <param name="Id">Its id (<c>CTA_ID</c>), which no later entry of the same tuple has.</param>
/// <param name="Mark">Its whole mark.</param>
internal readonly record struct FoundFlow(bool Exists, uint Id, uint Mark);
