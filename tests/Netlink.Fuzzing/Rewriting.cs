namespace VffNetlink.Fuzzing;

/// <summary>What was read can be written, and reads the same again.</summary>
internal static class Rewriting
{
    /// <summary>Fails where a value did not survive.</summary>
    /// <exception cref="InvalidOperationException">It reads differently.</exception>
    public static void Same<T>(in T value, in T again)
    {
        if (!EqualityComparer<T>.Default.Equals(value, again))
            throw new InvalidOperationException($"What was read and written reads differently: {value} and {again}.");
        if (value?.GetHashCode() != again?.GetHashCode())
            throw new InvalidOperationException($"Equal values have two hash codes: {value}.");
    }

    /// <summary>Fails where something else was written than what was read.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read.</exception>
    public static void Lost<T>(in T value) => throw new InvalidOperationException($"What was read and written cannot be read: {value}.");
}
