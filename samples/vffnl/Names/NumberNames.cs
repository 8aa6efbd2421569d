using System.Globalization;

namespace Vffnl.Names;

/// <summary>
/// The names that this system gives to numbers of routing, out of the files that <c>ip</c> takes them from, too: those that came with it
/// (<c>/usr/share/iproute2</c>), then the administrator's (<c>/etc/iproute2</c>), then the <c>.conf</c> files in a folder beside them.
/// </summary>
internal sealed class NumberNames
{
    private static readonly string[] Folders = ["/usr/share/iproute2", "/etc/iproute2"];

    private readonly Lazy<Dictionary<uint, string>> _names;
    private readonly string _format;

    private NumberNames(string file, string format, params (uint Number, string Name)[] known)
    {
        _format = format;
        _names = new Lazy<Dictionary<uint, string>>(() => Read(file, known));
    }

    /// <summary>Routing tables.</summary>
    public static NumberNames Tables { get; } = new("rt_tables", "{0}", (253, "default"), (254, "main"), (255, "local"));

    /// <summary>Who made a route.</summary>
    public static NumberNames Protocols { get; } = new(
        "rt_protos", "{0}", (0, "unspec"), (1, "redirect"), (2, "kernel"), (3, "boot"), (4, "static"), (8, "gated"), (9, "ra"), (10, "mrt"), (11, "zebra"),
        (12, "bird"), (13, "dnrouted"), (14, "xorp"), (15, "ntk"), (16, "dhcp"), (18, "keepalived"), (42, "babel"), (186, "bgp"), (187, "isis"), (188, "ospf"),
        (189, "rip"), (192, "eigrp"));

    /// <summary>How far an address or a destination is.</summary>
    public static NumberNames Scopes { get; } = new("rt_scopes", "{0}", (0, "global"), (200, "site"), (253, "link"), (254, "host"), (255, "nowhere"));

    /// <summary>Realms.</summary>
    public static NumberNames Realms { get; } = new("rt_realms", "{0}");

    /// <summary>Groups of links.</summary>
    public static NumberNames Groups { get; } = new("group", "{0}", (0, "default"));

    /// <summary>Types of service.</summary>
    public static NumberNames Services { get; } = new("rt_dsfield", "0x{0:x2}");

    /// <summary>The name, or the number where it has none.</summary>
    public string Of(uint number) => _names.Value.GetValueOrDefault(number) ?? string.Format(CultureInfo.InvariantCulture, _format, number);

    private static Dictionary<uint, string> Read(string file, (uint Number, string Name)[] known)
    {
        var names = known.ToDictionary(static k => k.Number, static k => k.Name);
        foreach (var folder in Folders)
        {
            ReadFile(Path.Combine(folder, file), names);
            var more = Path.Combine(folder, file + ".d");
            if (!Directory.Exists(more))
                continue;
            foreach (var path in Directory.EnumerateFiles(more, "*.conf").Order(StringComparer.Ordinal))
                ReadFile(path, names);
        }

        return names;
    }

    /// <summary>Lines of a number (decimal, or hexadecimal behind 0x) and a name; what is none is passed over, as a comment is.</summary>
    private static void ReadFile(string path, Dictionary<uint, string> names)
    {
        if (!File.Exists(path))
            return;
        foreach (var line in File.ReadLines(path))
        {
            if (line.Split(['#'], 2)[0].Split(default(char[]), StringSplitOptions.RemoveEmptyEntries) is not [var text, var name])
                continue;
            var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            if (uint.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                names[number] = name;
        }
    }
}
