using System.Globalization;
using VffNetlink.Uapi;

namespace Vffnl.Route;

/// <summary>What becomes of packets, by name.</summary>
internal static class RouteTypes
{
    /// <summary>The name, or the number where it has none.</summary>
    public static string NameOf(byte type) => (RTN)type switch
    {
        RTN.RTN_UNSPEC => "none",
        RTN.RTN_UNICAST => "unicast",
        RTN.RTN_LOCAL => "local",
        RTN.RTN_BROADCAST => "broadcast",
        RTN.RTN_ANYCAST => "anycast",
        RTN.RTN_MULTICAST => "multicast",
        RTN.RTN_BLACKHOLE => "blackhole",
        RTN.RTN_UNREACHABLE => "unreachable",
        RTN.RTN_PROHIBIT => "prohibit",
        RTN.RTN_THROW => "throw",
        RTN.RTN_NAT => "nat",
        RTN.RTN_XRESOLVE => "xresolve",
        _ => type.ToString(CultureInfo.InvariantCulture),
    };
}
