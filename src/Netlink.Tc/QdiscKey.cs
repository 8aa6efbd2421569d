using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>What names a qdisc.</summary>
/// <param name="IfIndex">The link.</param>
/// <param name="Parent">Where it hangs: <see cref="TcHandle.Root"/>, <see cref="TcHandle.Ingress"/>, or the class whose packets it holds.</param>
/// <param name="Handle">Its own handle, minor 0; <see cref="TcHandle.None"/> where the kernel is to choose one.</param>
public readonly record struct QdiscKey(int IfIndex, TcHandle Parent, TcHandle Handle)
{
    /// <summary>The root qdisc of a link.</summary>
    /// <param name="ifIndex">The link.</param>
    /// <param name="handle">Its handle.</param>
    public static QdiscKey Root(int ifIndex, TcHandle handle) => new(ifIndex, TcHandle.Root, handle);

    /// <summary>The qdisc ingress or clsact of a link, of which it has one at most.</summary>
    public static QdiscKey Ingress(int ifIndex) => new(ifIndex, TcHandle.Ingress, TcHandle.IngressQdisc);

    /// <summary>Such as <c>1: on ifindex 4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Handle} on ifindex {IfIndex}");
}
