namespace VffNetlink;

/// <summary>The kernel refused a request. Bytes that make no sense are <see cref="NetlinkFormatException"/>.</summary>
public sealed class NetlinkException : Exception
{
    /// <summary>An error and what was asked.</summary>
    /// <param name="error">The kernel's answer.</param>
    /// <param name="request">What was asked of what: <c>RTM_NEWQDISC htb on eth0</c>.</param>
    public NetlinkException(NetlinkError error, string request)
        : base($"{request}: {error}")
    {
        Error = error;
        Request = request;
    }

    /// <summary>An error that a <c>Try…</c> form handed out, with the request that it names (<see cref="NetlinkError.Request"/>).</summary>
    /// <param name="error">The kernel's answer.</param>
    public NetlinkException(NetlinkError error)
        : this(error, error.Request ?? "netlink request")
    {
    }

    /// <summary>A system call's error and what it was made for.</summary>
    internal NetlinkException(int errno, string request)
        : this(new NetlinkError(errno), request)
    {
    }

    /// <summary>For serializers and analyzers.</summary>
    public NetlinkException()
        : this(default(NetlinkError), "netlink")
    {
    }

    /// <summary>For serializers and analyzers.</summary>
    public NetlinkException(string message)
        : base(message) => Request = message;

    /// <summary>For serializers and analyzers.</summary>
    public NetlinkException(string message, Exception innerException)
        : base(message, innerException) => Request = message;

    /// <summary>The kernel's answer.</summary>
    public NetlinkError Error { get; }

    /// <summary>What was asked of what.</summary>
    public string Request { get; }
}
