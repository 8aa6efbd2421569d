using VffNetlink.Nftables;

namespace VffQos.DataPlanes;

/// <summary>A table of ours as it should be, without the elements of its maps.</summary>
/// <param name="Family">Its family; its name is ours.</param>
/// <param name="Sets">All its maps.</param>
/// <param name="Chains">All its chains with their rules.</param>
internal sealed record NftLayout(NftFamily Family, IReadOnlyList<NftSet> Sets, IReadOnlyList<NftChainLayout> Chains);
