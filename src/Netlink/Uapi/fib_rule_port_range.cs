using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct fib_rule_port_range</c> of <c>linux/fib_rules.h</c>, in the machine's byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct fib_rule_port_range
{
    /// <summary>The first.</summary>
    public ushort start;

    /// <summary>The last.</summary>
    public ushort end;
}
