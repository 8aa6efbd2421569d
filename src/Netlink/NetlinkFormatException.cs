namespace VffNetlink;

/// <summary>
/// Bytes that are no well-formed netlink: a length that runs past its container, a payload too short for its type, a cut
/// datagram. The kernel's refusals are <see cref="NetlinkException"/>.
/// </summary>
public sealed class NetlinkFormatException : Exception
{
    /// <summary>Says what was malformed.</summary>
    public NetlinkFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was malformed, and what brought it to light.</summary>
    public NetlinkFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether a datagram was longer than the socket's buffer. The buffer has grown since, so that the same request, asked again, is
    /// answered whole.
    /// </summary>
    public bool IsTruncation { get; internal init; }

    /// <summary>For serializers and analyzers.</summary>
    public NetlinkFormatException()
        : base("Malformed netlink bytes.")
    {
    }
}
