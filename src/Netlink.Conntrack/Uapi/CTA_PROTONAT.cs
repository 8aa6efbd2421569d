namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum ctattr_protonat</c> of <c>linux/netfilter/nfnetlink_conntrack.h</c>: the ports that a new flow is to be translated to.</summary>
public enum CTA_PROTONAT : ushort
{
    /// <summary>Not used.</summary>
    CTA_PROTONAT_UNSPEC,

    /// <summary>be16: the first of the range.</summary>
    CTA_PROTONAT_PORT_MIN,

    /// <summary>be16: the last of the range; missing: the first.</summary>
    CTA_PROTONAT_PORT_MAX,
}
