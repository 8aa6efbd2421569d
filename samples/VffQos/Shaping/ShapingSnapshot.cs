using VffQos.DataPlanes;

namespace VffQos.Shaping;

/// <summary>What of ours the kernel holds at one moment, whether or not this process put it there. What is absent is null.</summary>
internal sealed record ShapingSnapshot
{
    /// <summary>The data plane whose parts were found.</summary>
    public DataPlaneKind? Plane { get; init; }

    /// <summary>The device that has our root, or would get it; null where there is none.</summary>
    public string? Wan { get; init; }

    /// <summary>The name of our IFB.</summary>
    public string? Ifb { get; init; }

    /// <summary>Whether packets are redirected to the IFB now.</summary>
    public bool Redirects { get; init; }

    /// <summary>Classes of the IFB by index, the default class among them; null without our root there.</summary>
    public IReadOnlyDictionary<ushort, ClassCounters>? Upload { get; init; }

    /// <summary>Classes of the WAN by index, the default class among them; null without our root there.</summary>
    public IReadOnlyDictionary<ushort, ClassCounters>? Download { get; init; }

    /// <summary>Entries of the flow table; null where the data plane has none.</summary>
    public int? Flows { get; init; }
}
