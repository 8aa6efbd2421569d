using System.Runtime.CompilerServices;

namespace VffNetlink;

/// <summary>
/// Where each attribute of a message or nest is, found in one walk: views answer from it without walking again. The last of several
/// with one id counts, as with the kernel.
/// </summary>
internal readonly ref struct AttributeIndex<TAttr>
    where TAttr : unmanaged, Enum
{
    private readonly ReadOnlySpan<byte> _attributes;
    private readonly Places _places;

    /// <exception cref="NetlinkFormatException">A length is wrong.</exception>
    public AttributeIndex(ReadOnlySpan<byte> attributes)
    {
        _attributes = attributes;
        var reader = new AttributeReader<TAttr>(attributes);
        // Attributes start at multiples of 4, so that their place fits into 16 bits; 0 is none.
        for (var at = 0; reader.MoveNext(); at = attributes.Length - reader.Rest.Length)
        {
            var id = reader.Current.Type;
            if (at / 4 >= ushort.MaxValue)
                Throw.Format($"{attributes.Length} bytes of attributes are more than any kernel sends.");
            if (id < Places.Length)
                _places[id] = (ushort)((at / 4) + 1);
        }
    }

    /// <summary>All of them, as they came.</summary>
    public AttributeReader<TAttr> All => new(_attributes);

    /// <summary>A mask of ids, for <see cref="Others"/>.</summary>
    public static UInt128 MaskOf(params ReadOnlySpan<TAttr> ids)
    {
        UInt128 mask = 0;
        foreach (var id in ids)
            mask |= UInt128.One << Unsafe.BitCast<TAttr, ushort>(id);
        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(TAttr id) => _places[Unsafe.BitCast<TAttr, ushort>(id)] != 0;

    public bool TryGet(TAttr id, out NetlinkAttribute<TAttr> attribute)
    {
        var place = _places[Unsafe.BitCast<TAttr, ushort>(id)];
        if (place == 0)
        {
            attribute = default;
            return false;
        }

        var reader = new AttributeReader<TAttr>(_attributes[((place - 1) * 4)..]);
        reader.MoveNext();
        attribute = reader.Current;
        return true;
    }

    public byte? Byte(TAttr id) => TryGet(id, out var a) ? a.ReadByte() : null;

    public bool? Bool(TAttr id) => TryGet(id, out var a) ? a.ReadByte() != 0 : null;

    public ushort? UInt16(TAttr id) => TryGet(id, out var a) ? a.ReadUInt16() : null;

    public ushort? UInt16BigEndian(TAttr id) => TryGet(id, out var a) ? a.ReadUInt16BigEndian() : null;

    public uint? UInt32BigEndian(TAttr id) => TryGet(id, out var a) ? a.ReadUInt32BigEndian() : null;

    public ulong? UInt64BigEndian(TAttr id) => TryGet(id, out var a) ? a.ReadUInt64BigEndian() : null;

    public uint? UInt32(TAttr id) => TryGet(id, out var a) ? a.ReadUInt32() : null;

    public int? Int32(TAttr id) => TryGet(id, out var a) ? a.ReadInt32() : null;

    public ulong? UInt64(TAttr id) => TryGet(id, out var a) ? a.ReadUInt64() : null;

    public ReadOnlySpan<byte> Payload(TAttr id) => TryGet(id, out var a) ? a.Payload : default;

    public ReadOnlySpan<byte> Utf8(TAttr id) => TryGet(id, out var a) ? a.ReadUtf8() : default;

    public string? Text(TAttr id) => TryGet(id, out var a) ? a.ReadString() : null;

    /// <summary>The default value where there is none, or none of IPv4 or IPv6.</summary>
    public InetAddress Address(TAttr id) => TryGet(id, out var a) && InetAddress.TryRead(a.Payload, out var address) ? address : default;

    /// <param name="id">The attribute.</param>
    /// <param name="minimum">The length that every kernel sends; 0: the whole struct.</param>
    public T? Struct<T>(TAttr id, int minimum = 0)
        where T : unmanaged => TryGet(id, out var a) ? a.ReadStruct<T>(minimum) : null;

    /// <summary>Copies all attributes but those of a mask.</summary>
    public RawAttributes Others(UInt128 known)
    {
        var others = default(RawAttributes);
        foreach (var a in All)
        {
            if (a.Type >= Places.Length || (known >> a.Type & 1) == 0)
                others = others.With(a);
        }

        return others;
    }

    [InlineArray(Length)]
    private struct Places
    {
        public const int Length = 128;

        private ushort _first;
    }
}
