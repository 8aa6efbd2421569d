namespace VffNetlink.Route;

/// <summary>Which neighbours a dump has. The kernel leaves out the others; the default value has all but proxies' and forwarding entries.</summary>
public readonly record struct NeighbourFilter
{
    /// <summary>AF_INET (2), AF_INET6 (10), 0 for both, or AF_BRIDGE (7) for the entries of forwarding tables.</summary>
    public byte Family { get; init; }

    /// <summary>Neighbours on this link; of a forwarding table, entries of this port.</summary>
    public int? LinkIndex { get; init; }

    /// <summary>Neighbours on the links of this master; of a forwarding table, the bridge.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The addresses that this host answers for instead.</summary>
    public bool IsProxy { get; init; }
}
