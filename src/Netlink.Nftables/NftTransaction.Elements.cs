using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftTransaction
{
    /// <summary>
    /// Adds an element, in a message of its own. One with the same key and data may be there already, and then stays as it is, user data
    /// included; with other data it is EBUSY on some kernels and EEXIST on others. To put an element in the place of another, delete that one first, in the
    /// same transaction.
    /// </summary>
    public void AddElement(in NftSetName set, scoped in NftElementView element) =>
        PutElement(set, element, NFT_MSG.NFT_MSG_NEWSETELEM, NLM_F.NLM_F_CREATE);

    /// <summary>Adds an element whose key must not be there yet (EEXIST), in a message of its own.</summary>
    public void CreateElement(in NftSetName set, scoped in NftElementView element) =>
        PutElement(set, element, NFT_MSG.NFT_MSG_NEWSETELEM, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);

    /// <summary>Deletes the element with this key (ENOENT where there is none), in a message of its own.</summary>
    public void DeleteElement(in NftSetName set, scoped ReadOnlySpan<byte> key) =>
        PutElement(set, new NftElementView { Key = key }, NFT_MSG.NFT_MSG_DELSETELEM, NLM_F.NONE);

    /// <summary>Starts a list of elements to add, like <see cref="AddElement"/>, many in a message.</summary>
    public NftElementList AddElements(in NftSetName set) => new(this, set, NFT_MSG.NFT_MSG_NEWSETELEM, NLM_F.NLM_F_CREATE);

    /// <summary>Starts a list of elements to add whose keys must not be there yet, many in a message.</summary>
    public NftElementList CreateElements(in NftSetName set) => new(this, set, NFT_MSG.NFT_MSG_NEWSETELEM, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);

    /// <summary>Starts a list of elements to delete, many in a message; of each, what names it counts.</summary>
    public NftElementList DeleteElements(in NftSetName set) => new(this, set, NFT_MSG.NFT_MSG_DELSETELEM, NLM_F.NONE);

    private void PutElement(in NftSetName set, scoped in NftElementView element, NFT_MSG type, NLM_F flags)
    {
        var message = Begin(type, flags, 2048 + element.Room);
        var attributes = NftElementList.PutName(message, set);
        using (var list = attributes.NestFlagged<NFTA_LIST>(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS))
        {
            element.Put(list, keyOnly: type == NFT_MSG.NFT_MSG_DELSETELEM);
        }

        Commit(message);
    }
}
