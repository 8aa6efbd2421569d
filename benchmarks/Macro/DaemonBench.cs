using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using VffNetlink.Conntrack;
using VffNetlink.Route;

namespace VffNetlink.Benchmarks.Macro;

/// <summary>The daemon, a log and conntrack entries in a namespace of their own.</summary>
internal sealed class DaemonBench : IDisposable
{
    private const int Users = 200;

    private readonly string _binary;
    private readonly string _folder = Directory.CreateTempSubdirectory("vffqos-macro-").FullName;
    private readonly NetworkNamespace _namespace = NetworkNamespace.Create();
    private readonly ConntrackClient _conntrack;
    private readonly FileStream _log;
    private Process? _daemon;

    public DaemonBench(string binary)
    {
        _binary = binary;
        _conntrack = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = _namespace });
        _log = new FileStream(Path.Combine(_folder, "access.log"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>Starts the daemon with all users known, and waits until it follows the log.</summary>
    public void Start()
    {
        using (var routes = RouteClient.Open(new NetlinkSocketOptions { Namespace = _namespace }))
        {
            var wan = routes.AddLink("wan0", new VethLink("peer0"), new LinkChange { Up = true });
            routes.ChangeLink(routes.GetLink("peer0").Index, new LinkChange { Up = true });
            routes.AddAddress(wan.Index, IPAddress.Parse("192.0.2.1"), 24);
        }

        var users = string.Join(", ", Enumerable.Range(0, Users).Select(static u => $"\"user{u}@example.com\": {{ \"upload\": \"4mbit\", \"download\": \"8mbit\" }}"));
        var config = Path.Combine(_folder, "vffqos.jsonc");
        File.WriteAllText(config,
            $$"""
            { "wan": "wan0", "stateDirectory": "{{_folder}}/state", "users": { {{users}} },
              "sources": [ { "type": "xray", "accessLog": "{{_folder}}/access.log", "port": 443 } ] }
            """);
        // The child keeps the namespace of the thread that starts it.
        _daemon = _namespace.Run(() => Process.Start(new ProcessStartInfo(_binary, ["run", "--config", config]) { RedirectStandardError = true })!);
        var follows = new ManualResetEventSlim();
        _daemon.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null)
                return;
            if (e.Data.Contains("following the log", StringComparison.Ordinal))
                follows.Set();
            else
                Console.Error.WriteLine(e.Data);
        };
        _daemon.BeginErrorReadLine();
        if (!follows.Wait(TimeSpan.FromSeconds(60)))
            throw new InvalidOperationException("The daemon does not follow the log.");
    }

    /// <summary>Nothing happens: how often is the daemon woken?</summary>
    public bool Quiet(TimeSpan time)
    {
        Thread.Sleep(TimeSpan.FromSeconds(3)); // what it still had to write after its start
        var before = ProcessUsage.Of(_daemon!.Id);
        Thread.Sleep(time);
        var used = ProcessUsage.Of(_daemon.Id).Since(before);
        return Verdict("quiet", string.Create(CultureInfo.InvariantCulture, $"{used.Waits} wake-ups in {time.TotalSeconds:F0} s, {used.Cpu.TotalMilliseconds:F1} ms of processor time"),
            used.Waits <= time.TotalSeconds);
    }

    /// <summary>Lines at a steady pace, each a new flow: the time until the flow is marked and in the flow table.</summary>
    public bool Latency(int linesPerSecond, int seconds)
    {
        var flows = linesPerSecond * seconds;
        Flows.Create(_conntrack, 0, flows);
        using var events = new MarkEvents(_namespace, flows);
        var written = new long[flows];
        var before = ProcessUsage.Of(_daemon!.Id);
        var start = Stopwatch.GetTimestamp();
        Span<byte> line = stackalloc byte[256];
        for (var i = 0; i < flows; i++)
        {
            WaitUntil(start + (long)((double)i / linesPerSecond * Stopwatch.Frequency));
            var length = Flows.WriteLine(line, i, i % Users);
            written[i] = Stopwatch.GetTimestamp();
            _log.Write(line[..length]);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = ProcessUsage.Of(_daemon.Id).Since(before);
        SpinWait.SpinUntil(() => Volatile.Read(ref events.Count) >= flows, TimeSpan.FromSeconds(10));
        var warm = flows / 10; // the first second compiles
        var latencies = new List<double>();
        for (var i = warm; i < flows; i++)
        {
            if (events.DealtWith[i] != 0)
                latencies.Add(Stopwatch.GetElapsedTime(written[i], events.DealtWith[i]).TotalMilliseconds);
        }

        latencies.Sort();
        var missing = flows - warm - latencies.Count;
        double At(double part) => latencies.Count == 0 ? double.NaN : latencies[(int)(part * (latencies.Count - 1))];
        var share = used.Cpu / elapsed;
        return Verdict("latency", string.Create(CultureInfo.InvariantCulture,
                $"{linesPerSecond} lines/s: p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, max {At(1):F2} ms, {missing} missing, {share:P1} of a core, {events.Overruns} overruns of the witness"),
            missing == 0 && At(0.99) < 5 && share < 0.2);
    }

    /// <summary>Lines faster than most nodes see them, each of them changing a flow's mark.</summary>
    public bool Flood(int linesPerSecond, int seconds)
    {
        const int Pool = 150_000; // a flow is not named again within the last 100,000 lines
        const int Chunk = 200;
        Flows.Create(_conntrack, 1_000_000, Pool);
        MarkOf(0); // asks the daemon's status, which takes a second
        var total = linesPerSecond * seconds;
        var last = new int[Pool];
        var buffer = new byte[Chunk * 256];
        var before = ProcessUsage.Of(_daemon!.Id);
        var start = Stopwatch.GetTimestamp();
        long bytes = 0;
        var lags = new List<long>();
        for (var i = 0; i < total;)
        {
            WaitUntil(start + (long)((double)i / linesPerSecond * Stopwatch.Frequency));
            var length = 0;
            for (var end = Math.Min(total, i + Chunk); i < end; i++)
            {
                // Another user each time round, so that no line is one of a flow that is the user's already.
                last[i % Pool] = (i + (i / Pool)) % Users;
                length += Flows.WriteLine(buffer.AsSpan(length), 1_000_000 + (i % Pool), last[i % Pool]);
            }

            _log.Write(buffer.AsSpan(0, length));
            bytes += length;
            if (i % linesPerSecond == 0)
                lags.Add(ReadLag());
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var done = Stopwatch.GetTimestamp();
        var settled = WaitForMark(1_000_000 + ((total - 1) % Pool), last[(total - 1) % Pool]);
        var behind = Stopwatch.GetElapsedTime(done);
        var used = ProcessUsage.Of(_daemon.Id).Since(before);
        var wrong = CountWrongMarks(last.AsSpan(0, Math.Min(total, Pool)));
        return Verdict("flood", string.Create(CultureInfo.InvariantCulture,
                $"{total / elapsed.TotalSeconds:F0} lines/s for {elapsed.TotalSeconds:F0} s, unread bytes at a quarter, half, end: {Quarter(lags, 1)}, {Quarter(lags, 2)}, {Quarter(lags, 4)}, the last line done {behind.TotalMilliseconds:F0} ms after it, {wrong} wrong marks, {used.Cpu / elapsed:P0} of a core"),
            settled && wrong == 0 && behind < TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        if (_daemon is { HasExited: false })
        {
            _daemon.Kill();
            _daemon.WaitForExit();
        }

        _daemon?.Dispose();
        _log.Dispose();
        _conntrack.Dispose();
        _namespace.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Quarter(List<long> lags, int quarter) => lags.Count == 0 ? "-" : lags[Math.Min(lags.Count - 1, lags.Count * quarter / 4)].ToString(CultureInfo.InvariantCulture);

    /// <summary>Bytes of the log that the daemon has not read: its descriptor's position would not tell, its reads are positioned.</summary>
    private long ReadLag()
    {
        var read = 0L;
        foreach (var line in File.ReadLines($"/proc/{_daemon!.Id}/io"))
        {
            if (line.StartsWith("rchar:", StringComparison.Ordinal))
                read = long.Parse(line.AsSpan(6), CultureInfo.InvariantCulture);
        }

        _firstRead ??= read - _log.Position;
        return _log.Position - (read - _firstRead.Value);
    }

    private long? _firstRead;

    private static void WaitUntil(long timestamp)
    {
        while (true)
        {
            var left = (timestamp - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
            if (left <= 0)
                return;
            if (left > 1)
                Thread.Sleep(1);
            else
                Thread.Yield();
        }
    }

    private bool WaitForMark(int flow, int user)
    {
        var expected = MarkOf(user);
        return SpinWait.SpinUntil(() => _conntrack.TryGet(Flows.TupleOf(flow), out var found, out _) && found.Mark == expected, TimeSpan.FromSeconds(30));
    }

    private int CountWrongMarks(ReadOnlySpan<int> last)
    {
        var wrong = 0;
        for (var i = 0; i < last.Length; i++)
        {
            if (!_conntrack.TryGet(Flows.TupleOf(1_000_000 + i), out var found, out _) || found.Mark != MarkOf(last[i]))
                wrong++;
        }

        return wrong;
    }

    private uint MarkOf(int user)
    {
        _marks ??= ReadMarks();
        return _marks[$"user{user}@example.com"];
    }

    private Dictionary<string, uint>? _marks;

    /// <summary>Who has which mark, by the daemon's own word.</summary>
    private Dictionary<string, uint> ReadMarks()
    {
        using var status = _namespace.Run(() => Process.Start(new ProcessStartInfo(_binary, ["status", "--json", "--config", Path.Combine(_folder, "vffqos.jsonc")]) { RedirectStandardOutput = true })!);
        using var json = JsonDocument.Parse(status.StandardOutput.ReadToEnd());
        status.WaitForExit();
        return json.RootElement.GetProperty("users").EnumerateArray().ToDictionary(
            static u => u.GetProperty("name").GetString()!,
            static u => uint.Parse(u.GetProperty("mark").GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static bool Verdict(string name, string text, bool holds)
    {
        Console.WriteLine($"{name,-8} {(holds ? "ok  " : "FAIL")} {text}");
        return holds;
    }
}
