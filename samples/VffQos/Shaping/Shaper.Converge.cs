using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <content>The order of things.</content>
internal sealed partial class Shaper
{
    /// <summary>
    /// Compares everything with what should be, and repairs it unless this is a plan. What packets are led to comes before what leads
    /// them there: devices, classes, look-ups, the redirect; and what nobody needs any more goes when nothing leads to it.
    /// </summary>
    private ShapingTarget Converge(IReadOnlyCollection<UserShape> users, ChangeLog changes, Action? fill = null)
    {
        var census = QdiscCensus.Read(_kernel.Tc);
        var wan = _wan.Get(_policy, census);
        _mayCut = MayCut(wan);
        var before = _ifb.Find(_policy.Ifb);
        var plane = Upload;
        WithdrawWhereItLeadsNowhere(before, changes);
        var ifb = _ifb.Converge(_policy.Ifb, changes);
        var target = new ShapingTarget(_policy, wan, ifb?.Index ?? 0);
        if (!changes.IsPlan)
            _wan.Remember(wan, census);

        var up = ClassesOf(users, _policy.DefaultUpload ?? _policy.Ceil, UploadLimits);
        var down = ClassesOf(users, _policy.DefaultDownload, DownloadLimits);
        var upState = ConvergeTree(target.IfbTree, up, census, changes);
        var downState = ConvergeTree(target.WanTree, down, census, changes);
        _download.Converge(wan.Name, _policy.MarkMask, users, changes);
        plane.ConvergeLookups(target, users, changes);
        fill?.Invoke(); // before the redirect, and before the other data plane goes, which may hold these flows until then
        if (!_isRedirectWanted || !IsUp(wan))
            plane.WithdrawRedirect(changes);
        else
            plane.ConvergeRedirect(target, changes);

        OtherUpload.Remove(null, changes);
        plane.Remove(wan.Index, changes);
        RemoveSurplus(target.IfbTree, up, upState, changes);
        RemoveSurplus(target.WanTree, down, downState, changes);
        RemoveRoots(target, changes);
        _ifb.Remove(_policy.Ifb, changes);
        _wan.Restore(wan.Name, changes);
        return target;

        // In a plan the WAN is what it is; otherwise it may have changed since the start.
        bool IsUp(Link link) => changes.IsPlan ? link.IsUp : _kernel.Route.FindLink(link.Index) is { IsUp: true };
    }

    /// <summary>A redirect to a device that is missing, down or not shaped yet goes before anything else: it would drop, or pass unshaped.</summary>
    private void WithdrawWhereItLeadsNowhere(Link? ifb, ChangeLog changes)
    {
        var isGood = IfbDevice.IsReady(ifb, _policy.Ifb) && (_target is null || _target.IfbIndex == ifb!.Index);
        if (isGood)
            return;
        Upload.WithdrawRedirect(changes);
        OtherUpload.WithdrawRedirect(changes);
    }

    private HtbState ConvergeTree(in HtbDevice device, Dictionary<ushort, ClassLimits> wanted, QdiscCensus census, ChangeLog changes)
    {
        var state = census.HasRoot(device) ? HtbState.Read(_kernel.Tc, device) : new HtbState();
        var steps = new List<HtbStep>();
        HtbTree.Diff(device, wanted, census, state, _kernel.Psched, steps);
        _trees.Carry(steps, changes);
        return state;
    }

    private void RemoveSurplus(in HtbDevice device, Dictionary<ushort, ClassLimits> wanted, HtbState state, ChangeLog changes)
    {
        var steps = new List<HtbStep>();
        HtbTree.Surplus(device, wanted, state, steps);
        _trees.Carry(steps, changes);
    }
}
