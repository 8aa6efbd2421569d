using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What mirred does with a packet.</summary>
public enum MirredMode
{
    /// <summary>The packet itself leaves by the link.</summary>
    EgressRedirect = TCA_MIRRED_EACTION.TCA_EGRESS_REDIR,

    /// <summary>A copy leaves by the link.</summary>
    EgressMirror = TCA_MIRRED_EACTION.TCA_EGRESS_MIRROR,

    /// <summary>The link receives the packet itself.</summary>
    IngressRedirect = TCA_MIRRED_EACTION.TCA_INGRESS_REDIR,

    /// <summary>The link receives a copy.</summary>
    IngressMirror = TCA_MIRRED_EACTION.TCA_INGRESS_MIRROR,
}
