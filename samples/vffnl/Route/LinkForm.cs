namespace Vffnl.Route;

/// <summary>What a link is shown for: some fields belong to one form alone.</summary>
internal enum LinkForm
{
    /// <summary>Itself.</summary>
    Link,

    /// <summary>Its addresses.</summary>
    Address,

    /// <summary>Its IPv6 addresses alone: what IPv6 itself tells of a link, which is little.</summary>
    Inet6Address,
}
