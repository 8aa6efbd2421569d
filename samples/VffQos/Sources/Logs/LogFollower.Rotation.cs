using System.Runtime.InteropServices;
using VffQos.Interop;

namespace VffQos.Sources.Logs;

/// <content>Which file is the log, was it before, and is it next.</content>
internal sealed partial class LogFollower
{
    /// <summary>Watches the way to the log, then opens what is there.</summary>
    private LogFile? WatchAndOpen()
    {
        _isMoving = true;
        for (var attempt = 0; attempt < MaxAttempts && _isMoving; attempt++)
        {
            var steps = PathStep.Walk(_path);
            Watch(() => _watch.Follow(steps));
            _logPath = Path.Combine(steps[^1].Directory, steps[^1].Name);
            // What changed before the watches were there is seen by walking again; what changes after that is an event.
            _isMoving = !PathStep.Walk(_path).SequenceEqual(steps);
        }

        var file = LogFile.TryOpen(_logPath, out var error);
        if (file != null)
            _trouble = null;
        else if (error == 0)
            Trouble("is not a regular file");
        else if (error is not (Libc.ENOENT or Libc.ENOTDIR))
            Trouble($"cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}");
        return file;
    }

    private void StartWithHistory(LogFile log)
    {
        var length = log.Length;
        Watch(log);
        Begin(log, Math.Max(0, length - HistoryLength));
        _historyEnd = length;
        if (length > HistoryLength)
            _discard = Discard.UntilFirstLine;
    }

    private void StartAt(LogPosition position, LogFile? log)
    {
        if (log != null && log.Device == position.Device && log.Inode == position.Inode && log.Matches(position))
        {
            Follow(log, position.Offset);
            return;
        }

        var rotated = RotatedLogs.OpenAll(_logPath);
        var old = FindAt(rotated, position);
        if (old is null)
        {
            rotated.ForEach(file => file.Dispose());
            // A file system that was mounted again, or moved to another disk, numbers everything anew.
            if (log != null && position.Offset > 0 && log.Matches(position))
            {
                Follow(log, position.Offset);
                return;
            }

            Counters.Gaps++;
            Note("the file read last is gone, and with it the lines that came after; reading the present one from its start");
            if (log != null)
                Follow(log, 0);
            return;
        }

        rotated.Remove(old);
        var newer = RotatedLogs.After(rotated, old, log, out var isSafe);
        Follow(old, position.Offset);
        Append(newer, isSafe);
    }

    /// <summary>The file that holds a position: the very file, or a copy of it.</summary>
    private static LogFile? FindAt(List<LogFile> rotated, LogPosition position)
    {
        var same = rotated.FindLast(file => file.Device == position.Device && file.Inode == position.Inode && file.Matches(position));
        if (same != null || position.Offset == 0)
            return same;
        var copy = rotated.FindLast(file => file.Matches(position));
        if (copy != null)
            copy.IsComplete = true;
        return copy;
    }

    /// <summary>Queues the files that have become the log since we last looked.</summary>
    private void FindSuccessors()
    {
        if (WatchAndOpen() is not { } log)
            return;
        if ((_current != null && _current.IsSameAs(log)) || _next.Exists(log.IsSameAs))
        {
            log.Dispose();
            return;
        }

        log.Begin = FindFinished(log)?.Offset ?? 0;
        if (_current is null)
        {
            Follow(log, log.Begin);
            return;
        }

        // Rotations faster than we look leave files between: those written after the newest that we know.
        var newest = _next.Count > 0 ? _next[^1] : _current;
        var rotated = RotatedLogs.OpenAll(_logPath);
        var known = rotated.FindAll(file => !newest.IsSameAs(file) && (_current.IsSameAs(file) || _next.Exists(file.IsSameAs) || FindFinished(file) != null));
        known.ForEach(file => file.Dispose());
        rotated.RemoveAll(known.Contains);
        Append(RotatedLogs.After(rotated, newest, log, out var isSafe), isSafe);
    }

    /// <summary>Where we left a file that was the log before; null for any other.</summary>
    private LogPosition? FindFinished(LogFile file)
    {
        LogPosition? found = null;
        foreach (var finished in _finished)
        {
            if (finished.Device == file.Device && finished.Inode == file.Inode && file.Matches(finished))
                found = finished;
        }

        return found;
    }

    private void Append(List<LogFile> files, bool isSafe)
    {
        if (!isSafe)
        {
            Counters.Gaps++;
            Note("rotated files beside it cannot be put in order by their times; their lines are left out");
        }

        foreach (var file in files)
        {
            Watch(file);
            _next.Add(file);
            Counters.Rotations++;
        }
    }

    private void Follow(LogFile file, long offset)
    {
        Watch(file);
        Begin(file, offset);
    }

    /// <summary>Goes on to the next file, from its start.</summary>
    private void Advance()
    {
        CountCut();
        if (_discard != Discard.UntilFirstLine)
        {
            _finished.Enqueue(new(_current!.Device, _current.Inode, _readOffset, LogFile.Digest(Tail(_end))));
            if (_finished.Count > MaxFinished)
                _finished.Dequeue();
        }

        _watch.Remove(_current!);
        _current!.Dispose();
        _historyEnd = 0;
        var next = _next[0];
        _next.RemoveAt(0);
        Begin(next, next.Begin);
    }

    /// <summary>Reads a file that was cut back, or written over, from its start; first what a copy of it holds that we have not read.</summary>
    private void Reread()
    {
        Counters.Truncations++;
        _historyEnd = 0;
        var log = _current!;
        if (Position is { Offset: > 0 } position && OpenCopy(position, log) is { } copy)
        {
            log.Begin = 0;
            _next.Insert(0, log);
            Follow(copy, position.Offset);
            return;
        }

        CountCut();
        Begin(log, 0);
    }

    private LogFile? OpenCopy(LogPosition position, LogFile log)
    {
        var rotated = RotatedLogs.OpenAll(_logPath);
        var copy = FindAt(rotated, position);
        if (copy != null && copy.Length <= position.Offset)
            copy = null;
        rotated.FindAll(file => file != copy).ForEach(file => file.Dispose());
        return copy;
    }

    private void Watch(LogFile file) => Watch(() => _watch.Add(file));

    /// <summary>A system without watches to spare is no reason to stop following: then the log is looked at unasked.</summary>
    private void Watch(Action watch)
    {
        try
        {
            watch();
        }
        catch (IOException e)
        {
            NeedsRetry = true;
            if (!_isUnwatched)
                Note($"{e.Message}; the log is looked at once a second until it can be");
            _isUnwatched = true;
        }
    }

    private void WatchAgain()
    {
        foreach (var file in (LogFile?[])[_current, .. _next])
        {
            if (file is { Watch: < 0 })
                Watch(file);
        }
    }

    private void CountCut()
    {
        // An overlong line has been counted as such.
        if (_discard == Discard.None && _end > _lineStart)
            Counters.Cut++;
    }

    private void Trouble(string sentence)
    {
        if (_trouble != sentence)
            Note(sentence);
        _trouble = sentence;
    }
}
