using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffQos.DataPlanes;

/// <summary>Finds out which parts of the kernel are missing, by asking for each alone, in a namespace made for that.</summary>
internal static class KernelParts
{
    /// <summary>The parts of the data plane <c>marks</c> that the kernel lacks, by the names that they are configured and loaded by.</summary>
    /// <param name="device">A device in the calling thread's namespace on which anything may be made.</param>
    public static IReadOnlyList<string> MissingForMarks(string device)
    {
        using var route = RouteClient.Open();
        using var tc = TcClient.Open();
        var index = route.GetLink(device).Index;
        tc.TryAddQdisc(QdiscKey.Ingress(index), new ClsactQdisc(), out _);
        var missing = new List<string>();
        ushort priority = 100;
        Filter("cls_fw", new FwFilter { ClassId = new TcHandle(1, 1) });
        Filter("cls_matchall", new MatchallFilter());
        Filter("cls_u32", new U32Filter { Keys = [] });
        Action("act_ctinfo", ActionList.Of(new CtinfoAction { MarkMask = 1 }));
        Action("act_skbedit", ActionList.Of(new SkbeditAction { Mark = 0 }));
        Action("act_mirred", ActionList.Of(new MirredAction(MirredMode.EgressRedirect, index)));
        if (!missing.Contains("cls_u32") && !HasMark())
            missing.Add("cls_u32's match mark (CONFIG_CLS_U32_MARK)");
        return missing;

        void Action(string part, ActionList actions) => Filter(part, new U32Filter { Keys = [], Actions = actions });

        void Filter<T>(string part, in T options)
            where T : struct, IFilterKind<T>
        {
            if (!tc.TryAddFilter(new FilterKey(index, TcHandle.IngressFilters, ++priority, FilterProtocol.All, T.Kind.SequenceEqual("u32"u8) ? 0u : 1u), options, out _))
                missing.Add(part);
        }

        bool HasMark()
        {
            Filter("", new U32Filter { Keys = [], Mark = new U32Mark(1) });
            return tc.ListFilters(index, TcHandle.IngressFilters, new FilterQuery { Priority = priority }).Any(static filter => filter.TryRead<U32Filter>(out var u32) && u32.Mark == new U32Mark(1));
        }
    }
}
