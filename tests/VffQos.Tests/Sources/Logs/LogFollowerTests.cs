using System.Text;
using VffQos.Sources.Logs;

namespace VffQos.Tests.Sources.Logs;

public sealed class LogFollowerTests : IDisposable
{
    private readonly FollowedLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void GrowingLog_IsFollowedLineByLine()
    {
        _log.Append("old\n");
        _log.Start();
        Assert.Equal(["old"], _log.History);
        _log.Append("one\ntwo\n");
        _log.PumpLines(2);
        _log.Append("three\n");
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
        Assert.Equal(4, _log.Counters.Lines);
        Assert.Equal(18, _log.Counters.Bytes);
        Assert.Empty(_log.Notes);
    }

    [Fact]
    public void QuietLog_WakesNobody()
    {
        _log.Append("old\n");
        _log.Start();
        Assert.False(_log.IsReadable(100));
        _log.Append("new\n");
        Assert.True(_log.IsReadable(5_000));
        _log.Pump();
        Assert.False(_log.IsReadable(100));
    }

    [Fact]
    public void FileBesideTheLog_ThatCannotBeRead_HoldsNobodyUp()
    {
        _log.Append("a long first line\n");
        _log.Start();
        // A regular file that fails with EIO.
        File.CreateSymbolicLink(_log.In("access.log.1"), "/proc/self/mem");
        File.WriteAllText(_log.LogPath, "one\n");
        _log.PumpLines(1);
        var position = _log.Stop();
        FollowedLog.Rename(_log.LogPath, _log.In("gone"));
        _log.Append("two\n");
        _log.Start(position);
        _log.PumpLines(2);
        Assert.Equal(["one", "two"], _log.Lines);
    }

    [Fact]
    public void PartOfALine_WaitsForItsRest()
    {
        _log.Start();
        _log.Append("on");
        _log.PumpUntil(() => _log.Counters.Bytes == 2);
        Assert.Empty(_log.Lines);
        Assert.Equal(0, _log.Follower.Position!.Value.Offset);
        _log.Append("e\nt");
        _log.PumpLines(1);
        Assert.Equal(4, _log.Follower.Position!.Value.Offset);
        _log.Append("wo\n");
        _log.PumpLines(2);
        Assert.Equal(["one", "two"], _log.Lines);
    }

    [Fact]
    public void Log_ThatDoesNotExistYet_IsFollowedFromItsStart()
    {
        _log.Start();
        Assert.Null(_log.Follower.Position);
        _log.Append("one\n");
        _log.PumpLines(1);
        Assert.Equal(["one"], _log.Lines);
    }

    [Fact]
    public void Folders_ThatDoNotExistYet_AreWaitedFor()
    {
        using var log = new FollowedLog("a/b/c/access.log");
        log.Start();
        Directory.CreateDirectory(log.In("a"));
        log.Pump();
        Directory.CreateDirectory(log.In("a/b"));
        // The last one is made by moving a filled folder in.
        Directory.CreateDirectory(log.In("x"));
        File.WriteAllText(log.In("x/access.log"), "one\n");
        Directory.Move(log.In("x"), log.In("a/b/c"));
        log.PumpLines(1);
        log.Append("two\n");
        log.PumpLines(2);
        Assert.Equal(["one", "two"], log.Lines);
    }

    [Fact]
    public void Folder_ThatIsReplaced_IsFollowed()
    {
        using var log = new FollowedLog("a/b/access.log");
        Directory.CreateDirectory(log.In("a/b"));
        log.Append("old\n");
        log.Start();
        Directory.Move(log.In("a"), log.In("z"));
        File.AppendAllText(log.In("z/b/access.log"), "one\n");
        log.PumpLines(1);
        Directory.CreateDirectory(log.In("a/b"));
        log.Append("two\n");
        log.PumpLines(2);
        Assert.Equal(["one", "two"], log.Lines);
    }

    [Fact]
    public void Rename_ReadsTheOldFileToItsEndFirst()
    {
        _log.Append("old\n");
        _log.Start();
        File.Move(_log.LogPath, _log.In("access.log.1"));
        File.AppendAllText(_log.In("access.log.1"), "one\n");
        _log.PumpLines(1);
        _log.Append("");
        File.AppendAllText(_log.In("access.log.1"), "two\n");
        _log.PumpLines(2);
        _log.Append("three\n");
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
        Assert.Equal(1, _log.Counters.Rotations);
    }

    [Fact]
    public void Rename_UnderPartOfALine_DropsAndCountsIt()
    {
        _log.Start();
        _log.Append("one\ncut");
        _log.PumpLines(1);
        File.Move(_log.LogPath, _log.In("access.log.1"));
        _log.Append("two\n");
        _log.PumpLines(2);
        Assert.Equal(["one", "two"], _log.Lines);
        Assert.Equal(1, _log.Counters.Cut);
    }

    [Fact]
    public void Deletion_AndANewLog_AreFollowed()
    {
        _log.Append("old\n");
        _log.Start();
        File.Delete(_log.LogPath);
        _log.Pump();
        _log.Append("one\n");
        _log.PumpLines(1);
        File.Delete(_log.LogPath);
        _log.Append("two\n");
        _log.PumpLines(2);
        Assert.Equal(["one", "two"], _log.Lines);
    }

    [Fact]
    public void RotationsFasterThanWeLook_LoseNothing()
    {
        _log.Start();
        for (var i = 0; i < 5; i++)
        {
            _log.Append($"line {i}\n");
            for (var n = i; n > 0; n--)
                File.Move(_log.In($"access.log.{n}"), _log.In($"access.log.{n + 1}"));
            File.Move(_log.LogPath, _log.In("access.log.1"));
        }

        _log.Append("line 5\n");
        _log.PumpLines(1);
        // Nobody had the log open before: only the present one is ours to read.
        Assert.Equal(["line 5"], _log.Lines);

        for (var i = 6; i < 10; i++)
        {
            for (var n = i - 1; n > 0; n--)
                File.Move(_log.In($"access.log.{n}"), _log.In($"access.log.{n + 1}"));
            File.Move(_log.LogPath, _log.In("access.log.1"));
            _log.Append($"line {i}\n");
        }

        _log.PumpLines(5);
        Assert.Equal(["line 5", "line 6", "line 7", "line 8", "line 9"], _log.Lines);
        Assert.Equal(4, _log.Counters.Rotations);
        Assert.Equal(0, _log.Counters.Gaps);
    }

    [Fact]
    public void OtherFilesBesideTheLog_AreNotRead()
    {
        _log.Append("old\n");
        _log.Start();
        File.WriteAllText(_log.In("access.log.1.gz"), "no\n");
        File.WriteAllText(_log.In("access.log.bak"), "no\n");
        File.WriteAllText(_log.In("access.log~"), "no\n");
        File.WriteAllText(_log.In("error.log.1"), "no\n");
        File.Move(_log.LogPath, _log.In("access.log-20261121"));
        _log.Append("one\n");
        _log.PumpLines(1);
        Assert.Equal(["one"], _log.Lines);
        Assert.Equal(1, _log.Counters.Rotations);
    }

    [Fact]
    public void Truncation_StartsOver()
    {
        _log.Start();
        _log.Append("one\ntwo\npart");
        _log.PumpUntil(() => _log.Counters.Bytes == 12);
        using (var file = new FileStream(_log.LogPath, FileMode.Open))
            file.SetLength(0);
        _log.PumpUntil(() => _log.Counters.Truncations == 1);
        _log.Append("three\n");
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
        Assert.Equal(1, _log.Counters.Cut);
    }

    [Fact]
    public void Truncation_ThatHasGrownOverOurPlace_IsSeen()
    {
        _log.Start();
        _log.Append("one\ntwo\n");
        _log.PumpLines(2);
        File.WriteAllText(_log.LogPath, "three\nfour\nfive\n");
        _log.PumpLines(5);
        Assert.Equal(["one", "two", "three", "four", "five"], _log.Lines);
        Assert.Equal(1, _log.Counters.Truncations);
    }

    [Fact]
    public void Truncation_WithACopy_ReadsWhatWeHadNotReadFromThat()
    {
        _log.Start();
        _log.Append("one\npa");
        _log.PumpLines(1);
        _log.Append("rt\ntwo\n");
        File.Copy(_log.LogPath, _log.In("access.log.1"));
        using (var file = new FileStream(_log.LogPath, FileMode.Open))
            file.SetLength(0);
        _log.Append("three\n");
        _log.PumpLines(4);
        Assert.Equal(["one", "part", "two", "three"], _log.Lines);
        Assert.Equal((1, 0), (_log.Counters.Truncations, _log.Counters.Cut));
        _log.Append("four\n");
        _log.PumpLines(5);
    }

    [Fact]
    public void WriterThatKeepsItsPlace_LeavesAHoleThatHarmsNothing()
    {
        _log.Start(maxLine: 100);
        using var writer = new FileStream(_log.LogPath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 0);
        writer.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"line {i}\n"))));
        _log.PumpLines(1000);
        using (var file = new FileStream(_log.LogPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(0);
        writer.Write("after\nlast\n"u8);
        _log.PumpUntil(() => _log.Lines[^1] == "last");
        Assert.Equal((1, 1), (_log.Counters.Truncations, _log.Counters.Overlong));
        Assert.Equal(1001, _log.Lines.Count); // "after" ends the line of zeros
    }

    [Fact]
    public void OverlongLines_AreDroppedAndCounted()
    {
        _log.Start(maxLine: 10);
        _log.Append("1234567890\n12345678901\nok\n" + new string('x', 600_000));
        _log.PumpLines(2);
        _log.PumpUntil(() => _log.Counters.Bytes > 600_000);
        Assert.Equal(2, _log.Counters.Overlong);
        _log.Append(new string('x', 600_000));
        _log.PumpUntil(() => _log.Counters.Bytes > 1_200_000);
        _log.Append("xx from 203.0.113.7:1\nend\n");
        _log.PumpLines(3);
        Assert.Equal(["1234567890", "ok", "end"], _log.Lines);
        Assert.Equal(2, _log.Counters.Overlong);
    }

    [Fact]
    public void Position_InsideAnOverlongLine_IsItsStart()
    {
        _log.Start(maxLine: 10);
        _log.Append("ok\n" + new string('x', 300_000));
        _log.PumpUntil(() => _log.Counters.Bytes == 300_003);
        var position = _log.Stop();
        Assert.Equal(3, position!.Value.Offset);
        _log.Append("x\nend\n");
        _log.Start(position, maxLine: 10);
        Assert.Equal(["ok", "end"], _log.Lines);
    }

    [Fact]
    public void BinaryRubbish_IsSplitAtItsLineFeeds()
    {
        var random = new Random(17);
        _log.Start(maxLine: 64);
        var expected = 0;
        var overlong = 0;
        var length = 0;
        using var writer = new FileStream(_log.LogPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);
            foreach (var b in bytes)
            {
                if (b != '\n')
                    length++;
                else
                    (expected, overlong, length) = length <= 64 ? (expected + 1, overlong, 0) : (expected, overlong + 1, 0);
            }

            writer.Write(bytes);
            if (random.Next(3) == 0)
                _log.Pump(maxBytes: random.Next(1, 10_000));
        }

        writer.WriteByte((byte)'\n');
        (expected, overlong) = length <= 64 ? (expected + 1, overlong) : (expected, overlong + 1);
        _log.PumpUntil(() => _log.Counters.Bytes == writer.Length);
        Assert.Equal((expected, overlong), ((int)_log.Counters.Lines, (int)_log.Counters.Overlong));
    }

    [Fact]
    public void Work_IsBounded()
    {
        _log.Append(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i:d20}\n")));
        using var follower = new LogFollower(_log.LogPath, _ => { });
        follower.Start(null);
        var sink = default(Counter);
        var calls = 0;
        for (var more = true; more; calls++)
        {
            var before = follower.Counters.Bytes;
            more = follower.ReadAvailable(ref sink, 100_000);
            Assert.InRange(follower.Counters.Bytes - before, 0, 100_000);
        }

        Assert.Equal(100_000, sink.Lines);
        Assert.InRange(calls, 26, 28);
    }

    [Fact]
    public void Link_ToTheLog_IsFollowed()
    {
        Directory.CreateDirectory(_log.In("real"));
        File.WriteAllText(_log.In("real/x.log"), "old\n");
        File.CreateSymbolicLink(_log.LogPath, "real/x.log");
        _log.Start();
        File.AppendAllText(_log.In("real/x.log"), "one\n");
        _log.PumpLines(1);
        // Rotated where it really is.
        File.Move(_log.In("real/x.log"), _log.In("real/x.log.1"));
        File.WriteAllText(_log.In("real/x.log"), "two\n");
        _log.PumpLines(2);
        // Pointed elsewhere, in one step as ln -sfn does.
        File.WriteAllText(_log.In("real/y.log"), "three\n");
        File.CreateSymbolicLink(_log.In("new"), "real/y.log");
        FollowedLog.Rename(_log.In("new"), _log.LogPath);
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
    }

    [Fact]
    public void Link_ToTheFolder_IsFollowed()
    {
        using var log = new FollowedLog("current/access.log");
        Directory.CreateDirectory(log.In("v1"));
        Directory.CreateSymbolicLink(log.In("current"), log.In("v1"));
        log.Start();
        log.Append("one\n");
        log.PumpLines(1);
        Directory.CreateDirectory(log.In("v2"));
        File.WriteAllText(log.In("v2/access.log"), "two\n");
        File.CreateSymbolicLink(log.In("new"), log.In("v2"));
        FollowedLog.Rename(log.In("new"), log.In("current"));
        log.PumpLines(2);
        Assert.Equal(["one", "two"], log.Lines);
    }

    [Fact]
    public void LinkInACircle_IsNoLog()
    {
        File.CreateSymbolicLink(_log.LogPath, "access.log");
        _log.Start();
        Assert.Contains("cannot be opened", Assert.Single(_log.Notes), StringComparison.Ordinal);
        File.Delete(_log.LogPath);
        _log.Append("one\n");
        _log.PumpLines(1);
    }

    [Fact]
    public void SomethingElseInTheLogsPlace_IsNotedOnce()
    {
        Directory.CreateDirectory(_log.LogPath);
        _log.Start();
        Directory.CreateDirectory(_log.In("access.log/x"));
        Directory.Delete(_log.In("access.log/x"));
        _log.Pump();
        Assert.Equal($"{_log.LogPath}: is not a regular file", Assert.Single(_log.Notes));
        Directory.Delete(_log.LogPath);
        _log.Append("one\n");
        _log.PumpLines(1);
    }

    [Fact]
    public void LostEvents_AreMadeUpFor()
    {
        _log.Append("old\n");
        _log.Start();
        var limit = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.SkipWhen(limit > 100_000, "fs.inotify.max_queued_events is too large to be filled quickly");
        File.WriteAllText(_log.In("x"), "");
        for (var i = 0; i < (limit / 4) + 1; i++)
        {
            FollowedLog.Rename(_log.In("x"), _log.In("y"));
            FollowedLog.Rename(_log.In("y"), _log.In("x"));
        }

        // The queue is full: nothing tells of these.
        File.Move(_log.LogPath, _log.In("access.log.1"));
        _log.Append("one\n");
        _log.PumpLines(1);
        _log.Append("two\n");
        _log.PumpLines(2);
        Assert.Equal(["one", "two"], _log.Lines);
    }

    [Fact]
    public void FileThatComesBack_IsNotReadTwice()
    {
        _log.Start();
        _log.Append("one\n");
        _log.PumpLines(1);
        File.Move(_log.LogPath, _log.In("kept"));
        _log.Append("two\n");
        _log.PumpLines(2);
        File.Move(_log.In("kept"), _log.LogPath, overwrite: true);
        _log.Append("three\n");
        _log.PumpLines(3);
        Assert.Equal(["one", "two", "three"], _log.Lines);
    }

    [Fact]
    public void Misuse_IsRefused()
    {
        using var follower = new LogFollower(_log.LogPath, _ => { });
        var sink = default(Counter);
        Assert.Throws<InvalidOperationException>(() => follower.ReadAvailable(ref sink, 1));
        follower.Start(null);
        Assert.Throws<InvalidOperationException>(() => follower.Start(null));
    }

    private struct Counter : ILineSink
    {
        public int Lines;

        public void Line(ReadOnlySpan<byte> line, long endOffset, bool isHistory) => Lines++;
    }
}
