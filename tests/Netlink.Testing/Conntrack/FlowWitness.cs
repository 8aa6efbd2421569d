using System.Globalization;

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

    /// <summary>Whether a line tells what runs down between two looks.</summary>
    public static bool IsTimeout(string line) => line.StartsWith("CTA_TIMEOUT ", StringComparison.Ordinal);

    /// <summary>The timeout that a flow's lines have.</summary>
    public static long SecondsOf(IEnumerable<string> lines) => long.Parse(lines.Single(IsTimeout).Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The names of attributes and nests that lines have.</summary>
    public static HashSet<string> NamesIn(IEnumerable<IEnumerable<string>> flows) => flows.SelectMany(static lines => lines).SelectMany(static l => l.Split(' ')[0].Split('/')).ToHashSet(StringComparer.Ordinal);

    public void Dispose() => _program.Dispose();

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
