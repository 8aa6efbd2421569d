namespace VffQos.Configuration;

/// <summary>A configuration that is refused as a whole. The message has one line for each error.</summary>
internal sealed class ConfigException : Exception
{
    private const int Shown = 20;

    /// <summary>Refuses with these errors.</summary>
    /// <param name="errors">In the order of their places.</param>
    /// <param name="unlisted">How many more there are.</param>
    public ConfigException(IReadOnlyList<ConfigError> errors, int unlisted = 0)
        : base(string.Join('\n', errors.Take(Shown)) + (errors.Count + unlisted > Shown ? $"\nand {errors.Count + unlisted - Shown} more" : "")) => Errors = errors;

    /// <summary>What is wrong, in the order of the places: all of it, or the first hundred found.</summary>
    public IReadOnlyList<ConfigError> Errors { get; }
}
