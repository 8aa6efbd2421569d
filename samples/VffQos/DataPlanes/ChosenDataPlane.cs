namespace VffQos.DataPlanes;

/// <summary>The data plane in use, and why.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Reason">A sentence for the operator.</param>
internal sealed record ChosenDataPlane(DataPlaneKind Kind, string Reason);
