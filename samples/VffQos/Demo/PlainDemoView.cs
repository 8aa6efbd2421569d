using System.Globalization;

namespace VffQos.Demo;

/// <summary>Lines of text, for files and pipes.</summary>
internal sealed class PlainDemoView(TextWriter output) : IDemoView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void Follow(IEnumerable<DemoFrame> frames)
    {
        var next = Interval;
        foreach (var frame in frames)
        {
            if (frame.Elapsed < next)
                continue;
            next += Interval;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{frame.Elapsed.TotalSeconds,3:0} s  up/down in mbit: ")
                + string.Join(", ", frame.Readings.Select(static r => $"{Short(r.User.Name)} {DemoText.Measured(r.Upload)}/{DemoText.Measured(r.Download)}")));
        }
    }

    /// <inheritdoc/>
    public void Summarize(DemoOutcome outcome)
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rates over {outcome.Window.TotalSeconds:0} s, in mbit, headers included:"));
        output.WriteLine($"{"user",-20} {"client",-9} {"up limit",9} {"measured",9} {"",8} {"down limit",11} {"measured",9}");
        foreach (var r in outcome.Readings)
        {
            output.WriteLine(
                $"{r.User.Name,-20} {DemoText.Transport(r.User),-9} {DemoText.Limit(r.User.Upload),9} {DemoText.Measured(r.Upload),9} {DemoText.Deviation(r.UploadDeviation),8}"
                + $" {DemoText.Limit(r.User.Download),11} {DemoText.Measured(r.Download),9} {DemoText.Deviation(r.DownloadDeviation),8}");
        }

        output.WriteLine(outcome.Verdict);
    }

    private static string Short(string name) => name.Split('@')[0];
}
