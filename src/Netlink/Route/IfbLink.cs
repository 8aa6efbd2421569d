using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>An intermediate functional block: what is redirected to it passes its qdisc and goes on where it came from.</summary>
public readonly record struct IfbLink : ILinkKind
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "ifb"u8;

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        // The kind has no data.
    }
}
