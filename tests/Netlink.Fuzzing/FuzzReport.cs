using System.Globalization;
using System.Text;

namespace VffNetlink.Fuzzing;

/// <summary>A run in numbers.</summary>
internal sealed class FuzzReport
{
    private readonly FuzzRun _run;
    private readonly TimeSpan _elapsed;

    /// <summary>Of a run that ended.</summary>
    public FuzzReport(FuzzRun run, TimeSpan elapsed)
    {
        _run = run;
        _elapsed = elapsed;
        Lowest = run.Tallies.SelectMany(static t => t.Coverage.Counts.Select(c => (t.Reader, c.Attribute, c.Count))).OrderBy(static c => c.Count).ToList();
    }

    /// <summary>Every known attribute of every reader and how often it was met, the rarest first.</summary>
    public IReadOnlyList<(string Reader, string Attribute, long Count)> Lowest { get; }

    /// <summary>Of the messages, those that have right lengths and whole nests.</summary>
    public double StructuredShare => (double)_run.Structured / Math.Max(1, _run.Messages);

    /// <summary>One line for each attribute of each reader.</summary>
    public string Table()
    {
        var text = new StringBuilder();
        foreach (var tally in _run.Tallies)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{tally.Reader}: {tally.Messages} messages, {tally.Refused} refused");
            foreach (var (attribute, count) in tally.Coverage.Counts)
                text.AppendLine(CultureInfo.InvariantCulture, $"{count,12}  {attribute}");
        }

        return text.ToString();
    }

    /// <summary>The figures.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{_run.Messages} messages in {_elapsed.TotalSeconds:0} s, {100 * StructuredShare:0.0} % structure-aware, {_run.Tallies.Sum(static t => t.Refused)} refused");
        text.AppendLine(CultureInfo.InvariantCulture, $"{_run.Tallies.Count} readers, {Lowest.Count} known attributes; the rarest: {Lowest[0].Count} x {Lowest[0].Attribute} ({Lowest[0].Reader})");
        text.Append(CultureInfo.InvariantCulture, $"{_run.Faults.Count} faults");
        return text.ToString();
    }
}
