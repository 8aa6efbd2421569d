using System.Globalization;

namespace VffNetlink.Tc;

/// <summary>What names a class.</summary>
/// <param name="IfIndex">The link.</param>
/// <param name="ClassId">Major: the qdisc that it belongs to. Minor: the class.</param>
public readonly record struct ClassKey(int IfIndex, TcHandle ClassId)
{
    /// <summary>Such as <c>1:10 on ifindex 4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ClassId} on ifindex {IfIndex}");
}
