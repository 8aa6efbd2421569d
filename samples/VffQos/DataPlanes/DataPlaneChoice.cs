namespace VffQos.DataPlanes;

/// <summary>The data plane in use, and why.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Reason">A sentence for the operator.</param>
internal sealed record DataPlaneChoice(DataPlaneKind Kind, string Reason);
