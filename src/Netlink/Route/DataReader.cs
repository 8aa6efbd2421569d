namespace VffNetlink.Route;

/// <summary>
/// The attributes of a nest, which remember what was asked of them: all others are kept (<see cref="Others"/>), without a list of those that
/// are known.
/// </summary>
internal ref struct DataReader<TAttr>
    where TAttr : unmanaged, Enum
{
    private readonly AttributeIndex<TAttr> _index;
    private UInt128 _asked;

    /// <exception cref="NetlinkFormatException">A length is wrong.</exception>
    public DataReader(ReadOnlySpan<byte> attributes) => _index = new AttributeIndex<TAttr>(attributes);

    public bool Has(TAttr id) => _index.Has(Ask(id));

    public bool TryGet(TAttr id, out NetlinkAttribute<TAttr> attribute) => _index.TryGet(Ask(id), out attribute);

    public byte? Byte(TAttr id) => _index.Byte(Ask(id));

    public bool? Bool(TAttr id) => _index.Bool(Ask(id));

    public ushort? UInt16(TAttr id) => _index.UInt16(Ask(id));

    public ushort? UInt16BigEndian(TAttr id) => _index.UInt16BigEndian(Ask(id));

    public uint? UInt32(TAttr id) => _index.UInt32(Ask(id));

    public uint? UInt32BigEndian(TAttr id) => _index.UInt32BigEndian(Ask(id));

    public int? Int32(TAttr id) => _index.Int32(Ask(id));

    public ulong? UInt64(TAttr id) => _index.UInt64(Ask(id));

    public ulong? UInt64BigEndian(TAttr id) => _index.UInt64BigEndian(Ask(id));

    public string? Text(TAttr id) => _index.Text(Ask(id));

    public InetAddress Address(TAttr id) => _index.Address(Ask(id));

    public LinkLayerAddress LinkAddress(TAttr id) => LinkLayerAddress.Of(_index.Payload(Ask(id)));

    public RawAttributes Nest(TAttr id) => new(_index.Payload(Ask(id)));

    public T? Struct<T>(TAttr id)
        where T : unmanaged => _index.Struct<T>(Ask(id));

    /// <summary>Copies what nobody asked for.</summary>
    /// <param name="padding">What is left out, too: it says nothing.</param>
    public readonly RawAttributes Others(params ReadOnlySpan<TAttr> padding) => _index.Others(_asked | AttributeIndex<TAttr>.MaskOf(padding));

    private TAttr Ask(TAttr id)
    {
        _asked |= AttributeIndex<TAttr>.MaskOf(id);
        return id;
    }
}
