using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftTransaction
{
    /// <summary>Makes a table; one that is there already is kept, and takes over the flags.</summary>
    public void Add(NftTable table) => Put(table, NLM_F.NONE);

    /// <summary>Makes a table that must not be there yet (EEXIST).</summary>
    public void Create(NftTable table) => Put(table, NLM_F.NLM_F_EXCL);

    /// <summary>Deletes a table with all that is in it (ENOENT where there is none).</summary>
    public void DeleteTable(NftFamily family, string name) => PutTableName(NFT_MSG.NFT_MSG_DELTABLE, family, name);

    /// <summary>
    /// Deletes a table with all that is in it, where there is one: the table is made, which changes nothing where it is there, and
    /// deleted. (NFT_MSG_DESTROYTABLE would do it in one message, from Linux 6.3 on.)
    /// </summary>
    public void RemoveTable(NftFamily family, string name)
    {
        PutTableName(NFT_MSG.NFT_MSG_NEWTABLE, family, name);
        PutTableName(NFT_MSG.NFT_MSG_DELTABLE, family, name);
    }

    private void Put(NftTable table, NLM_F flags)
    {
        var message = Begin(NFT_MSG.NFT_MSG_NEWTABLE, flags);
        ArgumentNullException.ThrowIfNull(table);
        table.Write(message);
        Commit(message);
    }

    private void PutTableName(NFT_MSG type, NftFamily family, string name)
    {
        var message = Begin(type, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, NFTA_TABLE>(new nfgenmsg { nfgen_family = (byte)family });
        NftName.Put(attributes, NFTA_TABLE.NFTA_TABLE_NAME, name, "table");
        Commit(message);
    }
}
