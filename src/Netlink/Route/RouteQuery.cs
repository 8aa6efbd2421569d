namespace VffNetlink.Route;

/// <summary>A packet whose way is asked for. What is null does not count.</summary>
/// <param name="Destination">Where it goes.</param>
public readonly record struct RouteQuery(InetAddress Destination)
{
    /// <summary>Where it comes from; the default value: this host.</summary>
    public InetAddress Source { get; init; }

    /// <summary>Its type of service.</summary>
    public byte TypeOfService { get; init; }

    /// <summary>The link that it must leave by.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>The link that it came in on: the kernel answers as a router; <see cref="Source"/> must be set.</summary>
    public int? InputIndex { get; init; }

    /// <summary>Its mark.</summary>
    public uint? Mark { get; init; }

    /// <summary>The user that it belongs to.</summary>
    public uint? UserId { get; init; }

    /// <summary>Its protocol.</summary>
    public IpProtocol? Protocol { get; init; }

    /// <summary>Its source port.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>Its destination port.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Whether the route of the table is told as it stands there, rather than what it comes to for this packet (<c>fibmatch</c>).</summary>
    public bool WantsTableRoute { get; init; }
}
