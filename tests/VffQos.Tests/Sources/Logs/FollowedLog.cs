using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using VffQos.Sources.Logs;

namespace VffQos.Tests.Sources.Logs;

/// <summary>A log in a folder of its own and a follower of it, driven as the daemon's loop drives it: by waiting for the descriptor.</summary>
internal sealed partial class FollowedLog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public FollowedLog(string? name = null)
    {
        Folder = Directory.CreateTempSubdirectory("vffqos-test-").FullName;
        LogPath = Path.Combine(Folder, name ?? "access.log");
    }

    public string Folder { get; }

    public string LogPath { get; }

    public LogFollower Follower { get; private set; } = null!;

    public List<string> Lines { get; } = [];

    public List<string> History { get; } = [];

    public List<string> Notes { get; } = [];

    public LogFollowerCounters Counters => Follower.Counters;

    public string In(string name) => Path.Combine(Folder, name);

    public FollowedLog Start(LogPosition? stored = null, int maxLine = 16 * 1024)
    {
        Follower = new LogFollower(LogPath, Notes.Add, maxLine);
        Follower.Start(stored);
        Pump();
        return this;
    }

    /// <summary>Ends the follower and returns where it was.</summary>
    public LogPosition? Stop()
    {
        var position = Follower.Position;
        Follower.Dispose();
        return position;
    }

    public void Append(string text) => File.AppendAllText(LogPath, text);

    /// <summary>Reads what there is.</summary>
    public void Pump(int maxBytes = 1 << 20)
    {
        var sink = new Sink(this);
        while (Follower.ReadAvailable(ref sink, maxBytes))
        {
        }
    }

    /// <summary>Waits for the descriptor and reads, until a condition holds.</summary>
    public void PumpUntil(Func<bool> condition, int maxBytes = 1 << 20)
    {
        var start = Stopwatch.GetTimestamp();
        for (; ; )
        {
            Pump(maxBytes);
            if (condition())
                return;
            var left = Patience - Stopwatch.GetElapsedTime(start);
            Assert.True(left > TimeSpan.Zero && IsReadable((int)left.TotalMilliseconds), $"nothing came: {string.Join('|', Lines.TakeLast(5))} {string.Join('|', Notes)}");
        }
    }

    /// <summary>Waits for so many lines in all.</summary>
    public void PumpLines(int count) => PumpUntil(() => Lines.Count >= count);

    public unsafe bool IsReadable(int milliseconds)
    {
        var poll = new PollFd { Descriptor = Follower.Descriptor, Events = 1 };
        return Poll(&poll, 1, milliseconds) == 1;
    }

    public void Dispose()
    {
        Follower?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Renames in one step and over what is there, links themselves included.</summary>
    public static void Rename(string from, string to) => Assert.Equal(0, RenameCall(from, to));

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameCall(string from, string to);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    private readonly struct Sink(FollowedLog log) : ILineSink
    {
        public void Line(ReadOnlySpan<byte> line, long endOffset, bool isHistory) =>
            (isHistory ? log.History : log.Lines).Add(Encoding.UTF8.GetString(line));
    }
}
