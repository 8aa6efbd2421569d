using VffNetlink.Route;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>
/// The kinds of links whose data has fields. Each one enters itself when the program starts (<c>[ModuleInitializer]</c> in its file), so
/// that a new kind is a new file.
/// </summary>
internal static class LinkKinds
{
    private static readonly Dictionary<string, Writer> Kinds = [];
    private static readonly Dictionary<string, Writer> PortKinds = [];

    /// <summary>Writes the fields of a link's data into the object that was begun; none where the link has no such data.</summary>
    public delegate void Writer(Report report, Link link, LinkDirectory links);

    /// <summary>Enters a kind.</summary>
    public static void Add(string kind, Writer writer) => Kinds.Add(kind, writer);

    /// <summary>Enters the kind of a master that has something to tell of its ports.</summary>
    public static void AddPort(string kind, Writer writer) => PortKinds.Add(kind, writer);

    /// <summary>Writes what the kernel tells of a link's kind and of its master's.</summary>
    public static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.Kind is null && link.SlaveKind is null)
            return;
        report.BeginObject("linkinfo");
        Write(report, "info_kind", "info_data", link.Kind, Kinds, link, links);
        Write(report, "info_slave_kind", "info_slave_data", link.SlaveKind, PortKinds, link, links);
        report.EndObject();
    }

    private static void Write(Report report, string name, string dataName, string? kind, Dictionary<string, Writer> kinds, Link link, LinkDirectory links)
    {
        if (kind is null)
            return;
        report.Text(name, kind);
        if (!kinds.TryGetValue(kind, out var writer))
            return;
        report.BeginObject(dataName);
        writer(report, link, links);
        report.EndObject();
    }
}
