using System.IO.Pipes;
using System.Text.Json;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing.Conntrack;
using Vffnl.Cli;

namespace Vffnl.Tests.Conntrack;

/// <summary>Flows that begin, change and end while somebody watches.</summary>
[Trait("Category", "Native")]
public sealed class FlowMonitorKernelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly KernelTable _table = new();

    private ConntrackClient Client => _table.Client;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Flows_Are_Told_As_They_Begin_Change_And_End()
    {
        await using var monitor = await Started("--json");
        Client.Create(Flows.New(Flows.Udp6, mark: 0) with { Status = FlowStatus.SeenReply });
        Client.Update(Flows.Udp6, new FlowChange { Mark = new MaskedMark(5) });
        Client.Delete(Flows.Udp6);
        var events = new List<JsonElement>();
        do
            events.Add(JsonDocument.Parse(await monitor.Next("41000")).RootElement);
        while (events[^1].GetProperty("event").GetString() != "destroy");

        Assert.Equal(["new", "update", "destroy"], events.Select(static e => e.GetProperty("event").GetString()));
        Assert.All(events, static e => Assert.Equal(("inet6", "udp", "2001:db8::1"), (e.GetProperty("family").GetString(), FlowJson.Of(e, "original", "protocol"), FlowJson.Of(e, "original", "src"))));
        Assert.Equal(5, events[1].GetProperty("mark").GetInt32());
        Assert.True(FlowJson.Has(events[0], "seen_reply"));
        Assert.Equal("", await monitor.Ended());
    }

    [Fact]
    public async Task What_Is_Not_Wanted_Is_Not_Told()
    {
        await using var monitor = await Started("--event", "destroy", "--proto", "udp", "--orig-src", "192.0.2.0/24", "--mark", "0x5/0xf");
        Client.Create(Flows.New(Flows.Tcp4, mark: 5));
        Client.Create(Flows.New(Flows.Udp4, mark: 0x15));
        Client.Create(Flows.New(Flows.Numbered(3, IpProtocol.Udp), mark: 5));
        Client.Flush();
        var told = await monitor.Next("41000");
        Assert.StartsWith("event=destroy family=inet original(protocol=udp src=192.0.2.1 dst=198.51.100.1 sport=41000 dport=443)", told, StringComparison.Ordinal);
        Assert.DoesNotContain(monitor.Seen, static l => l.Contains("10.0.0.3", StringComparison.Ordinal) || l.Contains("tcp", StringComparison.Ordinal));
        await monitor.Ended();
    }

    [Fact]
    public async Task A_Loss_Is_Told_In_Its_Place_And_What_Follows_Is_Told_Again()
    {
        await using var monitor = await Started("--json", "--buffer", "4096");
        // More at once than there is room for, until some were lost.
        var batch = new NetlinkBatch();
        for (var n = 1; n <= 2000; n++)
            batch.CreateFlow(Flows.New(Flows.Numbered(n)));
        var lost = monitor.Next("overrun");
        while (!lost.IsCompleted)
        {
            Client.Send(batch);
            Client.Flush();
        }

        Assert.Equal("""{"overrun":true}""", await lost);
        Assert.StartsWith("""{"event":""", await monitor.Again(Touch, "46000"), StringComparison.Ordinal);
        await monitor.Ended();
    }

    [Fact]
    public async Task Where_No_Flow_Sends_Events_That_Is_Said()
    {
        _table.Set("nf_conntrack_events", 0);
        using var error = new StringWriter();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var code = await Task.Run(() => CommandLine.Run(["monitor", "ct", "--netns", Tool.PathOf(_table.Namespace)], new Terminal(Stream.Null, error), stop.Token), TestContext.Current.CancellationToken);
        Assert.Equal((0, "vffnl: no flow sends events, since net.netfilter.nf_conntrack_events is 0 there\n"), (code, error.ToString()));
    }

    /// <summary>A flow that every monitor of these tests tells of.</summary>
    private void Touch()
    {
        var tuple = new ConntrackTuple(IpProtocol.Udp, Flows.Client4, 46000, Flows.Server4, 1);
        Client.TryCreate(Flows.New(tuple, mark: 5), out _);
        Client.TryDelete(tuple, out _);
    }

    /// <summary>Starts a monitor and waits until it tells what happens.</summary>
    private async Task<RunningMonitor> Started(params string[] options)
    {
        var monitor = new RunningMonitor(["monitor", "ct", .. options, "--netns", Tool.PathOf(_table.Namespace)]);
        await monitor.Again(Touch, "46000");
        return monitor;
    }

    /// <summary>A monitor that runs in this process.</summary>
    private sealed class RunningMonitor : IAsyncDisposable
    {
        private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out);
        private readonly StreamReader _lines;
        private readonly StringWriter _error = new();
        private readonly CancellationTokenSource _stop = new();
        private readonly Task<int> _run;
        private Task<string?>? _reading;

        public RunningMonitor(string[] arguments)
        {
            _lines = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _pipe.ClientSafePipeHandle));
            _run = Task.Factory.StartNew(() => CommandLine.Run(arguments, new Terminal(_pipe, _error), _stop.Token), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public List<string> Seen { get; } = [];

        /// <summary>Reads on to a line that has a text.</summary>
        public async Task<string> Next(string text)
        {
            while (true)
            {
                _reading ??= _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
                var line = await _reading.WaitAsync(Patience) ?? throw new InvalidOperationException($"It ended: {_error}");
                _reading = null;
                Seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
            }
        }

        /// <summary>Does something again and again until it is told.</summary>
        public async Task<string> Again(Action something, string text)
        {
            var told = Task.Run(() => Next(text));
            while (!told.IsCompleted)
            {
                something();
                await Task.WhenAny(told, Task.Delay(20));
            }

            return await told;
        }

        /// <summary>Ends it as an interruption does; what it complained about.</summary>
        public async Task<string> Ended()
        {
            await _stop.CancelAsync();
            Assert.Equal(0, await _run.WaitAsync(Patience));
            return _error.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _lines.Dispose(); // whoever writes on is told that nobody reads
            try
            {
                await _run.WaitAsync(Patience);
            }
            catch (OperationCanceledException)
            {
                // It had not begun.
            }

            await _pipe.DisposeAsync();
            _stop.Dispose();
            _error.Dispose();
        }
    }
}
