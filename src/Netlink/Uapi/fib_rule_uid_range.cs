using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct fib_rule_uid_range</c> of <c>linux/fib_rules.h</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct fib_rule_uid_range
{
    /// <summary>The first.</summary>
    public uint start;

    /// <summary>The last.</summary>
    public uint end;
}
