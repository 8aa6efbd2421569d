using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>Facts that nobody keeps: about a namespace that ends before the process does, or where nothing can be kept.</summary>
/// <param name="known">Those that there are; null: none.</param>
internal sealed class TransientFacts(IReadOnlyDictionary<string, string>? known = null) : ISetupFacts
{
    private readonly Dictionary<string, string> _facts = new(known ?? new Dictionary<string, string>());

    /// <inheritdoc/>
    public string? Get(string key) => _facts.GetValueOrDefault(key);

    /// <inheritdoc/>
    public void Set(string key, string? value)
    {
        if (value is null)
            _facts.Remove(key);
        else
            _facts[key] = value;
    }
}
