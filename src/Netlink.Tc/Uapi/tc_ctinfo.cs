using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct tc_ctinfo</c> of <c>linux/tc_act/tc_ctinfo.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct tc_ctinfo
{
    /// <summary>The number of the action; 0: a new one.</summary>
    public uint index;

    /// <summary>Not used.</summary>
    public uint capab;

    /// <summary>What is said of the packet.</summary>
    public TC_ACT action;

    /// <summary>Out only: references.</summary>
    public int refcnt;

    /// <summary>Out only: filters that use it.</summary>
    public int bindcnt;
}
