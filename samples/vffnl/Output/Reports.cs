namespace Vffnl.Output;

/// <summary>Lists of objects in the form that was asked for.</summary>
internal static class Reports
{
    /// <summary>Writes a list, all at once: nothing is written of one that cannot be told to its end.</summary>
    public static void Write(Stream output, bool isJson, Action<Report> write)
    {
        using var whole = new MemoryStream();
        if (isJson)
        {
            using var report = new JsonReport(whole, isStream: false);
            write(report);
            report.Complete();
        }
        else
        {
            var report = new TextReport(whole);
            write(report);
            report.Flush();
        }

        whole.WriteTo(output);
    }
}
