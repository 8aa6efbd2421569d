namespace VffNetlink.Uapi;

/// <summary><c>VLAN_FLAG_*</c> of <c>linux/if_vlan.h</c>.</summary>
[Flags]
public enum VLAN_FLAG : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>The tag is taken off before taps see the packet.</summary>
    VLAN_FLAG_REORDER_HDR = 0x1,

    /// <summary>GVRP.</summary>
    VLAN_FLAG_GVRP = 0x2,

    /// <summary>Stays up while the link below is down.</summary>
    VLAN_FLAG_LOOSE_BINDING = 0x4,

    /// <summary>MVRP.</summary>
    VLAN_FLAG_MVRP = 0x8,

    /// <summary>Follows the ports of a bridge below.</summary>
    VLAN_FLAG_BRIDGE_BINDING = 0x10,
}
