using System.Globalization;

namespace Vffnl.Names;

/// <summary>The names of users, groups and IP protocols, out of the system's own files.</summary>
internal static class Accounts
{
    /// <summary>The user's name; null where <c>/etc/passwd</c> has none.</summary>
    public static string? User(uint id) => Find("/etc/passwd", id);

    /// <summary>The group's name; null where <c>/etc/group</c> has none.</summary>
    public static string? Group(uint id) => Find("/etc/group", id);

    /// <summary>Such as <c>tcp</c>; <c>ipproto-253</c> where <c>/etc/protocols</c> has no name.</summary>
    public static string Protocol(byte number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        foreach (var line in Lines("/etc/protocols"))
        {
            if (line.Split(['#'], 2)[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries) is [var name, var known, ..] && known == text)
                return name;
        }

        return $"ipproto-{text}";
    }

    private static string? Find(string file, uint id)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        foreach (var line in Lines(file))
        {
            if (line.Split(':') is [var name, _, var known, ..] && known == text)
                return name;
        }

        return null;
    }

    private static IEnumerable<string> Lines(string file) => File.Exists(file) ? File.ReadLines(file) : [];
}
