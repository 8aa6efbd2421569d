using System.Text.Json;

namespace VffQos.Configuration;

/// <summary>A JSON value that knows where it stands in its file.</summary>
/// <param name="Kind">Its first token: an object's or array's start, or the value's own.</param>
/// <param name="Offset">The place of that token.</param>
/// <param name="Text">A string's text without quotes and escapes, a number as it is written; else empty.</param>
/// <param name="Members">An object's members in the file's order, duplicates included; else empty.</param>
/// <param name="Items">An array's items; else empty.</param>
internal sealed record ConfigNode(
    JsonTokenType Kind, int Offset, string Text, IReadOnlyList<ConfigMember> Members, IReadOnlyList<ConfigNode> Items)
{
    /// <summary>What it is, for "found …".</summary>
    public string Description => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"the text {ConfigText.Quote(Text)}",
        JsonTokenType.Number => $"the number {ConfigText.Shorten(Text)}",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
