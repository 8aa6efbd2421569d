using System.Diagnostics;
using System.Globalization;
using System.Text;
using VffQos.Sources.Logs;

namespace VffQos.Tests.Sources.Logs;

/// <summary>Writers that are faster than the reader, rotations under both, and the speed of following.</summary>
public sealed class LogFollowerLoadTests : IDisposable
{
    private const int Total = 100_000;

    private readonly FollowedLog _log = new();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(1 << 20, false)]
    [InlineData(5_000, false)]
    [InlineData(1 << 20, true)]
    public void RenamingUnderAWriter_LosesAndDoublesNothing(int maxBytes, bool withRestarts)
    {
        _log.Append("");
        _log.Start();
        var writer = new Thread(WriteAndRotate);
        writer.Start();
        var random = new Random(19);
        _log.PumpUntil(
            () =>
            {
                if (withRestarts && _log.Lines.Count < Total && random.Next(20) == 0)
                {
                    var position = _log.Stop();
                    _log.Start(position ?? new LogPosition());
                }

                return _log.Lines.Count > 0 && _log.Lines[^1].StartsWith($"{Total - 1} ", StringComparison.Ordinal);
            },
            maxBytes);
        writer.Join();
        _log.Pump();
        var missing = Enumerable.Range(0, Total).Except(_log.Lines.Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))).ToList();
        Assert.True(
            missing.Count == 0,
            $"{missing.Count} lines from {missing.FirstOrDefault()} are missing: rotations {_log.Counters.Rotations}, gaps {_log.Counters.Gaps}, cut {_log.Counters.Cut}, truncations {_log.Counters.Truncations}; {string.Join('|', _log.Notes)}");
        Assert.Equal(Enumerable.Range(0, Total).Select(i => i.ToString(CultureInfo.InvariantCulture)), _log.Lines.Select(line => line.Split(' ')[0]));
        Assert.Equal((0, 0, 0), (_log.Counters.Cut, _log.Counters.Gaps, _log.Counters.Truncations));
    }

    [Fact]
    public void Following_KeepsUpWithHalfAMillionLinesASecond()
    {
        const int count = 300_000;
        var line = Encoding.UTF8.GetBytes("2026/11/21 10:00:00.123456 from 203.0.113.7:50123 accepted tcp:example.org:443 [vless-in -> direct] email: alice@example.com\n");
        using (var file = new FileStream(_log.LogPath, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20))
        {
            for (var i = 0; i < count; i++)
                file.Write(line);
        }

        using var follower = new LogFollower(_log.LogPath, _ => { });
        var log = LogFile.TryOpen(_log.LogPath, out _)!;
        follower.Start(new LogPosition(log.Device, log.Inode, 0, 0));
        log.Dispose();
        var sink = default(Counter);
        var start = Stopwatch.GetTimestamp();
        while (follower.ReadAvailable(ref sink, 1 << 20))
        {
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(count, sink.Lines);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count / elapsed.TotalSeconds:n0} lines/s");
        Assert.True(count / elapsed.TotalSeconds > 500_000, $"only {count / elapsed.TotalSeconds:n0} lines/s");
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        using var writer = new FileStream(_log.LogPath, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 0);
        using var follower = new LogFollower(_log.LogPath, _ => { });
        follower.Start(null);
        var lines = Encoding.UTF8.GetBytes("one line\nanother line\nand the begin");
        var sink = default(Counter);
        long allocated = 0;
        for (var i = 0; i < 3_000; i++)
        {
            writer.Write(lines);
            var before = GC.GetAllocatedBytesForCurrentThread();
            follower.ReadAvailable(ref sink, 1 << 20);
            _ = follower.Position;
            if (i >= 200)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(6_000, sink.Lines);
        Assert.Equal(0, allocated);
    }

    private void WriteAndRotate()
    {
        var random = new Random(23);
        var file = new FileStream(_log.LogPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        var rotations = 0;
        for (var i = 0; i < Total;)
        {
            // A few lines a write, now and then torn in two as a full pipe would.
            var text = new StringBuilder();
            for (var n = random.Next(1, 20); n > 0 && i < Total; n--)
                text.Append(CultureInfo.InvariantCulture, $"{i++} {new string('x', random.Next(200))}\n");
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var half = random.Next(bytes.Length);
            file.Write(bytes, 0, half);
            file.Write(bytes, half, bytes.Length - half);
            if (random.Next(200) != 0)
                continue;

            // As logrotate: older ones move up, the log moves aside, a new one is made; the writer goes on with the old one for a while.
            for (var number = rotations; number > 0; number--)
                File.Move(_log.In($"access.log.{number}"), _log.In($"access.log.{number + 1}"));
            File.Move(_log.LogPath, _log.In("access.log.1"));
            rotations++;
            if (random.Next(2) == 0)
                File.Create(_log.LogPath).Dispose();
            if (random.Next(2) == 0)
                file.Write(Encoding.UTF8.GetBytes($"{i++} late\n"));
            file.Dispose();
            file = new FileStream(_log.LogPath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        }

        file.Dispose();
    }

    private struct Counter : ILineSink
    {
        public int Lines;

        public void Line(ReadOnlySpan<byte> line, long endOffset, bool isHistory) => Lines++;
    }
}
