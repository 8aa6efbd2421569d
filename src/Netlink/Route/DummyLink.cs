using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A link that drops all that is sent by it: a place for addresses.</summary>
public readonly record struct DummyLink : ILinkKind<DummyLink>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "dummy"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => null;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 0;

    /// <inheritdoc/>
    public static DummyLink Read(ReadOnlySpan<byte> data) => default;

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        // The kind has no data.
    }
}
