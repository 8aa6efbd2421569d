using Microsoft.Extensions.Logging;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Sources.Logs;
using VffQos.Sources.Xray;
using VffQos.State;

namespace VffQos.Hosting;

/// <summary>
/// The configured access logs: their lines go to the flow engine, their positions to the state. A position is stored only when
/// every line before it has been dealt with, or is so old that its flow would have been given up.
/// </summary>
internal sealed partial class LogSources : IDisposable
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<XraySource> _sources;
    private readonly LogFollower[] _followers;
    private readonly Checkpoints[] _checkpoints;
    private readonly long?[] _unwatchedSince;
    private readonly StateStore _store;
    private readonly FlowEngine _engine;
    private readonly UserAdmission _admission;
    private readonly MarkRegistry _marks;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LocalAddresses _addresses;
    private readonly CounterBoard _board;
    private readonly long[] _verdicts = new long[Enum.GetValues<XrayLineVerdict>().Length];
    private long _ownClients;
    private long _lastSave;
    private bool _hasNews;

    /// <summary>Followers that read nothing before <see cref="Start"/>.</summary>
    public LogSources(
        IReadOnlyList<XraySource> sources, StateStore store, FlowEngine engine, UserAdmission admission, MarkRegistry marks, LocalAddresses addresses, TimeProvider time, ILogger log)
    {
        _sources = sources;
        _store = store;
        _engine = engine;
        _admission = admission;
        _marks = marks;
        _addresses = addresses;
        _time = time;
        _log = log;
        _board = new CounterBoard(time, log);
        _followers = [.. sources.Select(s => new LogFollower(s.AccessLog, LogNote))];
        _checkpoints = [.. sources.Select(static _ => new Checkpoints())];
        _unwatchedSince = new long?[sources.Count];
        _lastSave = time.GetTimestamp();
    }

    /// <summary>How many logs there are.</summary>
    public int Count => _followers.Length;

    /// <summary>How long until <see cref="SaveWhenDue"/> has something to do; null: nothing was read since the last time.</summary>
    public TimeSpan? UntilSave
    {
        get
        {
            if (!_hasNews)
                return null;
            var left = SaveInterval - _time.GetElapsedTime(_lastSave);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>How long until some log <see cref="IsDue"/>; null: all of them are watched.</summary>
    public TimeSpan? UntilRetry
    {
        get
        {
            TimeSpan? until = null;
            foreach (var since in _unwatchedSince)
            {
                if (since is { } at && RetryInterval - _time.GetElapsedTime(at) is var left && (until is null || left < until))
                    until = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }

            return until;
        }
    }

    /// <summary>Whether a log that the system refuses to watch is to be looked at.</summary>
    public bool IsDue(int source) => _unwatchedSince[source] is { } since && _time.GetElapsedTime(since) >= RetryInterval;

    /// <summary>The descriptor to poll for a log.</summary>
    public int DescriptorOf(int source) => _followers[source].Descriptor;

    /// <summary>Finds the places to go on from. All of them have something to read then.</summary>
    public void Start()
    {
        for (var i = 0; i < Count; i++)
            _followers[i].Start(_store.Contents.Positions.TryGetValue(_sources[i].AccessLog, out var position) ? position : null);
    }

    /// <summary>Reads a log and hands its users' flows to the engine.</summary>
    /// <returns>Whether there is more to read now.</returns>
    public bool Read(int source, int maxBytes)
    {
        var sink = new Sink(this, source);
        var lines = _followers[source].Counters.Lines;
        var more = _followers[source].ReadAvailable(ref sink, maxBytes);
        _engine.Flush();
        _unwatchedSince[source] = _followers[source].NeedsRetry ? _time.GetTimestamp() : null;
        _hasNews |= _followers[source].Counters.Lines != lines;
        return more;
    }

    /// <summary>Stores how far the logs were read, at most once a second.</summary>
    public void SaveWhenDue()
    {
        if (UntilSave is not { } left || left > TimeSpan.Zero)
            return;
        _lastSave = _time.GetTimestamp();
        SavePositions();
        SaveCounters();
        _hasNews = _engine.HasWaiting; // until the last line is dealt with
    }

    /// <summary>Stores how far the logs were read, as far as their lines were dealt with.</summary>
    public void SavePositions()
    {
        for (var i = 0; i < Count; i++)
        {
            if (_checkpoints[i].Safe(_followers[i].Position, _engine.HasWaiting, _time.GetTimestamp(), _time) is { } position)
                _store.SavePosition(_sources[i].AccessLog, position);
        }
    }

    /// <summary>Stores what was counted, and warns where anything is lost.</summary>
    public void SaveCounters()
    {
        _board.Clear();
        _engine.Counters.CountInto(_board);
        foreach (var verdict in Enum.GetValues<XrayLineVerdict>())
        {
            if (verdict != XrayLineVerdict.Accepted) // those are the engine's lines, and its own clients
                _board.Add(verdict.ToString(), _verdicts[(int)verdict]);
        }

        _board.Add("OwnClient", _ownClients);
        foreach (var follower in _followers)
            follower.Counters.CountInto(_board);
        _store.SetLazily(CounterBoard.Fact, _board.ToJson());
        _board.WarnWhenDue();
    }

    /// <summary>What was counted, for the log.</summary>
    public override string ToString() => _board.ToString();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var follower in _followers)
            follower.Dispose();
    }

    private void Take(int source, ReadOnlySpan<byte> text, bool isHistory)
    {
        var counts = XrayLine.TryParse(text, out var line);
        _verdicts[(int)line.Verdict]++;
        if (!counts)
            return;
        if (_addresses.Contains(line.Client.Address))
        {
            // A container's gateway, or a proxy on the node: what it stands for has no flow of its own.
            _ownClients++;
            return;
        }

        _engine.Line(source, line.Client, line.Transport, line.User, isHistory);
        if (_marks.TryFind(line.User, out var user))
            _admission.Touch(user);
        if (_engine.WantsFlush)
            _engine.Flush();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void LogNote(string sentence);

    private readonly struct Sink(LogSources owner, int source) : ILineSink
    {
        public void Line(ReadOnlySpan<byte> line, long endOffset, bool isHistory) => owner.Take(source, line, isHistory);
    }

    /// <summary>The positions of the last seconds, the oldest first.</summary>
    private sealed class Checkpoints
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6); // longer than any line waits

        private readonly Queue<(long At, LogPosition Position)> _waiting = new();

        public LogPosition? Safe(LogPosition? current, bool hasWaiting, long now, TimeProvider time)
        {
            if (current is not { } position)
                return null;
            if (!hasWaiting)
            {
                _waiting.Clear();
                return position;
            }

            LogPosition? safe = null;
            _waiting.Enqueue((now, position));
            while (_waiting.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) >= Patience)
                safe = _waiting.Dequeue().Position;
            return safe;
        }
    }
}
