using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// What a kind of link (<c>ifb</c>, <c>veth</c>) adds to the making of one. A kind is one type in one file; it may live outside
/// this library.
/// </summary>
public interface ILinkKind
{
    /// <summary>The kernel's name of the kind.</summary>
    static abstract ReadOnlySpan<byte> Kind { get; }

    /// <summary>The names inside the kind's <c>IFLA_INFO_DATA</c>, so that errors can tell them; null where it has none.</summary>
    static virtual AttributeSpace? Data => null;

    /// <summary>Puts <c>IFLA_INFO_DATA</c>, where the kind has some.</summary>
    /// <param name="info">Inside <c>IFLA_LINKINFO</c>, behind the kind's name.</param>
    void WriteData(AttributeWriter<IFLA_INFO> info);
}
