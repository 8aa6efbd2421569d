using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftClient
{
    /// <summary>Walks all elements of a set. Allocates nothing per element.</summary>
    /// <param name="set">The set. One without a declared size may be resizing: see <see cref="NftSet"/>.</param>
    /// <param name="visitor">Where they go.</param>
    /// <param name="error">ENOENT where there is no such set or table; EINTR where the ruleset changed meanwhile: what was visited may lack elements or have some twice.</param>
    /// <returns>Whether every element was visited once, as far as the kernel tells.</returns>
    /// <exception cref="NetlinkException">Replies were lost (ENOBUFS), or the socket failed.</exception>
    /// <exception cref="NetlinkFormatException">The answer makes no sense.</exception>
    public bool TryVisitElements<TVisitor>(in NftSetName set, ref TVisitor visitor, out NetlinkError error)
        where TVisitor : struct, INftElementVisitor, allows ref struct
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETSETELEM, dump: true);
        NftElementList.PutName(message, set);
        return TryVisit(message.Message, ref visitor, out error);
    }

    /// <summary>Looks one element up.</summary>
    /// <param name="set">The set.</param>
    /// <param name="key">As it stands in the registers.</param>
    /// <param name="visitor">Where the element goes; it is called once, or not at all.</param>
    /// <param name="error">ENOENT where there is no such element, set or table.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    /// <exception cref="NetlinkFormatException">The answer makes no sense.</exception>
    public bool TryVisitElement<TVisitor>(in NftSetName set, scoped ReadOnlySpan<byte> key, ref TVisitor visitor, out NetlinkError error)
        where TVisitor : struct, INftElementVisitor, allows ref struct
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETSETELEM, dump: false);
        PutKey(NftElementList.PutName(message, set), key);
        return TryVisit(message.Message, ref visitor, out error);
    }

    /// <summary>All elements of a set, as copies.</summary>
    /// <param name="set">The set. One without a declared size may be resizing: see <see cref="NftSet"/>.</param>
    /// <exception cref="NetlinkException">There is no such set (ENOENT), the kernel refused, or the ruleset changed during each of several dumps (EINTR).</exception>
    public IReadOnlyList<NftElement> GetElements(in NftSetName set)
    {
        var copies = new Copies { List = [] };
        DumpElements(set, ref copies);
        return copies.List;
    }

    /// <summary>One element, as a copy; null where there is none, or no such set or table.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftElement? FindElement(in NftSetName set, scoped ReadOnlySpan<byte> key)
    {
        var copies = new Copies { List = [] };
        if (TryVisitElement(set, key, ref copies, out var error))
            return copies.List.Count > 0 ? copies.List[0] : null;
        return error.Number == Errno.ENOENT ? null : throw new NetlinkException(error, $"{nameof(NFT_MSG.NFT_MSG_GETSETELEM)} {set}");
    }

    /// <summary>Counts the elements of a set by walking them: to compare with what should be there, or with <see cref="NftSet.Count"/>.</summary>
    /// <exception cref="NetlinkException">There is no such set (ENOENT), the kernel refused, or the ruleset changed during each of several dumps (EINTR).</exception>
    public int CountElements(in NftSetName set)
    {
        var counter = default(Counter);
        DumpElements(set, ref counter);
        return counter.Count;
    }

    private static void PutKey(AttributeWriter<NFTA_SET_ELEM_LIST> attributes, ReadOnlySpan<byte> key)
    {
        using var list = attributes.NestFlagged<NFTA_LIST>(NFTA_SET_ELEM_LIST.NFTA_SET_ELEM_LIST_ELEMENTS);
        new NftElementView { Key = key }.Put(list, keyOnly: true);
    }

    private bool TryVisit<TVisitor>(scoped ReadOnlySpan<byte> request, ref TVisitor visitor, out NetlinkError error)
        where TVisitor : struct, INftElementVisitor, allows ref struct
    {
        using var replies = _socket.Exchange(request, NftSpaces.Elements, _limit);
        while (replies.MoveNext())
        {
            foreach (var element in new NftElementReader(replies.Current))
                visitor.Visit(element);
        }

        error = replies.Outcome;
        return error.IsSuccess;
    }

    private void DumpElements<TSink>(in NftSetName set, ref TSink sink)
        where TSink : struct, IDumpSink
    {
        Span<byte> buffer = stackalloc byte[RequestRoom];
        var message = BeginGet(buffer, NFT_MSG.NFT_MSG_GETSETELEM, dump: true);
        NftElementList.PutName(message, set);
        _socket.Dump(message.Message, NftSpaces.Elements, $"{nameof(NFT_MSG.NFT_MSG_GETSETELEM)} {set}", ref sink, limit: _limit);
    }

    private readonly struct Copies : INftElementVisitor, IDumpSink
    {
        public required List<NftElement> List { get; init; }

        public void Begin() => List.Clear();

        public void Take(scoped in NetlinkMessage message)
        {
            foreach (var element in new NftElementReader(message))
                Visit(element);
        }

        public void Visit(scoped in NftElementView element) => List.Add(element.ToElement());
    }

    private struct Counter : IDumpSink
    {
        public int Count { get; private set; }

        public void Begin() => Count = 0;

        public void Take(scoped in NetlinkMessage message)
        {
            foreach (var _ in new NftElementReader(message))
                Count++;
        }
    }
}
