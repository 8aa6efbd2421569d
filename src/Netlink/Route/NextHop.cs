using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>One of several ways of a route.</summary>
public readonly record struct NextHop
{
    /// <summary>A way with a weight of 1.</summary>
    public NextHop()
    {
    }

    /// <summary>The next router, perhaps of another family than the route's; the default value: the destination is on the link.</summary>
    public InetAddress Gateway { get; init; }

    /// <summary>The outgoing link's index; 0: the gateway's.</summary>
    public int OutputIndex { get; init; }

    /// <summary>The part that goes this way, 1 to 256 (one more than <c>rtnh_hops</c>).</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Flags.</summary>
    public RTNH_F Flags { get; init; }

    /// <summary>What else it has (encapsulation, realms), as attributes; it is written back.</summary>
    public RawAttributes Other { get; init; }
}
