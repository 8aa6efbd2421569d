using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftTransaction
{
    /// <summary>Makes a set or map; one that is there already must be the same (EEXIST).</summary>
    public void Add(NftSet set) => Put(set, NLM_F.NLM_F_CREATE);

    /// <summary>Makes a set or map that must not be there yet (EEXIST).</summary>
    public void Create(NftSet set) => Put(set, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);

    /// <summary>Deletes a set with its elements; rules that use it must be gone (EBUSY).</summary>
    public void DeleteSet(in NftSetName set)
    {
        var message = Begin(NFT_MSG.NFT_MSG_DELSET, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, NFTA_SET>(new nfgenmsg { nfgen_family = (byte)set.Family });
        NftName.Put(attributes, NFTA_SET.NFTA_SET_TABLE, set.Table, "table");
        NftName.Put(attributes, NFTA_SET.NFTA_SET_NAME, set.Name, "set");
        Commit(message);
    }

    /// <summary>Deletes all elements of a set.</summary>
    public void FlushSet(in NftSetName set)
    {
        var message = Begin(NFT_MSG.NFT_MSG_DELSETELEM, NLM_F.NONE);
        NftElementList.PutName(message, set);
        Commit(message);
    }

    private void Put(NftSet set, NLM_F flags)
    {
        var message = Begin(NFT_MSG.NFT_MSG_NEWSET, flags, set?.Room ?? MessageRoom);
        ArgumentNullException.ThrowIfNull(set);
        set.Write(message, ++_lastSetId);
        Commit(message);
    }
}
