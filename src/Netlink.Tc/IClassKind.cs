namespace VffNetlink.Tc;

/// <summary>The classes of a kind of qdisc: one <c>readonly record struct</c> in a file of its own, and nothing else to register.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IClassKind<TSelf> : IClassOptions, ITcKind<TSelf>
    where TSelf : struct, IClassKind<TSelf>;
