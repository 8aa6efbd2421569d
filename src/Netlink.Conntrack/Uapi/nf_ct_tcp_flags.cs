using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>struct nf_ct_tcp_flags</c> of <c>linux/netfilter/nf_conntrack_tcp.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct nf_ct_tcp_flags
{
    /// <summary>The flags.</summary>
    public IP_CT_TCP_FLAG flags;

    /// <summary>The flags that are meant, when they are set.</summary>
    public IP_CT_TCP_FLAG mask;
}
