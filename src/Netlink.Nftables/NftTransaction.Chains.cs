using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftTransaction
{
    /// <summary>Makes a chain; of one that is there already policy and devices change (another hook: EEXIST).</summary>
    public void Add(NftChain chain) => Put(chain, NLM_F.NLM_F_CREATE);

    /// <summary>Makes a chain that must not be there yet (EEXIST).</summary>
    public void Create(NftChain chain) => Put(chain, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);

    /// <summary>Deletes a chain with its rules; jumps to it must be gone (EBUSY).</summary>
    public void DeleteChain(NftFamily family, string table, string name)
    {
        var message = Begin(NFT_MSG.NFT_MSG_DELCHAIN, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, NFTA_CHAIN>(new nfgenmsg { nfgen_family = (byte)family });
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_TABLE, table, "table");
        NftName.Put(attributes, NFTA_CHAIN.NFTA_CHAIN_NAME, name, "chain");
        Commit(message);
    }

    private void Put(NftChain chain, NLM_F flags)
    {
        var message = Begin(NFT_MSG.NFT_MSG_NEWCHAIN, flags, chain?.Room ?? MessageRoom);
        ArgumentNullException.ThrowIfNull(chain);
        chain.Write(message);
        Commit(message);
    }
}
