namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_protoinfo_dccp</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: a DCCP connection, up to Linux 6.15.</summary>
public enum CTA_PROTOINFO_DCCP : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTOINFO_DCCP_UNSPEC,

    /// <summary>u8: how far it got.</summary>
    CTA_PROTOINFO_DCCP_STATE,

    /// <summary>u8: 1 where the original direction is the server's; 0: the client's.</summary>
    CTA_PROTOINFO_DCCP_ROLE,

    /// <summary>be64: the sequence number of the handshake.</summary>
    CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ,

    /// <summary>Padding.</summary>
    CTA_PROTOINFO_DCCP_PAD,
}
