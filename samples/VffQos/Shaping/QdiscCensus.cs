using System.Text;
using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The qdiscs of all devices at one moment: roots, what hangs at ingress, and the leaves below our roots.</summary>
internal sealed class QdiscCensus
{
    /// <summary>How often a dump that the table changed under is made again.</summary>
    internal const int MaximumAttempts = 8;

    private readonly Dictionary<int, Found> _roots = [];
    private readonly Dictionary<int, Found> _ingress = [];
    private readonly Dictionary<(int IfIndex, TcHandle Class), Leaf> _leaves = [];

    /// <summary>Devices that have a qdisc at ingress.</summary>
    public IEnumerable<int> IngressDevices => _ingress.Keys;

    /// <summary>Dumps them.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static QdiscCensus Read(TcClient tc)
    {
        for (var attempt = 1; ; attempt++)
        {
            var census = new QdiscCensus();
            var sink = new Sink(census);
            if (tc.TryDumpQdiscs(0, ref sink, out var error))
                return census;
            if (error.Number != Errno.EINTR || attempt == MaximumAttempts)
                throw new NetlinkException(error, "RTM_GETQDISC dump");
        }
    }

    /// <summary>Takes a root qdisc.</summary>
    internal void Add(int ifIndex, in Found root) => _roots[ifIndex] = root;

    /// <summary>Takes a class's leaf.</summary>
    internal void Add(int ifIndex, TcHandle classId, in Leaf leaf) => _leaves[(ifIndex, classId)] = leaf;

    /// <summary>A device's root qdisc; null where a dump shows none.</summary>
    public Found? RootOf(int ifIndex) => _roots.TryGetValue(ifIndex, out var root) ? root : null;

    /// <summary>A device's ingress or clsact; null where it has neither.</summary>
    public Found? IngressOf(int ifIndex) => _ingress.TryGetValue(ifIndex, out var ingress) ? ingress : null;

    /// <summary>Whether a device's root is one of ours.</summary>
    public bool HasRoot(in HtbDevice device) => RootOf(device.IfIndex) is { } root && root.Handle == device.Root && root.Kind == "htb";

    /// <summary>Devices whose root is this one of ours, also by its default class: a handle alone can be anybody's.</summary>
    public IEnumerable<int> DevicesWith(TcHandle root) =>
        _roots.Where(pair => pair.Value.Handle == root && pair.Value.Kind == "htb" && pair.Value.Options?.DefaultClass == Ours.DefaultClass).Select(static pair => pair.Key);

    /// <summary>A class's leaf, where that is of a kind of ours.</summary>
    public Leaf? LeafOf(int ifIndex, TcHandle classId) => _leaves.TryGetValue((ifIndex, classId), out var leaf) ? leaf : null;

    /// <summary>A qdisc.</summary>
    /// <param name="Kind">Such as <c>htb</c>.</param>
    /// <param name="Handle">0: for those that the kernel made.</param>
    /// <param name="Options">Those of an HTB; null for others.</param>
    internal readonly record struct Found(string Kind, TcHandle Handle, HtbQdisc? Options);

    /// <summary>The leaf of a class.</summary>
    /// <param name="Limit">Bytes that it holds.</param>
    /// <param name="Cuts">Whether it is the kind that cuts.</param>
    internal readonly record struct Leaf(ulong Limit, bool Cuts);

    private readonly struct Sink(QdiscCensus census) : IQdiscSink
    {
        public void Qdisc(scoped in QdiscView view)
        {
            if (view.Parent == TcHandle.Root || view.Parent == TcHandle.Ingress)
            {
                var found = new Found(Encoding.UTF8.GetString(view.Kind), view.Handle, view.TryRead<HtbQdisc>(out var options) ? options : null);
                if (view.Parent == TcHandle.Root)
                    census.Add(view.IfIndex, found);
                else
                    census._ingress[view.IfIndex] = found;
            }
            else if (view.Parent.Qdisc == Ours.WanRoot || view.Parent.Qdisc == Ours.IfbRoot)
            {
                if (view.TryRead<BfifoQdisc>(out var fifo) && fifo.Limit is { } limit)
                    census.Add(view.IfIndex, view.Parent, new Leaf(limit.Bytes, Cuts: false));
                else if (view.TryRead<TbfQdisc>(out var cutter))
                    census.Add(view.IfIndex, view.Parent, new Leaf(cutter.Limit.Bytes, Cuts: true));
            }
        }
    }
}
