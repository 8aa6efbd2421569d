namespace VffNetlink.Uapi;

/// <summary>The attributes <c>NDA_*</c> of a neighbour (<c>linux/neighbour.h</c>).</summary>
public enum NDA : ushort
{
    /// <summary>Not used.</summary>
    NDA_UNSPEC,

    /// <summary>binary: its network address.</summary>
    NDA_DST,

    /// <summary>binary: its link-layer address.</summary>
    NDA_LLADDR,

    /// <summary>struct nda_cacheinfo.</summary>
    NDA_CACHEINFO,

    /// <summary>u32: how often it was asked for.</summary>
    NDA_PROBES,

    /// <summary>u16: VLAN of a bridge's entry.</summary>
    NDA_VLAN,

    /// <summary>be16: UDP port of a VXLAN's entry.</summary>
    NDA_PORT,

    /// <summary>u32: network of a VXLAN's entry.</summary>
    NDA_VNI,

    /// <summary>u32: outgoing link of a VXLAN's entry.</summary>
    NDA_IFINDEX,

    /// <summary>u32: the bridge; as a filter, the master of the link.</summary>
    NDA_MASTER,

    /// <summary>s32: id of the namespace that NDA_IFINDEX lives in.</summary>
    NDA_LINK_NETNSID,

    /// <summary>u32: network that a VXLAN's packets must come from.</summary>
    NDA_SRC_VNI,

    /// <summary>u8: RTPROT_*, who added it.</summary>
    NDA_PROTOCOL,

    /// <summary>u32: nexthop object.</summary>
    NDA_NH_ID,

    /// <summary>nest.</summary>
    NDA_FDB_EXT_ATTRS,

    /// <summary>u32: NTF_EXT_*.</summary>
    NDA_FLAGS_EXT,

    /// <summary>u16.</summary>
    NDA_NDM_STATE_MASK,

    /// <summary>u8.</summary>
    NDA_NDM_FLAGS_MASK,
}
