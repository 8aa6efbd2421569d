namespace VffNetlink.Tc.Uapi;

/// <summary>The protocols that filters choose by (<c>ETH_P_*</c> of <c>linux/if_ether.h</c>), in the machine's byte order.</summary>
public enum ETH_P : ushort
{
    /// <summary>Every packet.</summary>
    ETH_P_ALL = 0x0003,

    /// <summary>IPv4.</summary>
    ETH_P_IP = 0x0800,

    /// <summary>ARP.</summary>
    ETH_P_ARP = 0x0806,

    /// <summary>A VLAN tag.</summary>
    ETH_P_8021Q = 0x8100,

    /// <summary>IPv6.</summary>
    ETH_P_IPV6 = 0x86DD,

    /// <summary>A provider's VLAN tag.</summary>
    ETH_P_8021AD = 0x88A8,
}
