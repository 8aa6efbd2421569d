namespace VffNetlink.Tc;

/// <summary>A kind of filter: one <c>readonly record struct</c> in a file of its own, and nothing else to register.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IFilterKind<TSelf> : IFilterOptions, ITcKind<TSelf>
    where TSelf : struct, IFilterKind<TSelf>;
