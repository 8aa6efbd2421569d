using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffQos.DataPlanes;

namespace VffQos.Shaping;

/// <summary>
/// The kernel side of the daemon, in the network namespace of the thread that opened it. Every converging looks at what there is and
/// sends what is missing, so that it heals whatever was done to it, and costs some dumps and no change where nothing was.
/// </summary>
internal sealed partial class Shaper : IShaper
{
    private readonly ShapingPolicy _policy;
    private readonly ILogger _log;
    private readonly KernelClients _kernel;
    private readonly WanDevice _wan;
    private readonly IfbDevice _ifb;
    private readonly HtbTree _trees;
    private readonly DownloadTable _download;
    private readonly Dictionary<ushort, UserShape> _users = [];
    private readonly MapsPlane _maps;
    private readonly MarksPlane _marks;
    private readonly LinkGuard _guard;
    private ChosenDataPlane? _chosen;
    private ShapingTarget? _target;
    private bool _isRedirectWanted = true;
    private bool _mayCut;

    private Shaper(ShapingPolicy policy, ISetupFacts facts, ILogger log, TimeProvider time, KernelClients kernel, uint? mapSize = null)
    {
        _policy = policy;
        _log = log;
        _kernel = kernel;
        _wan = new WanDevice(kernel, facts);
        _ifb = new IfbDevice(kernel);
        _trees = new HtbTree(kernel);
        _download = new DownloadTable(kernel);
        _maps = new MapsPlane(kernel, mapSize);
        _marks = new MarksPlane(kernel, facts);
        // Before anything is looked at, so that nothing happens between the look and the watch.
        _guard = new LinkGuard(this, time, log);
    }

    /// <inheritdoc/>
    public ChosenDataPlane Plane => _chosen ??= new DataPlaneProbe(_log).Choose(_policy.Plane);

    /// <inheritdoc/>
    public IFlowTable Flows => Upload.Flows;

    /// <inheritdoc/>
    public IFlowTable LeftFlows => _maps.Flows;

    /// <inheritdoc/>
    public ILinkGuard Guard => _guard;

    private IUploadPlane Upload => Plane.Kind == DataPlaneKind.Maps ? _maps : _marks;

    private IUploadPlane OtherUpload => Plane.Kind == DataPlaneKind.Maps ? _marks : _maps;

    /// <summary>Opens the kernel side in the calling thread's network namespace. Neither probes nor changes anything yet.</summary>
    /// <param name="policy">What is wanted.</param>
    /// <param name="facts">What outlives the process.</param>
    /// <param name="log">Where it tells what it does.</param>
    /// <param name="time">The clock that the guard waits by; null: the system's.</param>
    /// <exception cref="NetlinkException">The kernel lacks netlink's families.</exception>
    public static Shaper Open(ShapingPolicy policy, ISetupFacts facts, ILogger log, TimeProvider? time = null) =>
        new(policy, facts, log, time ?? TimeProvider.System, KernelClients.Open());

    /// <summary>As <see cref="Open"/>, with a data plane that is known to work, or that is to be tried.</summary>
    internal static Shaper OpenUnprobed(ShapingPolicy policy, ISetupFacts facts, ILogger log, ChosenDataPlane plane, uint? mapSize = null, TimeProvider? time = null) =>
        new(policy, facts, log, time ?? TimeProvider.System, KernelClients.Open(), mapSize) { _chosen = plane };

    /// <inheritdoc/>
    public ShapingPlan Plan(IReadOnlyCollection<UserShape> users)
    {
        var changes = new ChangeLog(isPlan: true);
        var target = Converge(users, changes);
        return new ShapingPlan(target.Wan.Name, changes.Lines);
    }

    /// <inheritdoc/>
    public void Converge(IReadOnlyCollection<UserShape> users, Action? fill = null)
    {
        if (!ReferenceEquals(users, _users.Values))
        {
            _users.Clear();
            foreach (var user in users)
                _users.Add(user.Index, user);
        }

        var changes = new ChangeLog(isPlan: false);
        _target = Converge(_users.Values, changes, fill);
        _guard.Converged();
        if (changes.Count > 0)
            LogConverged(_target.Wan.Name, Plane.Kind, changes.Count, _users.Count);
    }

    /// <inheritdoc/>
    public void AddOrChangeUsers(ReadOnlySpan<UserShape> users)
    {
        foreach (ref readonly var user in users)
            _users[user.Index] = user;
        if (users.IsEmpty || _target is not { } target)
            return;
        try
        {
            _trees.Put(target.IfbTree, users, UploadLimits);
            _trees.Put(target.WanTree, users, DownloadLimits);
            Upload.PutUsers(target, users);
        }
        catch
        {
            _guard.Suspect();
            throw;
        }

        if (!_download.TryAdd(users))
            Converge(_users.Values);
    }

    /// <inheritdoc/>
    public void RemoveUsers(ReadOnlySpan<ushort> indexes)
    {
        var marks = new List<uint>(indexes.Length);
        foreach (var index in indexes)
        {
            if (_users.Remove(index, out var user))
                marks.Add(user.Mark);
        }

        if (marks.Count == 0 || _target is not { } target)
            return;
        try
        {
            Remove(target, indexes, CollectionsMarshal.AsSpan(marks));
        }
        catch
        {
            _guard.Suspect();
            throw;
        }
    }

    /// <inheritdoc/>
    public void WithdrawRedirect()
    {
        _isRedirectWanted = false;
        TakeRedirectOut();
    }

    /// <inheritdoc/>
    public void RestoreRedirect()
    {
        _isRedirectWanted = true;
        Converge(_users.Values);
    }

    /// <inheritdoc/>
    public ShapingSnapshot Read() => new SnapshotReader(_kernel, _wan, _maps, _marks).Read(_policy);

    /// <inheritdoc/>
    public void Absent(OurMarks marks)
    {
        Learn(marks);
        _target = null;
        _users.Clear();
        var changes = new ChangeLog(isPlan: false);
        _maps.Remove(null, changes);
        _marks.Remove(null, changes);
        _download.Remove(changes);
        RemoveRoots(null, changes);
        _ifb.Remove(null, changes);
        _wan.Restore(null, changes);
        LogAbsent(changes.Count, new MarkSweeper(_kernel).Clear(marks));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _guard.Dispose();
        _kernel.Dispose();
    }

    /// <summary>Converges to the users that are known already.</summary>
    internal void ConvergeAgain() => Converge(_users.Values);

    /// <summary>Whether anything was brought to the kernel yet.</summary>
    internal bool HasConverged => _target is not null;

    /// <summary>Whether the devices that packets were last brought to are still what they were.</summary>
    internal bool AreLinksGood() =>
        _target is { } target
        && _wan.Find(_policy) is { } wan && wan.Index == target.Wan.Index && wan.Name == target.Wan.Name && wan.IsUp
        && _kernel.Route.FindLink(_policy.Ifb) is { } ifb && ifb.Index == target.IfbIndex && IfbDevice.IsReady(ifb, _policy.Ifb);

    /// <summary>
    /// Whether what stands or falls as a whole is still there: roots, tables, the redirect. Somebody who reloads a firewall takes our
    /// tables with the others. Leaves that cut have to make way, too, for an MTU that is too large for them.
    /// </summary>
    internal bool IsIntact() =>
        _target is { } target && AreLinksGood() && MayCut(_wan.Find(_policy)) == _mayCut
        && HasRoot(target.WanTree) && HasRoot(target.IfbTree) && _download.IsThere() && Upload.HasRedirect() == _isRedirectWanted;

    /// <summary>Whether everything is as it should be, down to the last class and look-up, for which all of them are dumped.</summary>
    internal bool IsWhole() => Plan(_users.Values).IsEmpty;

    /// <summary>Whether a link event may concern one of the devices.</summary>
    internal bool IsWatched(int ifIndex, ReadOnlySpan<byte> name) =>
        (_target is { } target && (ifIndex == target.Wan.Index || ifIndex == target.IfbIndex || IsName(name, target.Wan.Name)))
        || IsName(name, _policy.Ifb) || (_policy.Wan is not null && IsName(name, _policy.Wan));

    /// <summary>Whether a change of the default route may change the WAN.</summary>
    internal bool FollowsDefaultRoute => _policy.Wan is null;

    /// <summary>Takes the redirect out until the next converging.</summary>
    internal void TakeRedirectOut() => Upload.WithdrawRedirect(new ChangeLog(isPlan: false));

    private static bool MayCut(Link? wan) => wan?.Mtu <= ClassLimits.LargestMtu;

    private static bool IsName(ReadOnlySpan<byte> utf8, string name)
    {
        Span<byte> bytes = stackalloc byte[64];
        return name.Length <= 15 && utf8.SequenceEqual(bytes[..System.Text.Encoding.UTF8.GetBytes(name, bytes)]);
    }

    private bool HasRoot(in HtbDevice device) => _kernel.Tc.TryGetQdisc(QdiscKey.Root(device.IfIndex, device.Root), out var root, out _) && root.Key.Handle == device.Root;

    private ClassLimits UploadLimits(UserShape user) => ClassLimits.ForUser(user.Upload, _policy.Ceil, _mayCut);

    private ClassLimits DownloadLimits(UserShape user) => ClassLimits.ForUser(user.Download, _policy.Ceil, _mayCut);

    /// <summary>Every class that a device should have, root and default class included.</summary>
    private Dictionary<ushort, ClassLimits> ClassesOf(IReadOnlyCollection<UserShape> users, Rate unknown, Func<UserShape, ClassLimits> limitsOf)
    {
        var classes = new Dictionary<ushort, ClassLimits>(users.Count + 2)
        {
            [Ours.RootClass] = ClassLimits.ForRoot(_policy.Ceil),
            [Ours.DefaultClass] = ClassLimits.ForDefault(unknown, _policy.Ceil, _mayCut),
        };
        foreach (var user in users)
            classes.Add(user.Index, limitsOf(user));
        return classes;
    }

    /// <summary>What leads to a class goes before the class.</summary>
    private void Remove(ShapingTarget target, ReadOnlySpan<ushort> indexes, ReadOnlySpan<uint> marks)
    {
        Upload.RemoveUsers(target, marks);
        if (!_download.TryRemove(marks))
        {
            Converge(_users.Values);
            return;
        }

        _trees.Remove(target.IfbTree, indexes);
        _trees.Remove(target.WanTree, indexes);
    }

    /// <summary>Without the state only the kernel knows who had which mark: a map has the marks, classes and flows have the numbers.</summary>
    private void Learn(OurMarks marks)
    {
        foreach (var mark in _download.Marks())
            marks.AddMark(mark);
        var snapshot = Read();
        foreach (var classes in (IReadOnlyDictionary<ushort, ClassCounters>?[])[snapshot.Upload, snapshot.Download])
        {
            foreach (var index in classes?.Keys ?? [])
                marks.AddIndex(index);
        }

        var flows = new IndexSink(marks);
        LeftFlows.Dump(ref flows);
    }

    private void RemoveRoots(ShapingTarget? keep, ChangeLog changes)
    {
        var census = QdiscCensus.Read(_kernel.Tc);
        foreach (var index in census.DevicesWith(Ours.WanRoot).Where(index => index != keep?.Wan.Index))
        {
            if (_kernel.Route.FindLink(index) is { } link)
                _trees.Carry([new HtbStep(HtbVerb.DeleteRoot, new HtbDevice(link.Name, index, Ours.WanRoot), 0)], changes);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Shaping on {Wan} by {Plane}: {Changes} changes, {Users} users")]
    private partial void LogConverged(string wan, DataPlaneKind plane, int changes, int users);

    [LoggerMessage(2, LogLevel.Information, "Shaping removed: {Changes} changes; the marks of {Marks} connections cleared")]
    private partial void LogAbsent(int changes, int marks);

    private readonly struct IndexSink(OurMarks marks) : IFlowTableSink
    {
        public void Flow(in VffNetlink.Conntrack.ConntrackTuple tuple, ushort index, uint conntrackId) => marks.AddIndex(index);
    }
}
