using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The states of UDP, UDP-Lite and GRE that have a timeout (<see cref="CTA_TIMEOUT_UDP"/>).</summary>
public enum UdpTimeout : ushort
{
    /// <summary>While packets went one way only.</summary>
    Unreplied = CTA_TIMEOUT_UDP.CTA_TIMEOUT_UDP_UNREPLIED,

    /// <summary>Once packets went both ways.</summary>
    Replied = CTA_TIMEOUT_UDP.CTA_TIMEOUT_UDP_REPLIED,
}
