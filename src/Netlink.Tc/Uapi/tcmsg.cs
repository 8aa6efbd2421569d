using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tcmsg</c> of <c>linux/rtnetlink.h</c>: the fixed header of every message of traffic control.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tcmsg
{
    /// <summary>AF_UNSPEC.</summary>
    public byte tcm_family;

    /// <summary>Padding.</summary>
    public byte tcm__pad1;

    /// <summary>Padding.</summary>
    public ushort tcm__pad2;

    /// <summary>The link; <see cref="TCM.TCM_IFINDEX_MAGIC_BLOCK"/> for a shared block.</summary>
    public int tcm_ifindex;

    /// <summary>Handle of a qdisc, id of a class, handle of a filter.</summary>
    public uint tcm_handle;

    /// <summary>Where it hangs; <c>tcm_block_index</c> for a shared block.</summary>
    public uint tcm_parent;

    /// <summary>Qdisc: references. Class: handle of its leaf qdisc. Filter: priority &lt;&lt; 16 and the protocol in network byte order.</summary>
    public uint tcm_info;
}
