namespace VffNetlink.Route;

/// <summary>
/// A kind of link (<c>ifb</c>, <c>veth</c>), written to make a link and read from one that is there. A kind is one type in one file; it may live
/// outside this library.
/// </summary>
/// <typeparam name="TSelf">The kind.</typeparam>
public interface ILinkKind<TSelf> : ILinkOptions
    where TSelf : struct, ILinkKind<TSelf>
{
    /// <summary>The kernel's name of the kind.</summary>
    static abstract ReadOnlySpan<byte> Kind { get; }

    /// <summary>Reads the kind's data. What it does not know it keeps, so that it is written back.</summary>
    /// <param name="data">The payload of <c>IFLA_INFO_DATA</c>; empty where there was none.</param>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    static abstract TSelf Read(ReadOnlySpan<byte> data);
}
