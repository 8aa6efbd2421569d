using System.Buffers.Binary;

namespace VffNetlink.Tc;

/// <summary>
/// A view of a message about a filter, valid until the datagram's buffer is used again. <see cref="TcFilter"/> is a copy to keep.
/// </summary>
public readonly ref struct FilterView
{
    private readonly TcObject _object;

    /// <summary>Reads a reply or notification whose type is one of <c>RTM_NEWTFILTER</c> and <c>RTM_DELTFILTER</c>.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public FilterView(scoped in NetlinkMessage message) => _object = new TcObject(message);

    /// <summary>The link.</summary>
    public int IfIndex => _object.Header.tcm_ifindex;

    /// <summary>What it classifies for.</summary>
    public TcHandle Parent => new(_object.Header.tcm_parent);

    /// <summary>Its handle; what it means is the kind's business.</summary>
    public uint Handle => _object.Header.tcm_handle;

    /// <summary>Lower ones are asked first.</summary>
    public ushort Priority => (ushort)(_object.Header.tcm_info >> 16);

    /// <summary>The packets that it looks at.</summary>
    public FilterProtocol Protocol => (FilterProtocol)(BitConverter.IsLittleEndian
        ? BinaryPrimitives.ReverseEndianness((ushort)_object.Header.tcm_info)
        : (ushort)_object.Header.tcm_info);

    /// <summary>The list of filters that it is in.</summary>
    public uint Chain => _object.Chain;

    /// <summary>What names it.</summary>
    public FilterKey Key => new(IfIndex, Parent, Priority, Protocol, Handle) { Chain = Chain };

    /// <summary>
    /// Whether this is the head of a priority and no filter: a dump tells of each priority once before it tells of the filters in it.
    /// </summary>
    public bool IsHead => Handle == 0 && !HasOptions;

    /// <summary>The kind's name, such as <c>fw</c>.</summary>
    public ReadOnlySpan<byte> Kind => _object.Kind;

    /// <summary>The payload of <c>TCA_OPTIONS</c>; what it says is the kind's business.</summary>
    public ReadOnlySpan<byte> Options => _object.Options;

    /// <summary>Whether there was a <c>TCA_OPTIONS</c>, be it an empty one.</summary>
    public bool HasOptions => _object.HasOptions;

    /// <summary>The options; false for a head, for another kind, and where they say something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T options)
        where T : struct, IFilterKind<T>
    {
        options = default;
        return HasOptions && _object.TryRead(out options);
    }

    /// <summary>A copy to keep, and to write back.</summary>
    public TcFilter ToRecord() => new(this);

    /// <summary>The options as they are, copied.</summary>
    internal RawOptions ToRaw() => _object.ToRaw();
}
