using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// A list of elements on its way into a transaction. An attribute holds at most 65,535 bytes, so a long list becomes several messages
/// of the same transaction. <see cref="End"/> it before the transaction goes on; one that was not ended spoils it.
/// </summary>
/// <remarks>
/// <code>
/// var elements = transaction.AddElements(set);
/// foreach (…)
///     elements.Add(new NftElementView { Key = …, Data = … });
/// elements.End();
/// </code>
/// </remarks>
public ref struct NftElementList
{
    /// <summary>Room for a message: names, a list as long as an attribute may be.</summary>
    private const int MessageRoom = 2048 + ushort.MaxValue;

    private readonly NftTransaction _transaction;
    private readonly NftSetName _set;
    private readonly NFT_MSG _type;
    private readonly NLM_F _flags;
    private MessageWriter _message;
    private AttributeWriter<NFTA_LIST> _list;
    private int _start;
    private bool _open;
    private bool _broken;

    internal NftElementList(NftTransaction transaction, in NftSetName set, NFT_MSG type, NLM_F flags)
    {
        _transaction = transaction;
        _set = set;
        _type = type;
        _flags = flags;
    }

    /// <summary>Elements in it so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an element to the list.</summary>
    /// <exception cref="ArgumentException">A value in it is too long. The transaction is spoiled.</exception>
    /// <exception cref="InvalidOperationException">The transaction has another message half built, or the list another element.</exception>
    public void Add(scoped NftElementView element)
    {
        ThrowIfBroken();
        if (_open && _message.Length - _start + element.Room > ushort.MaxValue)
            End();
        if (!_open)
            Open();
        _broken = true;
        element.Put(_list, keyOnly: _type == NFT_MSG.NFT_MSG_DELSETELEM);
        _broken = false;
        Count++;
    }

    /// <summary>Takes the list into the transaction; an empty one is nothing.</summary>
    /// <exception cref="InvalidOperationException">An element of it could not be built.</exception>
    public void End()
    {
        if (!_open)
            return;
        ThrowIfBroken();
        _list.Dispose();
        _transaction.Commit(_message);
        _open = false;
    }

    /// <summary>Which element of a message an offset lies in; -1 where it lies in none.</summary>
    internal static int IndexAt(ReadOnlySpan<byte> message, int offset)
    {
        var type = (NFT_MSG)message[4];
        if (type is not (NFT_MSG.NFT_MSG_NEWSETELEM or NFT_MSG.NFT_MSG_DELSETELEM))
            return -1;
        if (!new AttributeReader<NFTA_SET_ELEM_LIST>(message[20..]).TryFind(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS, out var elements))
            return -1;
        var index = 0;
        foreach (var element in elements.Nested<NFTA_LIST>())
        {
            // Each entry's header is the four bytes before its payload.
            message.Overlaps(element.Payload, out var start);
            if (offset >= start - 4 && offset < start + element.Payload.Length)
                return index;
            index++;
        }

        return -1;
    }

    /// <summary>Puts what names a set in front of its elements.</summary>
    internal static AttributeWriter<NFTA_SET_ELEM_LIST> PutName(MessageWriter message, scoped in NftSetName set)
    {
        var attributes = message.PutHeader<nfgenmsg, NFTA_SET_ELEM_LIST>(new nfgenmsg { nfgen_family = (byte)set.Family });
        NftName.Put(attributes, NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_TABLE, set.Table, "table");
        NftName.Put(attributes, NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_SET, set.Name, "set");
        return attributes;
    }

    private readonly void ThrowIfBroken()
    {
        if (_broken)
            throw new InvalidOperationException($"Element number {Count} of the list could not be built. Clear the transaction.");
    }

    private void Open()
    {
        _message = _transaction.Begin(_type, _flags, MessageRoom);
        _list = PutName(_message, _set).NestFlagged<NFTA_LIST>(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS);
        _start = _message.Length;
        _open = true;
    }
}
