namespace VffNetlink;

/// <summary>A place in a <see cref="PreparedMessage"/> for an address. An address of the other family does not fit, and is refused.</summary>
public readonly struct AddressSlot
{
    internal AddressSlot(BytesSlot bytes) => Bytes = bytes;

    /// <summary>IPv4 or IPv6; <see cref="InetFamily.Unspecified"/> for the default value, which is a place in no message.</summary>
    public InetFamily Family => Bytes.Length switch
    {
        4 => InetFamily.IPv4,
        16 => InetFamily.IPv6,
        _ => InetFamily.Unspecified,
    };

    internal BytesSlot Bytes { get; }
}
