using VffQos.Sources.Logs;

namespace VffQos.Tests.Sources.Logs;

public sealed class LogFollowerRestartTests : IDisposable
{
    private readonly FollowedLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void FirstStart_ReadsTheLogAsHistoryAndWhatComesAsNew()
    {
        _log.Append("one\ntwo\npa");
        _log.Start();
        Assert.Equal(["one", "two"], _log.History);
        _log.Append("rt\nnew\n");
        _log.PumpLines(2);
        Assert.Equal(["part", "new"], _log.Lines);
    }

    [Fact]
    public void FirstStart_ReadsNoMoreThanTheLast16MiBFromALinesStart()
    {
        using (var writer = new StreamWriter(_log.LogPath))
        {
            for (var i = 0; i < 200_000; i++)
                writer.Write($"{i:d7} {new string('x', 91)}\n");
        }

        _log.Start();
        // 16 MiB are 167,772.16 lines of 100 bytes; the cut one is left out.
        Assert.Equal(167_772, _log.History.Count);
        Assert.StartsWith("0032228 ", _log.History[0], StringComparison.Ordinal);
        Assert.StartsWith("0199999 ", _log.History[^1], StringComparison.Ordinal);
        Assert.Equal(0, _log.Counters.Cut + _log.Counters.Overlong);
    }

    [Fact]
    public void PositionBeforeTheFirstWholeLine_IsNone()
    {
        using (var file = new FileStream(_log.LogPath, FileMode.Create))
            file.SetLength(17 << 20);
        _log.Start();
        Assert.Null(_log.Follower.Position);
        _log.Append("\none\n");
        _log.PumpLines(1);
        Assert.Equal((17 << 20) + 5, _log.Follower.Position!.Value.Offset);
    }

    [Fact]
    public void Restart_GoesOnWhereItEnded()
    {
        Restart("one\npa", "rt\ntwo\n", () => { }, ["one", "part", "two"]);
        Assert.Empty(_log.History);
        Assert.Empty(_log.Notes);
    }

    [Fact]
    public void Restart_AfterARotation_ReadsTheOldFilesRestFirst() =>
        Restart("one\n", "two\n", () => Rotate("three\n"), ["one", "two", "three"]);

    [Fact]
    public void Restart_AfterSeveralRotations_ReadsAllInOrder() =>
        Restart(
            "one\n",
            "two\n",
            () =>
            {
                Rotate("three\n");
                Rotate("four\n");
                Rotate("five\n");
            },
            ["one", "two", "three", "four", "five"]);

    [Fact]
    public void Restart_AfterARotationByDate_ReadsTheOldFilesRestFirst() =>
        Restart(
            "one\n",
            "two\n",
            () =>
            {
                File.Move(_log.LogPath, _log.In("access-2026-11-21.log"));
                _log.Append("three\n");
            },
            ["one", "two", "three"]);

    [Fact]
    public void Restart_BetweenRenameAndNewFile_WaitsForThat()
    {
        Restart("one\n", "two\n", () => File.Move(_log.LogPath, _log.In("access.log.1")), ["one", "two"]);
        _log.Append("three\n");
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
    }

    [Fact]
    public void Restart_AfterCopyAndTruncation_ReadsTheCopysRestFirst() =>
        Restart(
            "one\n",
            "two\n",
            () =>
            {
                File.Copy(_log.LogPath, _log.In("access.log.1"));
                File.WriteAllText(_log.LogPath, "three\n");
            },
            ["one", "two", "three"]);

    [Fact]
    public void Restart_WithThePredecessorGone_SaysSoAndReadsThePresentFromItsStart()
    {
        Restart(
            "one\n",
            "two\n",
            () =>
            {
                Rotate("three\n");
                File.WriteAllText(_log.In("access.log.1.gz"), "");
                File.Delete(_log.In("access.log.1"));
            },
            ["one", "three"]);
        Assert.Equal(1, _log.Counters.Gaps);
        Assert.Contains("is gone", Assert.Single(_log.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Restart_OnAnInodeThatWasGivenAgain_ReadsFromTheStart()
    {
        _log.Start();
        _log.Append("one\ntwo\n");
        _log.PumpLines(2);
        var position = _log.Stop()!.Value;
        // The same inode number, other content: what deleting and making anew often leaves.
        File.WriteAllText(_log.LogPath, "three\nfour\n");
        _log.Start(position);
        Assert.Equal(["one", "two", "three", "four"], _log.Lines);
        Assert.Equal(1, _log.Counters.Gaps);
    }

    [Fact]
    public void Restart_OnAnotherDevice_KnowsTheLogByItsContent()
    {
        _log.Start();
        _log.Append("one\n");
        _log.PumpLines(1);
        var position = _log.Stop()!.Value;
        _log.Append("two\n");
        _log.Start(position with { Device = position.Device + 1, Inode = position.Inode + 1 });
        Assert.Equal(["one", "two"], _log.Lines);
        Assert.Equal(0, _log.Counters.Gaps);
    }

    [Fact]
    public void Restart_WithNothingConsumed_ReadsTheLogFromItsStart()
    {
        _log.Append("");
        _log.Start();
        var position = _log.Stop();
        Assert.Equal((0L, 0ul), (position!.Value.Offset, position.Value.Check));
        _log.Append("one\n");
        Rotate("two\n");
        _log.Start(position);
        Assert.Equal(["one", "two"], _log.Lines);
    }

    [Fact]
    public void FilesOfOneTime_AreReadOnlyWhereNumbersOrderThem()
    {
        var now = DateTime.UtcNow;
        void Write(string name, string text)
        {
            File.WriteAllText(_log.In(name), text);
            File.SetLastWriteTimeUtc(_log.In(name), now);
        }

        _log.Start();
        _log.Append("one\n");
        _log.PumpLines(1);
        var position = _log.Stop();
        File.Move(_log.LogPath, _log.In("access.log.3"));
        File.SetLastWriteTimeUtc(_log.In("access.log.3"), now);
        Write("access.log.2", "two\n");
        Write("access.log.1", "three\n");
        Write("access.log", "four\n");
        _log.Start(position);
        Assert.Equal(["one", "two", "three", "four"], _log.Lines);
        _log.Stop();

        Write("access.log-20261121", "x\n");
        _log.Lines.Clear();
        _log.Start(position);
        Assert.Equal(["four"], _log.Lines);
        Assert.Equal(1, _log.Counters.Gaps);
        Assert.Contains("cannot be put in order", Assert.Single(_log.Notes), StringComparison.Ordinal);
    }

    /// <summary>Follows, ends, lets the world go on, starts again and compares all that was read.</summary>
    private void Restart(string before, string after, Action change, string[] expected)
    {
        _log.Start();
        _log.Append(before);
        _log.PumpLines(1);
        var position = _log.Stop();
        _log.Append(after);
        change();
        _log.Start(position);
        _log.PumpLines(expected.Length);
        Assert.Equal(expected, _log.Lines);
    }

    private void Rotate(string next)
    {
        for (var n = 9; n > 0; n--)
        {
            if (File.Exists(_log.In($"access.log.{n}")))
                File.Move(_log.In($"access.log.{n}"), _log.In($"access.log.{n + 1}"));
        }

        File.Move(_log.LogPath, _log.In("access.log.1"));
        _log.Append(next);
    }
}
