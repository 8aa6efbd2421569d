using VffNetlink;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffQos.DataPlanes;

namespace VffQos.Shaping;

/// <summary>Tells what of ours is in the kernel, without knowing what should be.</summary>
internal sealed class SnapshotReader(KernelClients kernel, WanDevice wans, MapsPlane maps, MarksPlane marks)
{
    /// <summary>Looks.</summary>
    /// <param name="policy">Says which device would be the WAN where none has our root.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public ShapingSnapshot Read(ShapingPolicy policy)
    {
        var census = QdiscCensus.Read(kernel.Tc);
        var links = kernel.Route.GetLinks();
        var wan = Find(links, census.DevicesWith(Ours.WanRoot)) ?? wans.Find(policy);
        var ifbs = links.Where(IfbDevice.IsOurs).ToList();
        var ifb = Find(ifbs, census.DevicesWith(Ours.IfbRoot)) ?? ifbs.FirstOrDefault();
        var hasMaps = kernel.Nft.FindTable(NftFamily.Netdev, Ours.Table) is not null;
        var hasMarks = !hasMaps && marks.IsThere();
        return new ShapingSnapshot
        {
            Plane = hasMaps ? DataPlaneKind.Maps : hasMarks ? DataPlaneKind.Marks : null,
            Wan = wan?.Name,
            Ifb = ifb?.Name,
            Redirects = hasMaps ? maps.HasRedirect() : hasMarks && marks.HasRedirect(),
            Upload = ReadClasses(ifb, Ours.IfbRoot, census),
            Download = ReadClasses(wan, Ours.WanRoot, census),
            Flows = hasMaps ? FlowTable.Count(kernel) : null,
        };
    }

    private static Link? Find(IReadOnlyList<Link> links, IEnumerable<int> indexes) => links.FirstOrDefault(link => indexes.Contains(link.Index));

    private Dictionary<ushort, ClassCounters>? ReadClasses(Link? link, TcHandle root, QdiscCensus census)
    {
        if (link is null || !census.HasRoot(new HtbDevice(link.Name, link.Index, root)))
            return null;
        for (var attempt = 1; ; attempt++)
        {
            var sink = new Sink([]);
            if (kernel.Tc.TryDumpClasses(link.Index, root, ref sink, out var error))
                return sink.Classes;
            if (error.Number != Errno.EINTR || attempt == QdiscCensus.MaximumAttempts)
                throw new NetlinkException(error, $"RTM_GETTCLASS dump of {root} on {link.Name}");
        }
    }

    private readonly struct Sink(Dictionary<ushort, ClassCounters> classes) : IClassSink
    {
        public Dictionary<ushort, ClassCounters> Classes { get; } = classes;

        public void Class(scoped in ClassView view)
        {
            if (view.ClassId.Minor == Ours.RootClass || !view.TryRead<HtbClass>(out var options) || !view.TryReadStatistics(out var statistics))
                return;
            Classes[view.ClassId.Minor] = new ClassCounters(options.Ceil, statistics.Bytes, statistics.Packets, statistics.Backlog, statistics.Drops);
        }
    }
}
