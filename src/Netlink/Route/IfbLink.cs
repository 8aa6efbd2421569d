using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>An intermediate functional block: what is redirected to it passes its qdisc and goes on where it came from.</summary>
public readonly record struct IfbLink : ILinkKind<IfbLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "ifb"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => null;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 0;

    /// <inheritdoc/>
    public static IfbLink Read(ReadOnlySpan<byte> data) => default;

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        // The kind has no data.
    }
}
