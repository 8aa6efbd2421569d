using System.Text.RegularExpressions;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>The C# in the documentation: it stands in a test, so that it compiles and runs.</summary>
public static partial class Guide
{
    /// <summary>The pieces of C# in a document.</summary>
    /// <param name="document">Its path in the checkout; without a checkout around the assembly the test is skipped.</param>
    public static IReadOnlyList<string> Snippets(string document) =>
        [.. Fenced().Matches(File.ReadAllText(Path.Combine(Checkout.Folder(), document))).Select(static match => match.Groups[1].Value)];

    /// <summary>Each piece of C# in a document stands in a test, but for blanks and the ends of lines.</summary>
    /// <param name="document">Its path in the checkout.</param>
    /// <param name="test">The test's.</param>
    /// <param name="count">How many pieces there are.</param>
    public static void AssertStandsIn(string document, string test, int count)
    {
        var snippets = Snippets(document);
        Assert.Equal(count, snippets.Count);
        var source = Plain(File.ReadAllText(Path.Combine(Checkout.Folder(), test)));
        Assert.All(snippets, snippet => Assert.Contains(Plain(snippet), source, StringComparison.Ordinal));
    }

    private static string Plain(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex("```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
