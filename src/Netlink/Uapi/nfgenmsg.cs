using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct nfgenmsg</c> of <c>linux/netfilter/nfnetlink.h</c>: the fixed header of every nfnetlink message.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct nfgenmsg
{
    /// <summary>AF_INET, AF_INET6, or the NFPROTO_* number.</summary>
    public byte nfgen_family;

    /// <summary>NFNETLINK_V0.</summary>
    public byte version;

    /// <summary>Network byte order: the subsystem number in NFNL_MSG_BATCH_BEGIN, CPU in statistics, and so on.</summary>
    public ushort res_id;
}
