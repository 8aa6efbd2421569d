using VffQos.Shaping;

namespace VffQos.State;

/// <summary>The facts of a state that was only read, for commands that change nothing.</summary>
internal sealed class ReadOnlyFacts(StateContents contents) : ISetupFacts
{
    /// <inheritdoc/>
    public string? Get(string key) => contents.Facts.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Set(string key, string? value) => throw new InvalidOperationException($"The fact \"{key}\" was to be set by a command that changes nothing.");
}
