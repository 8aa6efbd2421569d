using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The packets that a filter looks at, by their Ethernet protocol. Any other number may be cast to it.</summary>
public enum FilterProtocol : ushort
{
    /// <summary>Not said. In a question it means any; a filter has one.</summary>
    None,

    /// <summary>Every packet.</summary>
    All = ETH_P.ETH_P_ALL,

    /// <summary>IPv4.</summary>
    IPv4 = ETH_P.ETH_P_IP,

    /// <summary>ARP.</summary>
    Arp = ETH_P.ETH_P_ARP,

    /// <summary>A VLAN tag (802.1Q).</summary>
    Vlan = ETH_P.ETH_P_8021Q,

    /// <summary>IPv6.</summary>
    IPv6 = ETH_P.ETH_P_IPV6,

    /// <summary>A provider's VLAN tag (802.1ad).</summary>
    ProviderVlan = ETH_P.ETH_P_8021AD,
}
