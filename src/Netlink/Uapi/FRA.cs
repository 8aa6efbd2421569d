namespace VffNetlink.Uapi;

/// <summary>The attributes <c>FRA_*</c> of a routing rule (<c>linux/fib_rules.h</c>).</summary>
public enum FRA : ushort
{
    /// <summary>Not used.</summary>
    FRA_UNSPEC,

    /// <summary>binary: destination.</summary>
    FRA_DST,

    /// <summary>binary: source.</summary>
    FRA_SRC,

    /// <summary>string: the link that a packet came in on.</summary>
    FRA_IIFNAME,

    /// <summary>u32: priority of the rule to go on with.</summary>
    FRA_GOTO,

    /// <summary>Not used.</summary>
    FRA_UNUSED2,

    /// <summary>u32: the lower the earlier.</summary>
    FRA_PRIORITY,

    /// <summary>Not used.</summary>
    FRA_UNUSED3,

    /// <summary>Not used.</summary>
    FRA_UNUSED4,

    /// <summary>Not used.</summary>
    FRA_UNUSED5,

    /// <summary>u32: mark of a packet.</summary>
    FRA_FWMARK,

    /// <summary>u32: realms.</summary>
    FRA_FLOW,

    /// <summary>be64: tunnel id.</summary>
    FRA_TUN_ID,

    /// <summary>u32: routes that leave by a link of this group do not count; 0xffffffff: none.</summary>
    FRA_SUPPRESS_IFGROUP,

    /// <summary>u32: routes with prefixes up to this length do not count; 0xffffffff: none.</summary>
    FRA_SUPPRESS_PREFIXLEN,

    /// <summary>u32: table to look up in.</summary>
    FRA_TABLE,

    /// <summary>u32: bits of the mark that count.</summary>
    FRA_FWMASK,

    /// <summary>string: the link that a socket is bound to.</summary>
    FRA_OIFNAME,

    /// <summary>Padding.</summary>
    FRA_PAD,

    /// <summary>u8: look up in the table of the packet's VRF.</summary>
    FRA_L3MDEV,

    /// <summary>struct fib_rule_uid_range: owner of the socket.</summary>
    FRA_UID_RANGE,

    /// <summary>u8: RTPROT_*, who added it.</summary>
    FRA_PROTOCOL,

    /// <summary>u8: IPPROTO_*.</summary>
    FRA_IP_PROTO,

    /// <summary>struct fib_rule_port_range: source ports.</summary>
    FRA_SPORT_RANGE,

    /// <summary>struct fib_rule_port_range: destination ports.</summary>
    FRA_DPORT_RANGE,

    /// <summary>u8: differentiated services (Linux 6.13).</summary>
    FRA_DSCP,

    /// <summary>be32: IPv6 flow label (Linux 6.14).</summary>
    FRA_FLOWLABEL,

    /// <summary>be32: its bits that count (Linux 6.14).</summary>
    FRA_FLOWLABEL_MASK,

    /// <summary>u16: bits of the source port that count (Linux 6.15).</summary>
    FRA_SPORT_MASK,

    /// <summary>u16: bits of the destination port that count (Linux 6.15).</summary>
    FRA_DPORT_MASK,

    /// <summary>u8: bits of FRA_DSCP that count (Linux 6.15).</summary>
    FRA_DSCP_MASK,
}
