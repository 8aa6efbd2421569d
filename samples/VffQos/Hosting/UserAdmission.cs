using System.Text;
using Microsoft.Extensions.Logging;
using VffNetlink;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Hosting;

/// <summary>
/// How a user comes in: a mark that is nobody else's, the disk, classes in the kernel, and only then the user's flows. All of it on
/// the daemon's thread, but for the disk.
/// </summary>
internal sealed partial class UserAdmission
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ReclaimInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FullInterval = TimeSpan.FromMinutes(1);

    private readonly VffQosConfig _config;
    private readonly MarkRegistry _marks;
    private readonly StateStore _store;
    private readonly IShaper _shaper;
    private readonly ConntrackFlows _conntrack;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, FlowUser> _saving = [];
    private readonly Dictionary<string, DateTimeOffset> _touched = [];
    private readonly List<UserShape> _shapes = [];
    private readonly List<FlowUser> _ready = [];
    private long? _lastReclaim;
    private long? _lastFull;

    /// <summary>An admission without anybody in it.</summary>
    public UserAdmission(VffQosConfig config, MarkRegistry marks, StateStore store, IShaper shaper, ConntrackFlows conntrack, TimeProvider time, ILogger log)
    {
        _config = config;
        _marks = marks;
        _store = store;
        _shaper = shaper;
        _conntrack = conntrack;
        _time = time;
        _log = log;
    }

    /// <summary>Whom to tell of the outcome.</summary>
    public FlowEngine? Engine { get; set; }

    /// <summary>What the kernel is to hold a user to.</summary>
    public static UserShape ShapeOf(VffQosConfig config, MarkedUser user)
    {
        var limits = config.LimitsOf(user.Name);
        return new UserShape(user.Index, user.Mark, limits.Upload, limits.Download);
    }

    /// <summary>The registry as a state has it, with a mark for every configured user.</summary>
    /// <param name="config">The mask, and the configured users.</param>
    /// <param name="state">Who has which mark.</param>
    /// <param name="borne">Indexes that connections or flows bear: none of them goes to anybody who has none yet.</param>
    /// <param name="time">The clock.</param>
    /// <param name="dropped">Users of the state whose index the mask has no room for.</param>
    /// <param name="added">Configured users who had no mark yet; the state does not know that.</param>
    /// <param name="full">Configured users for whom none is left.</param>
    /// <exception cref="StateException">The state contradicts itself.</exception>
    public static MarkRegistry MarksOf(VffQosConfig config, StateContents state, IReadOnlySet<ushort> borne, TimeProvider time,
        out IReadOnlyList<StoredUser> dropped, out List<MarkedUser> added, out List<MarkSpaceFull> full)
    {
        MarkRegistry marks;
        try
        {
            marks = new MarkRegistry(config.Marks, time, state.Users, config.Users.Keys, out dropped);
        }
        catch (ArgumentException exception)
        {
            throw new StateException($"The state in {config.StateDirectory} contradicts itself: {exception.Message}", exception);
        }

        marks.Avoid(borne.Contains);
        added = [];
        full = [];
        foreach (var name in config.Users.Keys.Order(StringComparer.Ordinal))
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            if (marks.TryFind(utf8, out _))
                continue;
            if (marks.TryAssign(utf8, out var user, out var none))
                added.Add(user);
            else
                full.Add(none);
        }

        return marks;
    }

    /// <summary>A flow of a user without a mark was found.</summary>
    public void Ask(FlowUser user)
    {
        var name = Encoding.UTF8.GetBytes(user.Name);
        if (_marks.TryFind(name, out var known))
        {
            user.Marked = known; // marked before, and its classes are on their way or there
        }
        else if (!TryAssign(name, out known))
        {
            Engine!.UserRefused(user);
            return;
        }

        user.Marked = known;
        _saving[user.Name] = user;
        _store.SaveUser(known);
    }

    /// <summary>Takes in those whose marks are on disk by now: classes for all of them in one batch.</summary>
    public void Work()
    {
        while (_store.TryTakeDurable(out var name))
        {
            if (!_saving.Remove(name, out var user))
                continue;
            _ready.Add(user);
            _shapes.Add(ShapeOf(_config, user.Marked!));
        }

        if (_ready.Count == 0)
            return;
        try
        {
            _shaper.AddOrChangeUsers(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_shapes));
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or ShapingException or TimeoutException)
        {
            // The shaper knows them now, and the guard brings everything back together. Until then they are in the default class.
            LogNoClasses(_ready.Count, exception.Message);
        }

        foreach (var user in _ready)
        {
            LogAdmitted(user.Name, user.Marked!.Mark, user.Marked.Index);
            Engine!.UserReady(user);
        }

        _ready.Clear();
        _shapes.Clear();
    }

    /// <summary>Notes in the state, now and then, that a user was seen.</summary>
    public void Touch(MarkedUser user)
    {
        if (_touched.TryGetValue(user.Name, out var last) && user.LastSeen - last < TouchInterval)
            return;
        _touched[user.Name] = user.LastSeen;
        _store.TouchUser(user);
    }

    private bool TryAssign(ReadOnlySpan<byte> name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MarkedUser? user)
    {
        if (_marks.TryAssign(name, out user, out var full))
            return true;
        // Every line of every refused user comes here, and the look at all users is a long one.
        if (IsDue(ref _lastReclaim, ReclaimInterval) && _marks.HasAwayUsers())
        {
            Reclaim();
            if (_marks.TryAssign(name, out user, out full))
                return true;
        }

        if (IsDue(ref _lastFull, FullInterval))
            LogFull(full.ToString()); // the counter tells how many
        return false;
    }

    /// <summary>Whether an interval is over since this was last true; a clock that is set changes nothing.</summary>
    private bool IsDue(ref long? last, TimeSpan interval)
    {
        if (last is { } then && _time.GetElapsedTime(then) < interval)
            return false;
        last = _time.GetTimestamp();
        return true;
    }

    /// <summary>
    /// Takes marks back from users who are long gone. The disk forgets them before anybody else gets their marks, for it is told in this order,
    /// and nobody has a mark before the disk has it.
    /// </summary>
    private void Reclaim()
    {
        HashSet<ushort> borne;
        try
        {
            borne = _marks.Space.IndexesOf(_conntrack.Marked(_marks.Space.Mask).Select(static e => e.Mark));
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException)
        {
            LogNotReclaimed(exception.Message);
            return;
        }

        var freed = _marks.Reclaim(borne.Contains);
        if (freed.Count == 0)
            return;
        foreach (var user in freed)
        {
            _store.RemoveUser(user.Name);
            _touched.Remove(user.Name);
        }

        Engine!.RemoveUsers(freed);
        try
        {
            _shaper.RemoveUsers(freed.Select(static u => u.Index).ToArray());
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or ShapingException or TimeoutException)
        {
            // The shaper has forgotten them, and the guard brings everything back without them.
            LogClassesStay(freed.Count, exception.Message);
        }

        LogReclaimed(freed.Count);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No mark could be taken back, for conntrack does not tell which are borne: {Error}")]
    private partial void LogNotReclaimed(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The classes of {Count} users who lost their marks are still there: {Error}")]
    private partial void LogClassesStay(int count, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "User \"{Name}\" has mark 0x{Mark:x} and class {Index:x}.")]
    private partial void LogAdmitted(string name, uint mark, ushort index);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} new users have no classes yet: {Error}")]
    private partial void LogNoClasses(int count, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence}")]
    private partial void LogFull(string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "The marks of {Count} users who were away for a day are free again.")]
    private partial void LogReclaimed(int count);
}
