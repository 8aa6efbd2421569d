using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Which links a dump has. The kernel leaves out the others; the default value has all.</summary>
public readonly record struct LinkFilter
{
    /// <summary>Links of this kind, such as <c>veth</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Links that belong to this bridge, bond or VRF.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>What each link is told with, or without.</summary>
    public RTEXT_FILTER Extra { get; init; }

    /// <summary>Such as <c>kind veth master 4</c>.</summary>
    public override string ToString() => $"{(Kind is null ? "" : $"kind {Kind} ")}{(MasterIndex is null ? "" : $"master {MasterIndex} ")}".TrimEnd();
}
