using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace VffQos.Hosting;

/// <summary>What the daemon counted since its start, each under its own name: for the state, where <c>status</c> reads it, and for the log.</summary>
internal sealed partial class CounterBoard(TimeProvider time, ILogger log)
{
    /// <summary>The fact that it is stored as.</summary>
    public const string Fact = "counters";

    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    /// <summary>Of these an operator should hear: something is not held, or not known.</summary>
    private static readonly string[] Losses = ["noRoom", "dropped", "refused", "gaps", "maskedClient"];

    private readonly SortedDictionary<string, long> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _warned = [];
    private long? _lastWarning;

    /// <summary>Reads what was stored; empty where nothing was, or nothing that makes sense.</summary>
    public static IReadOnlyDictionary<string, long> Parse(string? json)
    {
        try
        {
            return json is null ? new Dictionary<string, long>() : JsonSerializer.Deserialize(json, CountersJson.Default.SortedDictionaryStringInt64) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, long>();
        }
    }

    /// <summary>Forgets the values, before they are counted again.</summary>
    public void Clear() => _values.Clear();

    /// <summary>Adds to a value.</summary>
    /// <param name="name">In Pascal case, as properties are.</param>
    /// <param name="count">How many more.</param>
    public void Add(string name, long count)
    {
        var key = JsonNamingPolicy.CamelCase.ConvertName(name);
        _values[key] = _values.GetValueOrDefault(key) + count;
    }

    /// <summary>As it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(_values, CountersJson.Default.SortedDictionaryStringInt64);

    /// <summary>Warns of what was lost since the last warning, at most once a minute.</summary>
    public void WarnWhenDue()
    {
        if (_lastWarning is { } last && time.GetElapsedTime(last) < WarningInterval)
            return;
        var lost = Losses.Select(name => (Name: name, Count: _values.GetValueOrDefault(name) - _warned.GetValueOrDefault(name))).Where(static loss => loss.Count > 0).ToList();
        if (lost.Count == 0)
            return;
        LogLost(string.Join(", ", lost.Select(static loss => $"{loss.Name} {loss.Count}")));
        foreach (var name in Losses)
            _warned[name] = _values.GetValueOrDefault(name);
        _lastWarning = time.GetTimestamp();
    }

    /// <summary>What is not 0.</summary>
    public override string ToString() => string.Join(", ", _values.Where(static value => value.Value != 0).Select(static value => $"{value.Key} {value.Value}"));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost since the last warning: {Losses} (docs/status.md tells what each means)")]
    private partial void LogLost(string losses);
}
