namespace VffQos.Configuration;

/// <summary>A key and its value in a JSON object.</summary>
/// <param name="Key">The key without quotes and escapes.</param>
/// <param name="Offset">The key's place.</param>
/// <param name="Value">The value.</param>
internal readonly record struct ConfigMember(string Key, int Offset, ConfigNode Value);
