using System.Text.RegularExpressions;

namespace VffQos.Sources.Logs;

/// <summary>
/// Finds a log's rotated predecessors beside it: <c>access.log.1</c>, <c>access.log-20261121</c>, <c>access-2026-11-21.log</c>. What has other
/// names, compressed ones among them, is none.
/// </summary>
internal static partial class RotatedLogs
{
    private const int MaxAttempts = 20;

    /// <summary>Opens every predecessor of the log at a path.</summary>
    /// <param name="log">The log's path, free of links.</param>
    /// <returns>The files from the oldest to the newest; the caller closes them.</returns>
    public static List<LogFile> OpenAll(string log)
    {
        // A rotation that is under way gives names on while we look: what is seen twice alike is whole.
        var found = OpenOnce(log);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var again = OpenOnce(log);
            var isWhole = found.Select(Identity).SequenceEqual(again.Select(Identity));
            (isWhole ? again : found).ForEach(file => file.Dispose());
            if (isWhole)
                break;
            found = again;
        }

        found.Sort(Compare);
        return found;
    }

    /// <summary>
    /// Picks the files that have been the log since one of them was, from the oldest to the newest. One log is written at a time, so the time of the last
    /// write orders them; where two share it, the rotation's numbers do.
    /// </summary>
    /// <param name="rotated">What <see cref="OpenAll"/> found; what is not returned of it is closed.</param>
    /// <param name="older">The file read so far; it may be among them.</param>
    /// <param name="log">
    /// The log as it was before <paramref name="rotated"/> was found: it is among them where it has been rotated since, else it is the newest of all.
    /// Closed where it is not returned.
    /// </param>
    /// <param name="isSafe">False where the order is not certain: then no rotated file is returned.</param>
    public static List<LogFile> After(List<LogFile> rotated, LogFile older, LogFile? log, out bool isSafe)
    {
        if (log != null && rotated.Exists(log.IsSameAs))
        {
            log.Dispose();
            log = null;
        }

        var place = rotated.Find(older.IsSameAs) ?? older;
        // A predecessor of a log that was never written to can have been written to after that was made: the numbers tell.
        var newer = rotated.FindAll(file => file != place && Compare(file, place) >= 0 && CompareNumbers(file.Path, place.Path) >= 0);
        isSafe = true;
        for (var i = 0; i < newer.Count; i++)
            isSafe &= Compare(i == 0 ? place : newer[i - 1], newer[i]) < 0;
        if (!isSafe)
            newer.Clear();
        rotated.FindAll(file => !newer.Contains(file)).ForEach(file => file.Dispose());
        if (log != null)
            newer.Add(log);
        return newer;
    }

    private static (string Path, ulong Device, ulong Inode) Identity(LogFile file) => (file.Path, file.Device, file.Inode);

    private static List<LogFile> OpenOnce(string log)
    {
        var found = new List<LogFile>();
        foreach (var name in Names(log))
        {
            if (LogFile.TryOpen(Path.Combine(Path.GetDirectoryName(log)!, name), out _) is not { } file)
                continue;
            if (found.Exists(file.IsSameAs))
                file.Dispose();
            else
                found.Add(file);
        }

        return found;
    }

    /// <summary>Which file was written last; of files of one time, which the rotation counts as newer.</summary>
    private static int Compare(LogFile a, LogFile b) =>
        a.Modified.CompareTo(b.Modified) is var order and not 0 ? order : CompareNumbers(a.Path, b.Path);

    /// <summary>Orders rotation numbers: <c>.2</c> is older than <c>.1</c>. 0 for other names.</summary>
    private static int CompareNumbers(string a, string b) =>
        Number(a) is { } left && Number(b) is { } right ? right.CompareTo(left) : 0;

    private static int? Number(string path) =>
        RotationNumber().Match(path) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, out var number) ? number : null;

    private static IEnumerable<string> Names(string log)
    {
        var name = Path.GetFileName(log);
        var stem = Path.GetFileNameWithoutExtension(log);
        var extension = Path.GetExtension(log);
        List<string> entries;
        try
        {
            entries = Directory.EnumerateFiles(Path.GetDirectoryName(log)!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A directory that is gone, or closed to us, has no predecessors for us.
            return [];
        }

        return entries.Where(entry =>
            (entry.StartsWith(name, StringComparison.Ordinal) && RotationSuffix().IsMatch(entry.AsSpan(name.Length)))
            || (extension.Length > 0 && entry.Length > name.Length && entry.StartsWith(stem, StringComparison.Ordinal)
                && entry.EndsWith(extension, StringComparison.Ordinal) && RotationSuffix().IsMatch(entry.AsSpan()[stem.Length..^extension.Length])));
    }

    [GeneratedRegex(@"^[.\-_][0-9][0-9.\-_:T]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex RotationSuffix();

    [GeneratedRegex(@"\.([0-9]{1,6})\z", RegexOptions.CultureInvariant)]
    private static partial Regex RotationNumber();
}
