using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct br_boolopt_multi</c> of <c>linux/if_bridge.h</c>: options of one bit each.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct br_boolopt_multi
{
    /// <summary>Their values.</summary>
    public uint optval;

    /// <summary>Which of them to set, or are told.</summary>
    public uint optmask;
}
