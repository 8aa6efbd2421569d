using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// Walks the elements of one <c>NFT_MSG_NEWSETELEM</c> or <c>NFT_MSG_DELSETELEM</c>: <c>foreach (var element in new NftElementReader(message))</c>.
/// Allocates nothing.
/// </summary>
public ref struct NftElementReader
{
    private AttributeReader<NFTA_LIST> _list;

    /// <summary>Reads from the start of a message.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public NftElementReader(NetlinkMessage message)
    {
        if (message.Attributes<nfgenmsg, NFTA_SET_ELEM_LIST>().TryFind(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS, out var elements))
            _list = elements.Nested<NFTA_LIST>();
    }

    /// <summary>The element that <see cref="MoveNext"/> came to.</summary>
    public NftElementView Current { get; private set; }

    /// <summary>This reader, for <c>foreach</c>.</summary>
    public readonly NftElementReader GetEnumerator() => this;

    /// <summary>Goes to the next element; false at the end.</summary>
    /// <exception cref="NetlinkFormatException">The bytes make no sense.</exception>
    public bool MoveNext()
    {
        if (!_list.MoveNext())
            return false;
        // Whatever the entries are numbered by, and nft numbers them one by one, they are elements.
        Current = NftElementView.Read(_list.Current.Nested<NFTA_SET_ELEM>());
        return true;
    }
}
