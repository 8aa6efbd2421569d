using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_htb_glob</c> of <c>linux/pkt_sched.h</c>: the qdisc htb.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_htb_glob
{
    /// <summary>TC_HTB_PROTOVER, 3.</summary>
    public uint version;

    /// <summary>A class's rate divided by this is its quantum.</summary>
    public uint rate2quantum;

    /// <summary>Minor of the default class.</summary>
    public uint defcls;

    /// <summary>Not used.</summary>
    public uint debug;

    /// <summary>Out only: packets that went past all classes.</summary>
    public uint direct_pkts;
}
