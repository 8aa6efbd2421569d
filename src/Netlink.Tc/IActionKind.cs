using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>A kind of action: one <c>readonly record struct</c> in a file of its own, and nothing else to register.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface IActionKind<TSelf>
    where TSelf : struct, IActionKind<TSelf>
{
    /// <summary>The kind's name, <c>TCA_ACT_KIND</c>, such as <c>mirred</c>.</summary>
    static abstract ReadOnlySpan<byte> Kind { get; }

    /// <summary>The names of what is inside <c>TCA_ACT_OPTIONS</c>, for errors.</summary>
    static abstract AttributeSpace? Options { get; }

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    static virtual int Room => 512;

    /// <summary>Puts <c>TCA_ACT_OPTIONS</c>, a nest with its flag set. Must not allocate.</summary>
    void Write(AttributeWriter<TCA_ACT> action);

    /// <summary>Reads the payload of <c>TCA_ACT_OPTIONS</c>. Attributes that are not known are passed over.</summary>
    /// <param name="options">Empty where the kernel sent none.</param>
    /// <param name="value">What it says, but for the action's number and what the kernel counts and dates.</param>
    /// <returns>False where it lacks something that this type needs, or says something that this type has no word for.</returns>
    /// <exception cref="NetlinkFormatException">The bytes are malformed. No other exception may leave this method.</exception>
    static abstract bool TryRead(ReadOnlySpan<byte> options, out TSelf value);
}
