using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.Sources;
using VffQos.Users;

namespace VffQos.Flows;

/// <summary>
/// From a line to a shaped flow: finds the conntrack entry of a line's client, marks it with the user's mark and, where the data
/// plane wants it, puts its tuple into the flow table. Follows conntrack's events so that what is in the table is alive, and
/// what comes back is the user's again. One thread's; it waits for nothing but the kernel's answers.
/// </summary>
internal sealed partial class FlowEngine
{
    private const int MaximumLookup = 1024;
    private const int MaximumStrangers = 100_000;

    private readonly MarkRegistry _marks;
    private readonly IFlowKernel _kernel;
    private readonly IFlowTable _table;
    private readonly LocalAddresses _addresses;
    private readonly FlowOptions _options;
    private readonly Action<FlowUser> _ask;
    private readonly TimeProvider _time;

    private readonly Dictionary<string, FlowUser> _users = new(Utf8NameComparer.Instance);
    private readonly Dictionary<string, FlowUser>.AlternateLookup<ReadOnlySpan<byte>> _usersByUtf8;
    private readonly List<PendingLine> _pending = [];
    private readonly Dictionary<(ClientEndpoint, ClientTransport, int, FlowUser), int> _pendingAt = [];
    private readonly WaitingLines _waiting;
    private readonly ConntrackTuple[] _tuples = new ConntrackTuple[MaximumLookup];
    private readonly FoundFlow[] _found = new FoundFlow[MaximumLookup];
    private readonly List<(PendingLine Line, int First, int Count)> _asked = [];
    private readonly AssignmentQueue _assignments = new();
    private readonly long _epoch;
    private long _lineNumber;
    private int _awaited;
    private int _held; // lines that wait for their user
    private string? _findTrouble;
    private string? _markTrouble;

    /// <summary>An engine that knows no flow yet; <see cref="Load"/> takes over what the kernel holds.</summary>
    /// <param name="marks">Who has which mark.</param>
    /// <param name="kernel">Conntrack.</param>
    /// <param name="table">The data plane's flow table.</param>
    /// <param name="addresses">The node's own addresses.</param>
    /// <param name="options">Ports and bounds.</param>
    /// <param name="ask">Called for a user with a flow and without a mark; answered by <see cref="UserReady"/> or <see cref="UserRefused"/>.</param>
    /// <param name="time">The clock.</param>
    public FlowEngine(MarkRegistry marks, IFlowKernel kernel, IFlowTable table, LocalAddresses addresses, FlowOptions options,
        Action<FlowUser> ask, TimeProvider time)
    {
        _marks = marks;
        _kernel = kernel;
        _table = table;
        _addresses = addresses;
        _options = options;
        _ask = ask;
        _time = time;
        _epoch = time.GetTimestamp();
        _usersByUtf8 = _users.GetAlternateLookup<ReadOnlySpan<byte>>();
        _waiting = new WaitingLines(options.MaximumWaiting, (long)options.Patience.TotalMilliseconds);
        Memory = new FlowMemory(options.Remember);
    }

    /// <summary>What it did.</summary>
    public EngineCounters Counters { get; } = new();

    /// <summary>Why the flow table took nothing the last time; null where it did.</summary>
    public string? TableTrouble { get; private set; }

    /// <summary>What conntrack refused the last time; null where it answered. What it kept from answering is asked again.</summary>
    public string? KernelTrouble => _findTrouble ?? _markTrouble;

    /// <summary>The tuples it knows.</summary>
    public FlowMemory Memory { get; }

    /// <summary>Whether a line that was read still waits for its flow or its user.</summary>
    public bool HasWaiting => _pending.Count > 0 || _waiting.Count > 0 || _awaited > 0;

    private long Now => (long)_time.GetElapsedTime(_epoch).TotalMilliseconds;

    /// <summary>A line named a user. Nothing reaches the kernel before <see cref="Flush"/>.</summary>
    /// <param name="source">The source's place in the configuration.</param>
    /// <param name="client">Where the client's packets come from.</param>
    /// <param name="transport">What the line says of the transport.</param>
    /// <param name="userName">Valid by <see cref="UserName"/>.</param>
    /// <param name="isHistory">Whether the line is of before the start.</param>
    public void Line(int source, in ClientEndpoint client, ClientTransport transport, ReadOnlySpan<byte> userName, bool isHistory)
    {
        Counters.Lines++;
        var number = ++_lineNumber;
        var user = UserOf(userName);
        if (user.Marked is { } marked)
            _marks.Touch(marked);
        var line = new PendingLine(client, transport, source, user, number, Now, 0, isHistory);
        if (!_waiting.TryMerge(line))
            Add(line);
    }

    /// <summary>Whether so many lines are waiting for <see cref="Flush"/> that it is time for it.</summary>
    public bool WantsFlush => _pending.Count >= MaximumLookup / 2;

    /// <summary>Finds the flows of all lines since the last call and gives them to their users.</summary>
    public void Flush()
    {
        if (_pending.Count > 0)
        {
            LookUp();
            _pending.Clear();
            _pendingAt.Clear();
        }

        Commit();
    }

    /// <summary>A user that was asked for has a mark on disk and classes in the kernel: the flows that waited are the user's now.</summary>
    public void UserReady(FlowUser user)
    {
        user.IsReady = true;
        Release(user);
    }

    /// <summary>No mark was left for a user, whose flows stay in the default class.</summary>
    public void UserRefused(FlowUser user)
    {
        Counters.Refused += user.Waiting.Count;
        _held -= user.Waiting.Count;
        user.Waiting.Clear();
        Release(user);
    }

    /// <summary>A user of the state or the configuration, whose classes are in the kernel already.</summary>
    public void AddReadyUser(MarkedUser marked)
    {
        var user = _users.TryGetValue(marked.Name, out var known) ? known : _users[marked.Name] = new FlowUser(marked.Name);
        user.Marked = marked;
        user.IsReady = true;
    }

    /// <summary>Users lost their marks to the registry's clean-up: nothing that is known of their flows may become another's.</summary>
    public void RemoveUsers(IReadOnlyCollection<MarkedUser> users)
    {
        foreach (var marked in users)
        {
            if (!_users.Remove(marked.Name, out var user))
                continue;
            // Should a line of the user's wait somewhere, the user has to get another mark first.
            user.Marked = null;
            user.IsReady = false;
        }

        var live = new List<ConntrackTuple>();
        var indexes = users.Select(static u => u.Index).ToHashSet();
        _assignments.Forget(indexes);
        Memory.Forget(indexes, live);
        foreach (var tuple in live)
            _table.Remove(tuple);
        CommitTable();
    }

    /// <summary>The name of an unknown user stays in the dictionary so that the next line costs no string; not without bound.</summary>
    private FlowUser UserOf(ReadOnlySpan<byte> name)
    {
        if (_usersByUtf8.TryGetValue(name, out var user))
            return user;
        if (_users.Count - _marks.Count > MaximumStrangers)
        {
            foreach (var (key, stranger) in _users)
            {
                if (stranger.Marked is null && !stranger.IsAwaited)
                    _users.Remove(key);
            }
        }

        user = new FlowUser(Utf8NameComparer.Instance.Create(name));
        _users.Add(user.Name, user);
        return user;
    }

    private void Release(FlowUser user)
    {
        user.IsAwaited = false;
        _awaited--;
        foreach (var line in user.Waiting)
            Add(line);
        _held -= user.Waiting.Count;
        user.Waiting.Clear();
    }

    /// <summary>Ten thousand lines of one connection between two flushes are one look-up; the last one counts.</summary>
    private void Add(in PendingLine line)
    {
        var key = (line.Client, line.Transport, line.Source, line.User);
        if (_pendingAt.TryGetValue(key, out var at))
        {
            var earlier = _pending[at];
            _pending[at] = line.Line >= earlier.Line ? line with { IsHistory = line.IsHistory && earlier.IsHistory } : earlier;
            return;
        }

        _pendingAt.Add(key, _pending.Count);
        _pending.Add(line);
    }

    private void Give(in ConntrackTuple tuple, uint conntrackId, uint currentMark, MarkedUser user, long line)
    {
        ref var record = ref Memory.Find(tuple);
        if (FlowMemory.IsFound(ref record) && record.IsLive)
            _table.Remove(tuple); // it has an element, which the table then replaces without being refused first
        Memory.SetLive(tuple, user.Index, conntrackId, line);
        _assignments.Add(tuple, conntrackId, user, isMarked: (currentMark & _marks.Space.Mask) == user.Mark);
    }

    private void Await(in PendingLine line)
    {
        var user = line.User;
        // A disk that takes nothing for hours: the first line of each user has to do.
        if (_held >= _options.MaximumWaiting && user.Waiting.Count > 0)
        {
            Counters.Dropped++;
            return;
        }

        user.Waiting.Add(line);
        _held++;
        if (user.IsAwaited)
            return;
        user.IsAwaited = true;
        _awaited++;
        _ask(user);
    }

    /// <summary>Marks what was assigned since the last time, then puts it into the table: never a table entry for a flow that is gone.</summary>
    private void Commit()
    {
        if (_assignments.Count > 0)
        {
            try
            {
                _assignments.Mark(_kernel);
                _markTrouble = null;
            }
            catch (Exception exception) when (IsTemporary(exception))
            {
                _markTrouble = exception.Message;
            }

            foreach (var (tuple, conntrackId, user, result) in _assignments.Results)
            {
                ref var record = ref Memory.Find(tuple);
                if (!FlowMemory.IsFound(ref record) || !record.IsLive || record.ConntrackId != conntrackId || record.Index != user.Index)
                    continue; // a later assignment of the same batch has it
                if (result == FlowPresence.Gone)
                {
                    End(tuple, conntrackId);
                    continue;
                }

                _table.Put(tuple, user.Index, conntrackId);
                if (result == FlowPresence.Unknown)
                    HastenResync(Now + AfterRefusal);
            }

            _assignments.Clear();
        }

        CommitTable();
    }

    private static bool IsTemporary(Exception exception) => exception is NetlinkException or NetlinkFormatException or TimeoutException;

    /// <summary>A table that somebody deleted takes nothing; what is queued stays so until the shaper has made it anew.</summary>
    private void CommitTable()
    {
        try
        {
            Counters.NoRoom += _table.Commit();
            TableTrouble = null;
        }
        catch (Exception exception) when (IsTemporary(exception))
        {
            TableTrouble = exception.Message;
        }
    }
}
