namespace VffNetlink.Uapi;

/// <summary><c>enum br_boolopt_id</c> of <c>linux/if_bridge.h</c>: the numbers of bits in <see cref="br_boolopt_multi"/>.</summary>
public enum BR_BOOLOPT : uint
{
    /// <summary>Nothing is learnt from link-local packets.</summary>
    BR_BOOLOPT_NO_LL_LEARN,

    /// <summary>Multicast snooping by VLAN.</summary>
    BR_BOOLOPT_MCAST_VLAN_SNOOPING,

    /// <summary>Multiple spanning trees (Linux 5.18).</summary>
    BR_BOOLOPT_MST_ENABLE,
}
