using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// A named set, or with data a map. Declare its <see cref="Size"/>.
/// </summary>
/// <remarks>
/// A set without a declared size is a hash table that is resized while it grows: a dump right after 100,000 elements were added lacks 4 to
/// 20 % of them or has some twice, and the kernel does not tell (NLM_F_DUMP_INTR is not set; <c>nft list</c> shows the same). Whoever
/// has to know counts (<see cref="NftClient.CountElements"/>, <see cref="Count"/>) and compares. With a declared size a dump is right at once,
/// and the set fills almost three times as fast.
/// </remarks>
public sealed record NftSet
{
    private const byte KeyByteOrder = 0;
    private const byte DataByteOrder = 1;
    private const byte DataInterval = 6;

    /// <summary>The table's family.</summary>
    public required NftFamily Family { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>The name, at most 255 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>What its keys are.</summary>
    public required NftDataType KeyType { get; init; }

    /// <summary>Bytes of a key; 0: as its type says.</summary>
    public int KeyLength { get; init; }

    /// <summary>What its data are; null for a set that is no map.</summary>
    public NftDataType? DataType { get; init; }

    /// <summary>Bytes of the data; 0: as their type says.</summary>
    public int DataLength { get; init; }

    /// <summary>Flags; NFT_SET_MAP is what a data type makes it.</summary>
    public NFT_SET Flags { get; init; }

    /// <summary>The most elements that it may have (ENFILE beyond); null: it grows, see above.</summary>
    public uint? Size { get; init; }

    /// <summary>What the kernel looks at when it chooses how to store it; null: its default, speed.</summary>
    public NFT_SET_POL? Policy { get; init; }

    /// <summary>How long an element lives unless it says otherwise, with NFT_SET_TIMEOUT; null: for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often expired elements are removed, with NFT_SET_TIMEOUT; null: as the kernel does by itself.</summary>
    public TimeSpan? GarbageInterval { get; init; }

    /// <summary>What every new element gets, such as a counter.</summary>
    public IReadOnlyList<NftExpression> Expressions { get; init; } = [];

    /// <summary>
    /// What user space keeps with it. The entries by which <c>nft list</c> knows the byte order of keys and data are added when it is written,
    /// unless they are there.
    /// </summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment that <c>nft list</c> shows; null where there is none. Part of <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.GetString(NftUserData.SetCommentType);
        init => UserData = UserData.WithString(NftUserData.SetCommentType, value);
    }

    /// <summary>The kernel's number of it; 0 on one that was not read from the kernel.</summary>
    public ulong Handle { get; init; }

    /// <summary>Its elements when it was read; null where the kernel does not tell (before Linux 6.16).</summary>
    public uint? Count { get; init; }

    /// <summary>All attributes as the kernel sent them, for those that this library does not know; a walk with <c>AttributeReader&lt;NFTA_SET&gt;</c> finds them.</summary>
    public ReadOnlyMemory<byte> Attributes { get; init; }

    /// <summary>What its elements are addressed by.</summary>
    public NftSetName FullName => new(Family, Table, Name);

    /// <summary>Bytes that its message takes, at most.</summary>
    internal int Room
    {
        get
        {
            var room = 2048;
            for (var i = 0; i < Expressions.Count; i++)
                room += Expressions[i].Room;
            return room;
        }
    }

    private int EffectiveKeyLength => KeyLength != 0 ? KeyLength : KeyType.Length;

    private int EffectiveDataLength => DataLength != 0 ? DataLength : DataType?.Length ?? 0;

    private NFT_SET EffectiveFlags => DataType is null ? Flags : Flags | NFT_SET.NFT_SET_MAP;

    /// <summary>Reads a set out of an <c>NFT_MSG_NEWSET</c> or <c>NFT_MSG_DELSET</c>.</summary>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static NftSet Read(scoped in NetlinkMessage message)
    {
        var family = message.ReadHeader<nfgenmsg>().nfgen_family;
        var attributes = message.Attributes<nfgenmsg, NFTA_SET>();
        var set = new NftSet { Family = (NftFamily)family, Table = "", Name = "", KeyType = default, Attributes = attributes.Rest.ToArray() };
        foreach (var a in attributes)
        {
            set = a.Id switch
            {
                NFTA_SET.NFTA_SET_TABLE => set with { Table = a.ReadString() },
                NFTA_SET.NFTA_SET_NAME => set with { Name = a.ReadString() },
                NFTA_SET.NFTA_SET_FLAGS => set with { Flags = (NFT_SET)a.ReadUInt32BigEndian() },
                NFTA_SET.NFTA_SET_KEY_TYPE => set with { KeyType = new NftDataType(a.ReadUInt32BigEndian()) },
                NFTA_SET.NFTA_SET_KEY_LEN => set with { KeyLength = ReadLength(a) },
                NFTA_SET.NFTA_SET_DATA_TYPE => set with { DataType = new NftDataType(a.ReadUInt32BigEndian()) },
                NFTA_SET.NFTA_SET_DATA_LEN => set with { DataLength = ReadLength(a) },
                NFTA_SET.NFTA_SET_POLICY => set with { Policy = (NFT_SET_POL)a.ReadUInt32BigEndian() },
                NFTA_SET.NFTA_SET_DESC => set with { Size = ReadSize(a.Nested<NFTA_SET_DESC>()) },
                NFTA_SET.NFTA_SET_TIMEOUT => set with { Timeout = NftTime.Read(a) },
                NFTA_SET.NFTA_SET_GC_INTERVAL => set with { GarbageInterval = TimeSpan.FromMilliseconds(a.ReadUInt32BigEndian()) },
                NFTA_SET.NFTA_SET_USERDATA => set with { UserData = NftUserData.Read(a) },
                NFTA_SET.NFTA_SET_HANDLE => set with { Handle = a.ReadUInt64BigEndian() },
                NFTA_SET.NFTA_SET_EXPR => set with { Expressions = [NftExpression.Read(a.Nested<NFTA_EXPR>())] },
                NFTA_SET.NFTA_SET_EXPRESSIONS => set with { Expressions = NftExpression.ReadList(a.Nested<NFTA_LIST>()) },
                NFTA_SET.NFTA_SET_COUNT => set with { Count = a.ReadUInt32BigEndian() },
                _ => set,
            };
        }

        return set;
    }

    /// <summary>Puts what makes this set.</summary>
    /// <param name="message">Empty so far.</param>
    /// <param name="id">A number of its own within its transaction (NFTA_SET_ID), which the kernel insists on.</param>
    /// <exception cref="ArgumentException">A name is none, or the length of keys or data is not known.</exception>
    public void Write(MessageWriter message, uint id)
    {
        var attributes = message.PutHeader<nfgenmsg, NFTA_SET>(new nfgenmsg { nfgen_family = (byte)Family });
        NftName.Put(attributes, NFTA_SET.NFTA_SET_TABLE, Table, "table");
        NftName.Put(attributes, NFTA_SET.NFTA_SET_NAME, Name, "set");
        attributes.PutBigEndian(NFTA_SET.NFTA_SET_FLAGS, (uint)EffectiveFlags);
        attributes.PutBigEndian(NFTA_SET.NFTA_SET_KEY_TYPE, KeyType.Number);
        attributes.PutBigEndian(NFTA_SET.NFTA_SET_KEY_LEN, Known(EffectiveKeyLength, KeyType));
        if (DataType is { } data)
        {
            attributes.PutBigEndian(NFTA_SET.NFTA_SET_DATA_TYPE, data.Number);
            attributes.PutBigEndian(NFTA_SET.NFTA_SET_DATA_LEN, data == NftDataType.Verdict ? 0 : Known(EffectiveDataLength, data));
        }

        attributes.PutBigEndian(NFTA_SET.NFTA_SET_ID, id);
        if (Policy is { } policy)
            attributes.PutBigEndian(NFTA_SET.NFTA_SET_POLICY, (uint)policy);
        PutDescription(attributes);
        if (Timeout is { } timeout)
            NftTime.Put(attributes, NFTA_SET.NFTA_SET_TIMEOUT, timeout);
        if (GarbageInterval is { } interval)
            attributes.PutBigEndian(NFTA_SET.NFTA_SET_GC_INTERVAL, checked((uint)interval.TotalMilliseconds));
        PutUserData(attributes);
        if (Expressions.Count == 1)
            Expressions[0].Put(attributes, NFTA_SET.NFTA_SET_EXPR);
        else if (Expressions.Count > 1)
            PutExpressions(attributes);
    }

    /// <summary>Whether both are the same definition, whatever the kernel added and whatever elements they have.</summary>
    /// <exception cref="NetlinkFormatException">An expression that was read makes no sense.</exception>
    public bool Matches(NftSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FullName == other.FullName && KeyType == other.KeyType && DataType == other.DataType
            && EffectiveKeyLength == other.EffectiveKeyLength && (DataType == NftDataType.Verdict || EffectiveDataLength == other.EffectiveDataLength)
            && EffectiveFlags == other.EffectiveFlags && Size == other.Size && Comment == other.Comment
            && (Policy ?? NFT_SET_POL.NFT_SET_POL_PERFORMANCE) == (other.Policy ?? NFT_SET_POL.NFT_SET_POL_PERFORMANCE)
            && Timeout == other.Timeout
            && Expressions.Count == other.Expressions.Count && Expressions.Zip(other.Expressions).All(static pair => pair.First.Matches(pair.Second));
    }

    private static uint Known(int length, NftDataType type) => length > 0
        ? (uint)length
        : throw new ArgumentException($"How many bytes a value of type {type} has is not known: say so in the set.");

    private static int ReadLength(scoped in NetlinkAttribute<NFTA_SET> attribute) =>
        attribute.ReadUInt32BigEndian() is <= NftData.MaximumLength and var length
            ? (int)length
            : throw new NetlinkFormatException($"Attribute {attribute.Id} says {attribute.ReadUInt32BigEndian()} bytes; {NftData.MaximumLength} is the most.");

    private static uint? ReadSize(AttributeReader<NFTA_SET_DESC> attributes) =>
        attributes.TryFind(NFTA_SET_DESC.NFTA_SET_DESC_SIZE, out var size) ? size.ReadUInt32BigEndian() : null;

    private void PutDescription(AttributeWriter<NFTA_SET> attributes)
    {
        var isConcatenation = (Flags & NFT_SET.NFT_SET_CONCAT) != 0;
        if (Size is null && !isConcatenation)
            return;
        using var description = attributes.NestFlagged<NFTA_SET_DESC>(NFTA_SET.NFTA_SET_DESC);
        if (Size is { } size)
            description.PutBigEndian(NFTA_SET_DESC.NFTA_SET_DESC_SIZE, size);
        if (!isConcatenation)
            return;
        using var fields = description.NestFlagged<NFTA_LIST>(NFTA_SET_DESC.NFTA_SET_DESC_CONCAT);
        for (var rest = KeyType; rest.Number != 0; rest = rest.WithoutFirst())
        {
            using var field = fields.NestFlagged<NFTA_SET_FIELD>(NFTA_LIST.NFTA_LIST_ELEM);
            field.PutBigEndian(NFTA_SET_FIELD.NFTA_SET_FIELD_LEN, Known(rest.First().Length, rest.First()));
        }
    }

    private void PutExpressions(AttributeWriter<NFTA_SET> attributes)
    {
        using var list = attributes.NestFlagged<NFTA_LIST>(NFTA_SET.NFTA_SET_EXPRESSIONS);
        for (var i = 0; i < Expressions.Count; i++)
            Expressions[i].Put(list, NFTA_LIST.NFTA_LIST_ELEM);
    }

    private void PutUserData(AttributeWriter<NFTA_SET> attributes)
    {
        if (UserData.TryGet(KeyByteOrder, out _))
        {
            UserData.Put(attributes, NFTA_SET.NFTA_SET_USERDATA);
            return;
        }

        Span<byte> buffer = stackalloc byte[2 * NftUserData.MaximumLength];
        var rest = PutNumber(buffer, KeyByteOrder, KeyType.ByteOrderNumber);
        if (DataType is { } data)
        {
            rest = PutNumber(rest, DataByteOrder, data.ByteOrderNumber);
            rest = PutNumber(rest, DataInterval, 0);
        }

        UserData.Bytes.CopyTo(rest);
        attributes.Put(NFTA_SET.NFTA_SET_USERDATA, buffer[..(buffer.Length - rest.Length + UserData.Bytes.Length)]);
    }

    private static Span<byte> PutNumber(Span<byte> destination, byte type, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(bytes, value);
        return NftUserData.Put(destination, type, bytes);
    }
}
