using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// An element of a set or map, over bytes that live elsewhere: one that came from the kernel is valid until the reader moves on,
/// one to be written as long as the caller's spans.
/// </summary>
public readonly ref struct NftElementView
{
    /// <summary>The key as it stands in the registers; of an interval its start. Empty for the catch-all element.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The last key of an interval of several fields; empty otherwise.</summary>
    public ReadOnlySpan<byte> KeyEnd { get; init; }

    /// <summary>A map's data; empty in a set, and where the data are a verdict or an object.</summary>
    public ReadOnlySpan<byte> Data { get; init; }

    /// <summary>The verdict, in a map of verdicts that is written.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>Flags.</summary>
    public NFT_SET_ELEM Flags { get; init; }

    /// <summary>How long it lives; null: as the set says.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it still lives, as the kernel reported; null where it does not expire.</summary>
    public TimeSpan? Expiration { get; init; }

    /// <summary>What user space keeps with it, at most 256 bytes.</summary>
    public ReadOnlySpan<byte> UserData { get; init; }

    /// <summary>Counters and the like, on an element that is written; null: as the set says.</summary>
    public IReadOnlyList<NftExpression>? Expressions { get; init; }

    /// <summary>All attributes of one that came from the kernel; its verdict and expressions are read by <see cref="ToElement"/>.</summary>
    public AttributeReader<NFTA_SET_ELEM> Attributes { get; init; }

    /// <summary>Bytes that it takes in a list, at most.</summary>
    internal int Room
    {
        get
        {
            var room = 160 + Key.Length + KeyEnd.Length + Data.Length + UserData.Length + (Verdict?.Chain is { } chain ? 4 * chain.Length : 0);
            for (var i = 0; i < (Expressions?.Count ?? 0); i++)
                room += Expressions![i].Room;
            return room;
        }
    }

    /// <summary>A copy that may be kept.</summary>
    /// <exception cref="NetlinkFormatException">What is not read before a copy is made, verdict and expressions, makes no sense.</exception>
    public NftElement ToElement()
    {
        var verdict = Verdict;
        var expressions = Expressions ?? [];
        foreach (var a in Attributes)
        {
            switch (a.Id)
            {
                case NFTA_SET_ELEM.NFTA_SET_ELEM_DATA:
                    verdict = NftData.Read(a.Nested<NFTA_DATA>()).Verdict;
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_EXPR:
                    expressions = [NftExpression.Read(a.Nested<NFTA_EXPR>())];
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_EXPRESSIONS:
                    expressions = NftExpression.ReadList(a.Nested<NFTA_LIST>());
                    break;
            }
        }

        return new NftElement
        {
            Key = Key.ToArray(),
            KeyEnd = KeyEnd.ToArray(),
            Data = Data.ToArray(),
            Verdict = verdict,
            Flags = Flags,
            Timeout = Timeout,
            Expiration = Expiration,
            UserData = UserData.ToArray(),
            Expressions = expressions,
        };
    }

    /// <exception cref="NetlinkFormatException">The attributes make no sense.</exception>
    internal static NftElementView Read(AttributeReader<NFTA_SET_ELEM> attributes)
    {
        ReadOnlySpan<byte> key = default, keyEnd = default, data = default, userData = default;
        var flags = NFT_SET_ELEM.NONE;
        TimeSpan? timeout = null, expiration = null;
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case NFTA_SET_ELEM.NFTA_SET_ELEM_KEY:
                    key = ValueOf(a.Nested<NFTA_DATA>());
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_KEY_END:
                    keyEnd = ValueOf(a.Nested<NFTA_DATA>());
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_DATA:
                    data = ValueOf(a.Nested<NFTA_DATA>());
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_FLAGS:
                    flags = (NFT_SET_ELEM)a.ReadUInt32BigEndian();
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_TIMEOUT:
                    timeout = NftTime.Read(a);
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_EXPIRATION:
                    expiration = NftTime.Read(a);
                    break;
                case NFTA_SET_ELEM.NFTA_SET_ELEM_USERDATA:
                    userData = a.Payload;
                    break;
            }
        }

        return new NftElementView
        {
            Key = key,
            KeyEnd = keyEnd,
            Data = data,
            Flags = flags,
            Timeout = timeout,
            Expiration = expiration,
            UserData = userData,
            Attributes = attributes,
        };
    }

    /// <summary>Puts the element as one entry of a list.</summary>
    /// <param name="list">Inside <c>NFTA_SET_ELEM_LIST_ELEMENTS</c>.</param>
    /// <param name="keyOnly">Only what names it, to get or delete it.</param>
    internal void Put(AttributeWriter<NFTA_LIST> list, bool keyOnly)
    {
        using var element = list.NestFlagged<NFTA_SET_ELEM>(NFTA_LIST.NFTA_LIST_ELEM);
        if (Flags != NFT_SET_ELEM.NONE)
            element.PutBigEndian(NFTA_SET_ELEM.NFTA_SET_ELEM_FLAGS, (uint)Flags);
        if (Timeout is { } timeout && !keyOnly)
            NftTime.Put(element, NFTA_SET_ELEM.NFTA_SET_ELEM_TIMEOUT, timeout);
        if (!Key.IsEmpty)
            PutValue(element, NFTA_SET_ELEM.NFTA_SET_ELEM_KEY, Key);
        if (!KeyEnd.IsEmpty)
            PutValue(element, NFTA_SET_ELEM.NFTA_SET_ELEM_KEY_END, KeyEnd);
        if (keyOnly)
            return;
        if (Verdict is { } verdict)
        {
            using var data = element.NestFlagged<NFTA_DATA>(NFTA_SET_ELEM.NFTA_SET_ELEM_DATA);
            verdict.Put(data, NFTA_DATA.NFTA_DATA_VERDICT);
        }
        else if (!Data.IsEmpty)
        {
            PutValue(element, NFTA_SET_ELEM.NFTA_SET_ELEM_DATA, Data);
        }

        if (UserData.Length > NftUserData.MaximumLength)
            throw new ArgumentException($"User data have at most {NftUserData.MaximumLength} bytes, not {UserData.Length}.");
        if (!UserData.IsEmpty)
            element.Put(NFTA_SET_ELEM.NFTA_SET_ELEM_USERDATA, UserData);
        PutExpressions(element);
    }

    private void PutExpressions(AttributeWriter<NFTA_SET_ELEM> element)
    {
        switch (Expressions)
        {
            case null or []:
                break;
            case [var expression]:
                expression.Put(element, NFTA_SET_ELEM.NFTA_SET_ELEM_EXPR);
                break;
            default:
                using (var list = element.NestFlagged<NFTA_LIST>(NFTA_SET_ELEM.NFTA_SET_ELEM_EXPRESSIONS))
                {
                    for (var i = 0; i < Expressions.Count; i++)
                        Expressions[i].Put(list, NFTA_LIST.NFTA_LIST_ELEM);
                }

                break;
        }
    }

    private static void PutValue(AttributeWriter<NFTA_SET_ELEM> element, NFTA_SET_ELEM id, ReadOnlySpan<byte> value)
    {
        if (value.Length > NftData.MaximumLength)
            throw new ArgumentException($"A value in a register has 1 to {NftData.MaximumLength} bytes, not {value.Length}.", nameof(value));
        using var data = element.NestFlagged<NFTA_DATA>(id);
        data.Put(NFTA_DATA.NFTA_DATA_VALUE, value);
    }

    private static ReadOnlySpan<byte> ValueOf(AttributeReader<NFTA_DATA> attributes) =>
        attributes.TryFind(NFTA_DATA.NFTA_DATA_VALUE, out var value) ? value.Payload : default;
}
