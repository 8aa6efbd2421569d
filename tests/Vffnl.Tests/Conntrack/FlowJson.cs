using System.Text.Json;
using VffNetlink;

namespace Vffnl.Tests.Conntrack;

/// <summary>What <c>vffnl ct</c> prints as JSON.</summary>
internal static class FlowJson
{
    /// <summary>The flows that a list with these options has.</summary>
    public static List<JsonElement> List(NetworkNamespace ns, params string[] options)
    {
        using var json = JsonDocument.Parse(Tool.Show(ns, ["ct", "list", "--json", .. options]));
        return [.. json.RootElement.EnumerateArray().Select(static f => f.Clone())];
    }

    /// <summary>The one object that a command prints.</summary>
    public static JsonElement One(NetworkNamespace ns, params string[] arguments)
    {
        using var json = JsonDocument.Parse(Tool.Show(ns, ["ct", .. arguments, "--json"]));
        return json.RootElement.Clone();
    }

    /// <summary>A flow's id.</summary>
    public static uint IdOf(JsonElement flow) => flow.GetProperty("id").GetUInt32();

    /// <summary>A field of a direction as text, whatever it is; null where it is not told.</summary>
    public static string? Of(JsonElement flow, string direction, string field) =>
        flow.TryGetProperty(direction, out var tuple) && tuple.TryGetProperty(field, out var value) ? value.ToString() : null;

    /// <summary>Whether a flow's status has a bit.</summary>
    public static bool Has(JsonElement flow, string bit) => flow.GetProperty("status").EnumerateArray().Any(b => b.GetString() == bit);
}
