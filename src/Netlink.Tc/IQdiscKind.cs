namespace VffNetlink.Tc;

/// <summary>A kind of qdisc: one <c>readonly record struct</c> in a file of its own, and nothing else to register.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IQdiscKind<TSelf> : IQdiscOptions, ITcKind<TSelf>
    where TSelf : struct, IQdiscKind<TSelf>;
