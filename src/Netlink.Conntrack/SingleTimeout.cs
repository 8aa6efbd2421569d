using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The timeout of ICMP, ICMPv6 and all transports that have no states (<see cref="CTA_TIMEOUT_GENERIC"/>).</summary>
public enum SingleTimeout : ushort
{
    /// <summary>The only one.</summary>
    Timeout = CTA_TIMEOUT_GENERIC.CTA_TIMEOUT_GENERIC_TIMEOUT,
}
