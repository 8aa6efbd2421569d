namespace VffNetlink;

/// <summary>The address families of the Internet protocols, with the kernel's numbers (not .NET's).</summary>
public enum InetFamily : byte
{
    /// <summary>None, or any (<c>AF_UNSPEC</c>).</summary>
    Unspecified = 0,

    /// <summary>IPv4 (<c>AF_INET</c>).</summary>
    IPv4 = 2,

    /// <summary>IPv6 (<c>AF_INET6</c>).</summary>
    IPv6 = 10,
}
