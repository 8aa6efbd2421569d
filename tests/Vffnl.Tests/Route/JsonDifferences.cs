using System.Text.Json;

namespace Vffnl.Tests.Route;

/// <summary>
/// What a witness told before and after, and what was told between: equal is what is as it was before or as it is after; of numbers that
/// run (timers, lifetimes) also what lies between the two.
/// </summary>
internal static class JsonDifferences
{
    /// <summary>A line for each difference, with its place.</summary>
    public static List<string> Between(string before, string told, string after)
    {
        using var first = JsonDocument.Parse(before);
        using var second = JsonDocument.Parse(told);
        using var third = JsonDocument.Parse(after);
        var differences = new List<string>();
        Compare("", first.RootElement, second.RootElement, third.RootElement, differences);
        return differences;
    }

    private static void Compare(string place, JsonElement before, JsonElement told, JsonElement after, List<string> differences)
    {
        if (before.ValueKind != after.ValueKind || told.ValueKind != after.ValueKind)
        {
            if (!JsonElement.DeepEquals(told, before) && !JsonElement.DeepEquals(told, after))
                differences.Add($"{place}: {Shorten(told)}, not {Shorten(after)}");
            return;
        }

        switch (told.ValueKind)
        {
            case JsonValueKind.Object:
                CompareObjects(place, before, told, after, differences);
                break;
            case JsonValueKind.Array:
                CompareArrays(place, before, told, after, differences);
                break;
            case JsonValueKind.Number when IsBetween(before.GetDecimal(), told.GetDecimal(), after.GetDecimal()):
                break;
            default:
                if (!JsonElement.DeepEquals(told, before) && !JsonElement.DeepEquals(told, after))
                    differences.Add($"{place}: {Shorten(told)}, not {Shorten(after)}");
                break;
        }
    }

    private static void CompareObjects(string place, JsonElement before, JsonElement told, JsonElement after, List<string> differences)
    {
        var names = NamesOf(told);
        // The order counts, too, and a name that is there twice.
        if (!names.SequenceEqual(NamesOf(before)) && !names.SequenceEqual(NamesOf(after)))
        {
            differences.Add($"{place}: fields {string.Join(' ', names)}\n  not {string.Join(' ', NamesOf(after))}");
            return;
        }

        foreach (var name in names)
        {
            if (before.TryGetProperty(name, out var old) && after.TryGetProperty(name, out var now))
                Compare($"{place}.{name}", old, told.GetProperty(name), now, differences);
        }
    }

    private static void CompareArrays(string place, JsonElement before, JsonElement told, JsonElement after, List<string> differences)
    {
        if (told.GetArrayLength() != before.GetArrayLength() || told.GetArrayLength() != after.GetArrayLength())
        {
            if (!JsonElement.DeepEquals(told, before) && !JsonElement.DeepEquals(told, after))
                differences.Add($"{place}: {told.GetArrayLength()} elements, not {after.GetArrayLength()}: {Shorten(told)}, not {Shorten(after)}");
            return;
        }

        for (var at = 0; at < told.GetArrayLength(); at++)
            Compare($"{place}[{at}]", before[at], told[at], after[at], differences);
    }

    private static bool IsBetween(decimal before, decimal told, decimal after) => told >= Math.Min(before, after) && told <= Math.Max(before, after);

    private static List<string> NamesOf(JsonElement element) => [.. element.EnumerateObject().Select(static p => p.Name)];

    private static string Shorten(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 400 ? text : text[..400] + "...";
    }
}
