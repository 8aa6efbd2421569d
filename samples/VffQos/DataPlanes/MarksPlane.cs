using System.Globalization;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>The data plane of kernels with cls_fw, act_ctinfo and their like: see <see cref="MarksLayout"/>.</summary>
/// <param name="kernel">The clients.</param>
/// <param name="facts">Remembers whether a device's clsact is ours.</param>
internal sealed class MarksPlane(KernelClients kernel, ISetupFacts facts) : IUploadPlane
{
    private readonly NetlinkBatch _batch = new();

    /// <inheritdoc/>
    public DataPlaneKind Kind => DataPlaneKind.Marks;

    /// <inheritdoc/>
    public IFlowTable Flows { get; } = new NoFlowTable();

    /// <inheritdoc/>
    public void ConvergeLookups(ShapingTarget target, IReadOnlyCollection<UserShape> users, ChangeLog changes)
    {
        ConvergeIngress(target.Wan, changes);
        var wanted = new List<FilterLayout>(users.Count + 8) { MarksLayout.Redirect(target) };
        foreach (var user in users)
            wanted.Add(MarksLayout.User(target, user));
        wanted.AddRange(MarksLayout.Rest(target));
        var found = FiltersOf(target.Wan.Index, null).Where(IsChainOfOurs);
        Converge(target, wanted, [.. found], changes);
    }

    /// <inheritdoc/>
    public void ConvergeRedirect(ShapingTarget target, ChangeLog changes)
    {
        var wanted = MarksLayout.Entry(target).ToList();
        if (!Converge(target, wanted, [.. FiltersOf(target.Wan.Index, 0).Where(MarksLayout.IsEntry)], changes) || changes.IsPlan)
            return;
        var made = FiltersOf(target.Wan.Index, 0);
        if (wanted.All(layout => made.Any(layout.IsMatchedBy)))
            return;
        // An acknowledgement means little: without CONFIG_CLS_U32_MARK the mark is dropped, and the filter matches everything.
        Delete(target.Wan, 0, MarksLayout.IsEntry);
        throw new ShapingException(
            "The kernel took the filter that picks packets without a mark (u32 match mark) and made something else of it: it was built without CONFIG_CLS_U32_MARK, which the data plane \"marks\" needs.");
    }

    /// <inheritdoc/>
    public bool HasRedirect() => kernel.Route.GetLinks().Any(link => FiltersOf(link.Index, 0).Any(MarksLayout.IsEntry));

    /// <summary>Whether any filter of ours is anywhere.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public bool IsThere() => kernel.Route.GetLinks().Any(link => FiltersOf(link.Index, null).Any(static filter => IsChainOfOurs(filter) || MarksLayout.IsEntry(filter)));

    /// <inheritdoc/>
    public void WithdrawRedirect(ChangeLog changes)
    {
        foreach (var link in kernel.Route.GetLinks())
            RemoveEntry(link, changes);
    }

    /// <inheritdoc/>
    public void PutUsers(ShapingTarget target, ReadOnlySpan<UserShape> users)
    {
        _batch.Clear();
        foreach (ref readonly var user in users)
            MarksLayout.User(target, user).Put(_batch);
        Send("RTM_NEWTFILTER fw");
    }

    /// <inheritdoc/>
    public void RemoveUsers(ShapingTarget target, ReadOnlySpan<uint> marks)
    {
        _batch.Clear();
        foreach (var mark in marks)
            _batch.DeleteFilter(MarksLayout.UserKey(target, mark), FwFilter.Kind);
        Send("RTM_DELTFILTER fw", Errno.ENOENT);
    }

    /// <inheritdoc/>
    public void Remove(int? keep, ChangeLog changes)
    {
        foreach (var link in kernel.Route.GetLinks())
        {
            if (link.Index == keep)
                continue;
            RemoveEntry(link, changes);
            var chains = FiltersOf(link.Index, null).Where(IsChainOfOurs).Select(static filter => filter.Key.Chain).Distinct().Order();
            foreach (var chain in chains.ToList())
            {
                if (changes.Carry(Text($"tc filter del dev {link.Name} ingress chain {chain}")))
                    Delete(link, chain, static _ => true);
            }

            RemoveIngress(link, changes);
        }
    }

    private static string FactOf(Link link) => "clsact/" + link.Name;

    private static bool IsChainOfOurs(TcFilter filter) => filter.Key.Chain is Ours.UserChain or Ours.RedirectChain;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<TcFilter> FiltersOf(int ifIndex, uint? chain) => kernel.Tc.ListFilters(ifIndex, TcHandle.IngressFilters, new FilterQuery { Chain = chain });

    /// <summary>What hangs at ingress is used, whoever made it; a clsact of our own where nothing does.</summary>
    private void ConvergeIngress(Link wan, ChangeLog changes)
    {
        if (kernel.Tc.ListQdiscs(wan.Index).Any(static qdisc => qdisc.Key.Parent == TcHandle.Ingress) || !changes.Carry($"tc qdisc add dev {wan.Name} clsact"))
            return;
        facts.Set(FactOf(wan), wan.Index.ToString(CultureInfo.InvariantCulture));
        kernel.Tc.AddQdisc(QdiscKey.Ingress(wan.Index), new ClsactQdisc());
    }

    /// <summary>Our clsact goes again, unless somebody has come to use it.</summary>
    private void RemoveIngress(Link link, ChangeLog changes)
    {
        if (facts.Get(FactOf(link)) is not { } index)
            return;
        var isOurs = index == link.Index.ToString(CultureInfo.InvariantCulture);
        var isUsed = FiltersOf(link.Index, null).Any(static filter => !IsChainOfOurs(filter) && !MarksLayout.IsEntry(filter))
            || kernel.Tc.ListFilters(link.Index, TcHandle.EgressFilters).Count > 0;
        var isThere = kernel.Tc.ListQdiscs(link.Index).Any(static qdisc => qdisc.Key.Parent == TcHandle.Ingress && qdisc.Kind == "clsact");
        if (isOurs && !isUsed && isThere)
        {
            if (!changes.Carry($"tc qdisc del dev {link.Name} clsact"))
                return;
            kernel.Tc.DeleteQdisc(QdiscKey.Ingress(link.Index), ClsactQdisc.Kind);
        }

        if (!changes.IsPlan)
            facts.Set(FactOf(link), null);
    }

    private void RemoveEntry(Link link, ChangeLog changes)
    {
        var isDue = false;
        foreach (var filter in FiltersOf(link.Index, 0).Where(MarksLayout.IsEntry))
            isDue |= changes.Carry(Text($"tc filter del dev {link.Name} ingress pref {filter.Key.Priority} handle 0x{filter.Key.Handle:x} {filter.Kind}"));
        if (isDue)
            Delete(link, 0, MarksLayout.IsEntry);
    }

    /// <summary>Brings some filters to a list; returns whether anything had to be done.</summary>
    private bool Converge(ShapingTarget target, List<FilterLayout> wanted, List<TcFilter> found, ChangeLog changes)
    {
        var missing = new List<FilterLayout>();
        var there = found.Where(static filter => !filter.IsHead && filter.Raw.HasPayload && !IsTable(filter)).ToDictionary(static filter => filter.Key);
        foreach (var layout in wanted)
        {
            var match = layout.Key.Handle == 0
                ? there.Values.FirstOrDefault(layout.HasPlaceOf)
                : there.GetValueOrDefault(layout.Key);
            if (match is not null && (layout.IsMatchedBy(match) || layout.CanChange(match)))
                there.Remove(match.Key);
            if (match is null || !layout.IsMatchedBy(match))
                missing.Add(layout);
        }

        _batch.Clear();
        // What is wrong goes first: matchall cannot be changed, and all fw filters of a priority have one mask.
        foreach (var filter in there.Values)
        {
            if (changes.Carry(Text($"tc filter del dev {target.Wan.Name} ingress chain {filter.Key.Chain} pref {filter.Key.Priority} handle 0x{filter.Key.Handle:x} {filter.Kind}")))
                _batch.DeleteFilter(filter.Key, filter.Raw.KindName);
        }

        foreach (var layout in missing)
        {
            if (changes.Carry($"tc filter replace dev {target.Wan.Name} ingress {layout.Text}"))
                layout.Put(_batch);
        }

        Send("RTM_NEWTFILTER");
        return missing.Count + there.Count > 0;
    }

    /// <summary>u32 lists its hash tables among its filters.</summary>
    private static bool IsTable(TcFilter filter) => filter.Kind == "u32" && (filter.Key.Handle & 0xfffff) == 0;

    /// <summary>
    /// Deletes filters, and with the last one of a priority the priority: u32 would keep a hash table there as long as anybody else has a u32
    /// filter on the device.
    /// </summary>
    private void Delete(Link link, uint chain, Func<TcFilter, bool> isOurs)
    {
        _batch.Clear();
        foreach (var priority in FiltersOf(link.Index, chain).GroupBy(static filter => (filter.Key.Priority, filter.Key.Protocol, filter.Kind)))
        {
            var filters = priority.Where(static filter => !filter.IsHead && !IsTable(filter)).ToList();
            var ours = filters.Where(isOurs).ToList();
            if (ours.Count > 0 && ours.Count == filters.Count)
            {
                _batch.DeleteFilters(ours[0].Key, ours[0].Raw.KindName);
                continue;
            }

            foreach (var filter in ours)
                _batch.DeleteFilter(filter.Key, filter.Raw.KindName);
        }

        Send("RTM_DELTFILTER", Errno.ENOENT);
    }

    private void Send(string what, int tolerated = 0)
    {
        if (_batch.Count == 0)
            return;
        var sink = new Refusal(tolerated);
        var result = kernel.Tc.Send(_batch, ref sink);
        if (!sink.First.IsSuccess)
            throw new NetlinkException(sink.First, $"{what} at the ingress of the WAN, message {sink.Index + 1} of {_batch.Count}");
        if (result.RepliesLost)
            throw new NetlinkException(new NetlinkError(Errno.ENOBUFS), what);
    }

    private struct Refusal(int tolerated) : IBatchSink
    {
        public NetlinkError First { get; private set; }

        public int Index { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
            if (!First.IsSuccess || error.Number == tolerated)
                return;
            First = error;
            Index = index;
        }
    }
}
