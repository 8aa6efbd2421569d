namespace VffQos.Shaping;

/// <summary>What <see cref="IShaper.Converge"/> would change now, in order, in the notation of <c>ip</c>, <c>tc</c> and <c>nft</c>.</summary>
/// <param name="Wan">The WAN's name.</param>
/// <param name="Changes">One line each; none where the kernel is as it should be.</param>
internal sealed record ShapingPlan(string Wan, IReadOnlyList<string> Changes)
{
    /// <summary>Whether there is nothing to change.</summary>
    public bool IsEmpty => Changes.Count == 0;
}
