using System.Text.Json.Serialization;

namespace VffQos.Hosting;

/// <summary>Writes and reads counters without reflection.</summary>
[JsonSerializable(typeof(SortedDictionary<string, long>))]
internal sealed partial class CountersJson : JsonSerializerContext;
