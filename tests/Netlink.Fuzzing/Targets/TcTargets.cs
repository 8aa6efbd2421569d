using VffNetlink.Tc;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of traffic control. Kinds of qdiscs, classes, filters and actions are found by themselves.</summary>
internal static class TcTargets
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        FuzzTarget.OfRoute(typeof(QdiscView), TcAttributes.Messages, ReadQdisc, RTM_TC.RTM_NEWQDISC, RTM_TC.RTM_DELQDISC),
        FuzzTarget.OfRoute(typeof(ClassView), TcAttributes.Messages, ReadClass, RTM_TC.RTM_NEWTCLASS, RTM_TC.RTM_DELTCLASS),
        FuzzTarget.OfRoute(typeof(FilterView), TcAttributes.Messages, ReadFilter, RTM_TC.RTM_NEWTFILTER, RTM_TC.RTM_DELTFILTER),
        FuzzTarget.OfPayload(typeof(ActionReader), TcAttributes.Actions, ReadActions),
        FuzzTarget.OfPayload(typeof(TcStatistics), TcAttributes.Statistics, static p => _ = TcStatistics.Read(p, out _).ToString()),
        FuzzTarget.OfPayload(typeof(HtbClassCounters), HtbClass.Statistics, static p => HtbClassCounters.TryRead(p, out _)),
        FuzzTarget.OfPayload(typeof(HtbQdisc), HtbQdisc.Options, static p => HtbQdisc.ReadDirectPackets(p), nameof(HtbQdisc.ReadDirectPackets)),
        .. Kinds.Select<FuzzTarget>(Kinds.OfTc, typeof(TcTargets), nameof(Kind)),
        .. Kinds.Select<FuzzTarget>(Kinds.OfActions, typeof(TcTargets), nameof(ActionKind)),
    ];

    private static void ReadQdisc(scoped in NetlinkMessage message)
    {
        var view = new QdiscView(message);
        ViewProperties<QdiscView>.Read(ref view);
        view.TryReadStatistics(out _);
        _ = view.ToRecord().ToString();
    }

    private static void ReadClass(scoped in NetlinkMessage message)
    {
        var view = new ClassView(message);
        ViewProperties<ClassView>.Read(ref view);
        view.TryReadStatistics(out _);
        _ = view.ToRecord().ToString();
    }

    private static void ReadFilter(scoped in NetlinkMessage message)
    {
        var view = new FilterView(message);
        ViewProperties<FilterView>.Read(ref view);
        _ = view.ToRecord().ToString();
    }

    private static void ReadActions(ReadOnlySpan<byte> payload)
    {
        foreach (var action in new ActionReader(payload))
        {
            var view = action;
            ViewProperties<ActionView>.Read(ref view);
            action.TryReadStatistics(out _);
        }
    }

    private static FuzzTarget Kind<T>()
        where T : struct, ITcKind<T> => FuzzTarget.OfPayload(typeof(T), T.Options, ReadKind<T>);

    private static FuzzTarget ActionKind<T>()
        where T : struct, IActionKind<T> => FuzzTarget.OfPayload(typeof(T), T.Options, ReadAction<T>);

    private static void ReadKind<T>(ReadOnlySpan<byte> options)
        where T : struct, ITcKind<T>
    {
        if (!T.TryRead(options, out var value))
            return;
        _ = value.ToString();
        var message = MessageWriter.Begin(new byte[64 + value.Room], 0, NLM_F.NONE);
        value.Write(message.PutHeader<uint, TCA>(0));
        var written = new AttributeReader<TCA>(message.Message[20..]);
        if (!T.TryRead(written.TryFind(TCA.TCA_OPTIONS, out var found) ? found.Payload : default, out var again))
            Rewriting.Lost(value);
        Rewriting.Same(value, again);
    }

    private static void ReadAction<T>(ReadOnlySpan<byte> options)
        where T : struct, IActionKind<T>
    {
        if (!T.TryRead(options, out var value))
            return;
        _ = value.ToString();
        foreach (var action in ActionList.Of(value))
        {
            if (!action.TryRead<T>(out var again))
                Rewriting.Lost(value);
            Rewriting.Same(value, again);
        }
    }
}
