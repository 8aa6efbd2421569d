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

    /// <summary>
    /// Writes a list as it comes, in constant memory, text with an object a line. Of one that cannot be told to its end, what was handed on stays, and JSON
    /// lacks its end, so that nobody takes it for whole.
    /// </summary>
    public static void Stream(Stream output, bool isJson, Action<Report> write)
    {
        if (isJson)
        {
            using var report = new JsonReport(output, isStream: false);
            write(report);
            report.Complete();
        }
        else
        {
            var report = new LineReport(output, isStream: false);
            write(report);
            report.Complete();
        }
    }

    /// <summary>Writes the one object that there is to tell.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="isJson">Whether JSON or a line of text becomes of it.</param>
    /// <param name="write">Writes its fields.</param>
    public static void One(Stream output, bool isJson, Action<Report> write)
    {
        using var json = isJson ? new JsonReport(output, isStream: true) : null;
        var report = json ?? (Report)new LineReport(output, isStream: true);
        report.BeginObject();
        write(report);
        report.EndObject();
        report.Flush();
    }
}
