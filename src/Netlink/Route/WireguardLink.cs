using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A WireGuard tunnel. Its keys and peers are set through the generic family of the same name.</summary>
public readonly record struct WireguardLink : ILinkKind<WireguardLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "wireguard"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => null;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 4 + Data.Span.Length;

    /// <summary>The kind's attributes as they are.</summary>
    public RawAttributes Data { get; init; }

    /// <inheritdoc/>
    public static WireguardLink Read(ReadOnlySpan<byte> data) => new() { Data = new RawAttributes(data) };

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        info.PutIf(IFLA_INFO.IFLA_INFO_DATA, Data);
    }
}
