using System.Globalization;
using Xunit;

namespace VffNetlink.Testing.Conntrack;

/// <summary>The witness in C that tells flows and expectations attribute by attribute, as libmnl walks them: <c>ctdump.c</c>.</summary>
internal sealed class FlowWitness : IDisposable
{
    private readonly CompiledWitness _program = new("ctdump.c");

    /// <summary>What it tells of a namespace's table: a list of lines for each flow.</summary>
    public List<List<string>> Dump(NetworkNamespace ns) => Split(Witness.Run(ns, _program.Program, []));

    /// <summary>What it tells of captured messages: a list of lines for each.</summary>
    public List<List<string>> Read(IReadOnlyList<byte[]> messages)
    {
        var file = _program.Program + ".bytes";
        File.WriteAllBytes(file, [.. messages.SelectMany(static m => (byte[])[.. m, .. new byte[-m.Length & 3]])]);
        return Split(_program.Run(file));
    }

    /// <summary>
    /// All that was told of a full table is what it tells, line by line, and nothing else: every attribute that a flow can be made with over netlink, and what a kernel makes of it by itself.
    /// </summary>
    /// <param name="theirs">What the witness tells.</param>
    /// <param name="told">A list of lines for each flow, in any order.</param>
    public static void AssertSame(List<List<string>> theirs, IReadOnlyCollection<List<string>> told)
    {
        var byId = theirs.ToDictionary(IdOf);
        Assert.Equal(byId.Count, told.Count);
        foreach (var ours in told)
        {
            var expected = byId[IdOf(ours)];
            Assert.Equal(expected.Where(static l => !IsTimeout(l)).Order(StringComparer.Ordinal), ours.Where(static l => !IsTimeout(l)).Order(StringComparer.Ordinal));
            // It runs down between the two looks, of which ours was the first.
            Assert.InRange(SecondsOf(ours) - SecondsOf(expected), 0, 60);
        }

        var compared = theirs.Sum(static lines => lines.Count);
        Assert.True(compared > 20 * told.Count, $"only {compared} lines were compared");
        var names = NamesIn(theirs);
        foreach (var name in FullTable.Attributes)
            Assert.Contains(name, names);

        static string IdOf(List<string> lines) => lines.Single(static l => l.StartsWith("CTA_ID ", StringComparison.Ordinal));
    }

    /// <summary>The names of attributes and nests that lines have.</summary>
    public static HashSet<string> NamesIn(IEnumerable<IEnumerable<string>> flows) => flows.SelectMany(static lines => lines).SelectMany(static l => l.Split(' ')[0].Split('/')).ToHashSet(StringComparer.Ordinal);

    public void Dispose() => _program.Dispose();

    /// <summary>Whether a line tells what runs down between two looks.</summary>
    private static bool IsTimeout(string line) => line.StartsWith("CTA_TIMEOUT ", StringComparison.Ordinal);

    /// <summary>The timeout that a flow's lines have.</summary>
    private static long SecondsOf(IEnumerable<string> lines) => long.Parse(lines.Single(IsTimeout).Split(' ')[1], CultureInfo.InvariantCulture);

    private static List<List<string>> Split(string output)
    {
        var told = new List<List<string>>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith("CTA_", StringComparison.Ordinal) && !char.IsAsciiDigit(line[0]))
                told.Add([]);
            told[^1].Add(line);
        }

        return told;
    }
}
