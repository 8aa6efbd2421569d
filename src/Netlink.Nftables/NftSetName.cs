namespace VffNetlink.Nftables;

/// <summary>A set or map by its table and its name.</summary>
/// <param name="Family">The table's family.</param>
/// <param name="Table">The table.</param>
/// <param name="Name">The set.</param>
public readonly record struct NftSetName(NftFamily Family, string Table, string Name)
{
    /// <summary>Such as <c>flows4 in netdev vffqos</c>.</summary>
    public override string ToString() => $"{Name} in {NftText.NameOf(Family)} {Table}";
}
