using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>What names a filter.</summary>
/// <param name="IfIndex">The link.</param>
/// <param name="Parent">
/// What it classifies for: a qdisc such as <c>1:</c>, a class, <see cref="TcHandle.IngressFilters"/> or <see cref="TcHandle.EgressFilters"/>.
/// </param>
/// <param name="Priority">
/// Lower ones are asked first. All filters of one priority (and parent, and chain) are of one kind and one protocol. 0 in a
/// filter to make: the kernel chooses one.
/// </param>
/// <param name="Protocol">The packets that it looks at.</param>
/// <param name="Handle">
/// Which of the filters of its priority: for fw the packet mark, for u32 a <see cref="U32Handle"/>, for the others a number. 0 in a
/// filter to make: the kernel chooses one.
/// </param>
public readonly record struct FilterKey(int IfIndex, TcHandle Parent, ushort Priority, FilterProtocol Protocol, uint Handle)
{
    /// <summary>The list of filters that it is in. Packets start in chain 0; a <see cref="TcControl.GotoChain"/> leads to others.</summary>
    public uint Chain { get; init; }

    /// <summary>Such as <c>1: chain 0 prio 10 IPv4 handle 0x10 on ifindex 4</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Parent} chain {Chain} prio {Priority} {Protocol} handle 0x{Handle:x} on ifindex {IfIndex}");
}
