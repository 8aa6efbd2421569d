using System.Globalization;
using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// The filters of the data plane <c>marks</c> at the WAN's ingress:
/// <code>
/// chain 0      u32, mark 0 only   ctinfo: our bits of the connection's mark become the packet's   goto users
/// users        fw, one per user   skbedit: mark 0 again, priority = the user's class              goto redirect
///              matchall           skbedit: mark 0 again                                           pass
/// redirect     matchall           mirred: to the IFB
/// </code>
/// So a packet that bears somebody's mark already is left alone, no mark of ours outlives these filters, and HTB on the IFB takes the class
/// from the priority, without a filter there. Only the filter in chain 0 decides whether anything happens at all.
/// </summary>
internal static class MarksLayout
{
    /// <summary>The priorities in chain 0 that are ours.</summary>
    public const int EntryPriorities = 3;

    private const ushort UserPriority = 1;
    private const ushort RestPriority = 2;
    private const ushort LastPriority = 4;

    /// <summary>The chain that redirects.</summary>
    public static FilterLayout Redirect(ShapingTarget target) => new FilterLayout<MatchallFilter>(
        Key(target, Ours.RedirectChain, 1, FilterProtocol.All, 1),
        new MatchallFilter { Actions = ActionList.Of(new MirredAction(MirredMode.EgressRedirect, target.IfbIndex)) },
        Text($"chain {Ours.RedirectChain} pref 1 matchall action mirred egress redirect dev {target.Policy.Ifb}"));

    /// <summary>A user's filter.</summary>
    public static FilterLayout User(ShapingTarget target, in UserShape user)
    {
        var mask = target.Policy.MarkMask;
        var classId = Ours.Class(Ours.IfbRoot, user.Index);
        return new FilterLayout<FwFilter>(
            UserKey(target, user.Mark),
            new FwFilter
            {
                Mask = mask == uint.MaxValue ? null : mask,
                Actions = ActionList.Of(new SkbeditAction { Mark = 0, Priority = classId, Control = TcControl.GotoChain(Ours.RedirectChain) }),
            },
            Text($"chain {Ours.UserChain} pref {UserPriority} handle 0x{user.Mark:x}/0x{mask:x} fw action skbedit mark 0 priority {classId} goto chain {Ours.RedirectChain}"));
    }

    /// <summary>The place of a user's filter.</summary>
    public static FilterKey UserKey(ShapingTarget target, uint mark) => Key(target, Ours.UserChain, UserPriority, FilterProtocol.All, mark);

    /// <summary>The filters behind the users', for packets of none.</summary>
    public static IEnumerable<FilterLayout> Rest(ShapingTarget target)
    {
        if (target.Policy.DefaultUpload is not null)
        {
            foreach (var layout in Unknown(target, Ours.UserChain, RestPriority, mark: 0))
                yield return layout;
        }

        yield return new FilterLayout<MatchallFilter>(
            Key(target, Ours.UserChain, LastPriority, FilterProtocol.All, 1),
            new MatchallFilter { Actions = ActionList.Of(new SkbeditAction { Mark = 0, Control = TcControl.Ok }) },
            Text($"chain {Ours.UserChain} pref {LastPriority} matchall action skbedit mark 0 pass"));
    }

    /// <summary>The filters of chain 0.</summary>
    public static IEnumerable<FilterLayout> Entry(ShapingTarget target)
    {
        yield return new FilterLayout<U32Filter>(
            Key(target, 0, Ours.FilterPriority, FilterProtocol.All, 0),
            new U32Filter
            {
                Keys = [],
                Mark = new U32Mark(0),
                Actions = ActionList.Of(new CtinfoAction { MarkMask = target.Policy.MarkMask, Control = TcControl.GotoChain(Ours.UserChain) }),
            },
            Text($"pref {Ours.FilterPriority} u32 match mark 0 0xffffffff action ctinfo cpmark 0x{target.Policy.MarkMask:x} goto chain {Ours.UserChain}"),
            static filter => filter with { Table = null });
        if (target.Policy.DefaultUpload is null)
            yield break;
        foreach (var layout in Unknown(target, 0, Ours.FilterPriority + 1, mark: null))
            yield return layout;
    }

    /// <summary>Whether a filter of chain 0 is one of ours: at our priorities, and leading to our chains.</summary>
    public static bool IsEntry(TcFilter filter)
    {
        if (filter.IsHead || filter.Key.Chain != 0 || filter.Key.Priority is < Ours.FilterPriority or >= Ours.FilterPriority + EntryPriorities)
            return false;
        var actions = filter.TryRead<U32Filter>(out var u32) ? u32.Actions : filter.TryRead<MatchallFilter>(out var matchall) ? matchall.Actions : default;
        foreach (var action in actions)
        {
            if ((action.TryRead<CtinfoAction>(out var ctinfo) && ctinfo.Control.Chain == Ours.UserChain)
                || (action.TryRead<SkbeditAction>(out var skbedit) && skbedit.Control.Chain == Ours.RedirectChain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything of IPv4 and IPv6, to the default class.</summary>
    private static IEnumerable<FilterLayout> Unknown(ShapingTarget target, uint chain, ushort priority, uint? mark)
    {
        var classId = Ours.Class(Ours.IfbRoot, Ours.DefaultClass);
        foreach (var (protocol, name) in ((FilterProtocol, string)[])[(FilterProtocol.IPv4, "ip"), (FilterProtocol.IPv6, "ipv6")])
        {
            yield return new FilterLayout<MatchallFilter>(
                Key(target, chain, priority, protocol, 1),
                new MatchallFilter { Actions = ActionList.Of(new SkbeditAction { Mark = mark, Priority = classId, Control = TcControl.GotoChain(Ours.RedirectChain) }) },
                Text($"{(chain == 0 ? "" : Text($"chain {chain} "))}pref {priority} protocol {name} matchall action skbedit {(mark is null ? "" : "mark 0 ")}priority {classId} goto chain {Ours.RedirectChain}"));
            priority++;
        }
    }

    private static FilterKey Key(ShapingTarget target, uint chain, ushort priority, FilterProtocol protocol, uint handle) =>
        new(target.Wan.Index, TcHandle.IngressFilters, priority, protocol, handle) { Chain = chain };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
