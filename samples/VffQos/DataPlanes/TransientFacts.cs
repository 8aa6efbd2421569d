using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>Facts about a namespace that ends before the process does.</summary>
internal sealed class TransientFacts : ISetupFacts
{
    private readonly Dictionary<string, string> _facts = [];

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
