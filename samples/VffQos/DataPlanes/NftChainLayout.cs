using VffNetlink.Nftables;

namespace VffQos.DataPlanes;

/// <summary>A chain as it should be.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Rules">All its rules in order.</param>
/// <param name="Texts">The rules in nft's notation.</param>
internal sealed record NftChainLayout(NftChain Chain, IReadOnlyList<NftRule> Rules, IReadOnlyList<string> Texts);
