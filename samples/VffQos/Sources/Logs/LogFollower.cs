namespace VffQos.Sources.Logs;

/// <summary>
/// Follows a log that grows, is renamed, copied and truncated, deleted and made anew, or does not exist yet. It hands on every whole line
/// once and in order. It neither blocks nor polls: one thread waits for <see cref="Descriptor"/> and then calls
/// <see cref="ReadAvailable"/>.
/// </summary>
/// <remarks>
/// The log is taken to have one writer at a time: a renamed file is left for its successor when that has its first byte and the old one has
/// been read to its end after that. Files that are gone before they were read are looked for among the rotated ones beside the log.
/// </remarks>
internal sealed partial class LogFollower : IDisposable
{
    /// <summary>How far back a log is read that was never followed before.</summary>
    public const long HistoryLength = 16 << 20;

    private const int MaxFinished = 8;
    private const int MaxAttempts = 5;

    private readonly string _path;
    private readonly Action<string> _note;
    private readonly LogWatch _watch = new();
    private readonly List<LogFile> _next = []; // successors of the current file, the oldest first
    private readonly Queue<LogPosition> _finished = new(); // where files were left, should one come back
    private string _logPath; // _path without links
    private LogFile? _current;
    private bool _isStarted;
    private bool _isMoving;
    private bool _isLastPass;
    private string? _trouble;
    private bool _isUnwatched; // and that was noted

    /// <summary>A follower of the log at a path. Nothing is read before <see cref="Start"/>.</summary>
    /// <param name="path">Absolute; links in it are followed, and watched.</param>
    /// <param name="note">Takes sentences for the operator, a few per rotation at the most.</param>
    /// <param name="maxLineLength">Bytes; longer lines are dropped and counted.</param>
    /// <exception cref="IOException">inotify cannot be used.</exception>
    public LogFollower(string path, Action<string> note, int maxLineLength = Xray.XrayLine.MaxLength)
    {
        _path = path;
        _logPath = path;
        _note = note;
        _maxLineLength = maxLineLength;
        _buffer = new byte[LogFile.CheckLength + maxLineLength + ChunkLength];
    }

    /// <summary>The descriptor to poll for readability.</summary>
    public int Descriptor => _watch.Descriptor;

    /// <summary>What was met so far.</summary>
    public LogFollowerCounters Counters { get; } = new();

    /// <summary>Where to go on after a restart; null where no whole line's end was met yet.</summary>
    public LogPosition? Position => _current is null || _discard == Discard.UntilFirstLine ? null : _frozen ?? CurrentPosition;

    /// <summary>
    /// Whether the system refused a watch. Then nothing tells that the log grew or moved, and <see cref="ReadAvailable"/>, which asks for
    /// the watch again, is to be called now and then.
    /// </summary>
    public bool NeedsRetry { get; private set; }

    /// <summary>Finds the place to begin at; <see cref="ReadAvailable"/> reads from there.</summary>
    /// <param name="stored">
    /// Where an earlier run ended. If that file is no longer the log, it is looked for among the rotated ones, and what it and those after it still hold
    /// is read first. Null reads the last <see cref="HistoryLength"/> bytes as history.
    /// </param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public void Start(LogPosition? stored)
    {
        if (_isStarted)
            throw new InvalidOperationException("The follower has been started.");
        _isStarted = true;
        var log = WatchAndOpen();
        if (stored is { } position)
            StartAt(position, log);
        else if (log != null)
            StartWithHistory(log);
    }

    /// <summary>
    /// Reads what has come since the last call and hands its whole lines to the sink. Called once after <see cref="Start"/>, when the descriptor is
    /// readable, and again as long as it returns true.
    /// </summary>
    /// <param name="sink">Takes the lines.</param>
    /// <param name="maxBytes">How much to read at the most, to within one chunk.</param>
    /// <returns>Whether there is more to read now.</returns>
    /// <exception cref="IOException">inotify failed.</exception>
    public bool ReadAvailable<TSink>(ref TSink sink, int maxBytes)
        where TSink : struct, ILineSink, allows ref struct
    {
        if (!_isStarted)
            throw new InvalidOperationException("The follower has not been started.");
        var hasMoreEvents = _watch.Drain(out var hasMoved);
        var isRetry = NeedsRetry;
        NeedsRetry = false;
        if (isRetry)
            WatchAgain();
        if (hasMoved || _isMoving || isRetry)
            FindSuccessors();
        _isUnwatched &= NeedsRetry;
        for (var budget = maxBytes; _current != null;)
        {
            if (budget <= 0)
                return true;
            switch (ReadChunk(ref sink, ref budget))
            {
                case ReadResult.End when !CanLeaveCurrent():
                    return hasMoreEvents || (_isMoving && !NeedsRetry);
                case ReadResult.End when _isLastPass || _current.IsComplete:
                    Advance();
                    break;
                case ReadResult.End:
                    // What was written before the successor's first byte may have come after our last look.
                    _isLastPass = true;
                    break;
                case ReadResult.Replaced:
                    Reread();
                    break;
            }
        }

        return hasMoreEvents || (_isMoving && !NeedsRetry);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _current?.Dispose();
        _next.ForEach(file => file.Dispose());
        _watch.Dispose();
    }

    /// <summary>Whether another file has become the log for good.</summary>
    private bool CanLeaveCurrent() => _next.Count > 0 && (_current!.IsComplete || _next.Exists(file => file.Length > 0));

    private void Note(string sentence) => _note($"{_path}: {sentence}");
}
