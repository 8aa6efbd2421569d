namespace VffNetlink.Tc;

/// <summary>Options that can be read back.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ITcKind<TSelf> : ITcOptions
    where TSelf : struct, ITcKind<TSelf>
{
    /// <summary>The kind's name, such as <c>htb</c>.</summary>
    static abstract ReadOnlySpan<byte> Kind { get; }

    /// <summary>Reads the payload of <c>TCA_OPTIONS</c>. Attributes that are not known are passed over.</summary>
    /// <param name="options">Empty where the kernel sent none.</param>
    /// <param name="value">What it says.</param>
    /// <returns>False where it lacks something that this type needs, or says something that this type has no word for.</returns>
    /// <exception cref="NetlinkFormatException">The bytes are malformed. No other exception may leave this method.</exception>
    static abstract bool TryRead(ReadOnlySpan<byte> options, out TSelf value);
}
