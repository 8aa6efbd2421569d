using System.Globalization;
using Spectre.Console;
using VffNetlink.Tc;

namespace VffQos.Demo;

/// <summary>A table that changes in place, for terminals.</summary>
internal sealed class TableDemoView(IAnsiConsole console) : IDemoView
{
    /// <inheritdoc/>
    public void Follow(IEnumerable<DemoFrame> frames)
    {
        console.Live(new Text("Starting.")).AutoClear(true).Start(context =>
        {
            foreach (var frame in frames)
            {
                var phase = frame.IsMeasuring ? "measuring" : "the rates settle";
                context.UpdateTarget(Table(string.Create(CultureInfo.InvariantCulture, $"{frame.Elapsed.TotalSeconds:0} s, {phase}; rates of the last second in mbit"), frame.Readings));
                context.Refresh();
            }
        });
    }

    /// <inheritdoc/>
    public void Summarize(DemoOutcome outcome)
    {
        console.Write(Table(string.Create(CultureInfo.InvariantCulture, $"rates over {outcome.Window.TotalSeconds:0} s in mbit, headers included"), outcome.Readings));
        console.MarkupLineInterpolated($"[{(outcome.IsSuccess ? "green" : "red")}]{outcome.Verdict}[/]");
    }

    private static Table Table(string caption, IReadOnlyList<DemoReading> readings)
    {
        var table = new Table().Border(TableBorder.Rounded).Caption(Markup.Escape(caption));
        table.AddColumn("user", static column => column.NoWrap()).AddColumn("client", static column => column.NoWrap());
        foreach (var name in (ReadOnlySpan<string>)["up limit", "measured", "down limit", "measured"])
            table.AddColumn(name, static column => column.NoWrap().RightAligned());
        foreach (var r in readings)
        {
            table.AddRow(
                Markup.Escape(r.User.Name),
                DemoText.Transport(r.User),
                DemoText.Limit(r.User.Upload),
                Coloured(r.Upload, r.UploadDeviation),
                DemoText.Limit(r.User.Download),
                Coloured(r.Download, r.DownloadDeviation));
        }

        return table;
    }

    private static string Coloured(Rate rate, double deviation) =>
        $"[{(Math.Abs(deviation) <= DemoReading.Tolerance ? "green" : "yellow")}]{DemoText.Measured(rate)}[/]";
}
