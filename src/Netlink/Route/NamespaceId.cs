namespace VffNetlink.Route;

/// <summary>The number that a network namespace knows another one by.</summary>
/// <param name="Id">The number; -1 where it has none.</param>
/// <param name="CurrentId">Where another namespace's numbers were asked for: the number that the asker's own namespace knows the same one by.</param>
public sealed record NamespaceId(int Id, int? CurrentId = null)
{
    /// <summary>What <see cref="Id"/> is where there is none (<c>NETNSA_NSID_NOT_ASSIGNED</c>).</summary>
    public const int None = -1;
}
