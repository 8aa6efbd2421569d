using System.Diagnostics;
using System.Globalization;
using VffNetlink.Conntrack;
using VffNetlink.Events;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Subscribers: they say "ready" once they have subscribed, and end when their input does.</summary>
internal static class EventBench
{
    /// <summary>Reads every event as a subscriber would that looks flows up by it; prints how many came, how often some were lost, and microseconds of processor time for each.</summary>
    /// <param name="name">Which events: new, update, destroy or all.</param>
    /// <param name="room">The receive buffer in bytes.</param>
    public static int Listen(string name, int room)
    {
        var kind = name switch { "new" => FlowEventKind.New, "update" => FlowEventKind.Update, "destroy" => FlowEventKind.Destroy, _ => FlowEventKind.All };
        using var events = ConntrackEvents.Open(kind, new NetlinkSocketOptions { ReceiveBuffer = room, SendBuffer = null });
        using var ended = InputEnds();
        var sink = new KeySink(kind);
        events.Wait(TimeSpan.FromMilliseconds(1));
        events.Receive(ref sink);
        Console.WriteLine("ready");
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        while (true)
        {
            // What was sent before the input ended is queued by then.
            var last = ended.IsCancellationRequested;
            while (events.Receive(ref sink))
            {
                // There is more.
            }

            if (last)
                break;
            events.Wait(TimeSpan.FromMilliseconds(50));
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var used = Process.GetCurrentProcess().TotalProcessorTime;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sink.Count} {sink.Overruns} {used.TotalMicroseconds / Math.Max(1, sink.Count):F3}"));
        if (allocated == 0 && sink.Strange == 0)
            return 0;
        Console.Error.WriteLine($"listen {name}: {allocated} bytes were allocated, where 0 are promised; {sink.Strange} events were none of {name}");
        return 1;
    }

    /// <summary>
    /// Keeps a table in step. Some seconds after the input ended it is compared with the kernel's; prints how many flows it has, how often events were lost, and how
    /// many flows differ.
    /// </summary>
    /// <param name="room">The receive buffer in bytes.</param>
    /// <param name="seconds">How long it has to catch up.</param>
    public static async Task<int> TableAsync(int room, int seconds)
    {
        using var client = ConntrackClient.Open();
        await using var watch = new TableWatch<FlowKey, FlowInfo>(new FlowTable(), new NetlinkEventStreamOptions { Socket = new NetlinkSocketOptions { ReceiveBuffer = room, SendBuffer = null } });
        using var ended = InputEnds();
        using var over = new CancellationTokenSource();
        using var patience = ended.Token.Register(() => over.CancelAfter(TimeSpan.FromSeconds(seconds)));
        var isReady = false;
        try
        {
            await foreach (var change in watch.ReadAllAsync(over.Token).ConfigureAwait(false))
            {
                if (!isReady && change.Kind == TableChangeKind.Synchronized)
                {
                    isReady = true;
                    Console.WriteLine("ready");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        var kernel = client.List().ToDictionary(static f => new FlowKey(f.Original, f.Id!.Value), static f => f.Mark!.Value);
        var differ = kernel.Count(pair => !watch.Entries.TryGetValue(pair.Key, out var flow) || flow.Mark != pair.Value) + watch.Entries.Keys.Count(key => !kernel.ContainsKey(key));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Entries.Count} {watch.Overruns} {differ}"));
        return differ == 0 ? 0 : 1;
    }

    /// <summary>Cancelled when standard input ends.</summary>
    private static CancellationTokenSource InputEnds()
    {
        var source = new CancellationTokenSource();
        var reader = new Thread(() =>
        {
            while (Console.OpenStandardInput().ReadByte() >= 0)
            {
                // Nobody says anything.
            }

            source.Cancel();
        });
        reader.IsBackground = true;
        reader.Start();
        return source;
    }

    private struct KeySink(FlowEventKind kind) : IFlowEventSink
    {
        public long Count { get; private set; }

        public long Overruns { get; private set; }

        public long Strange { get; private set; }

        public long Sum { get; private set; }

        public void Flow(FlowEventKind happened, scoped in FlowView flow)
        {
            Count++;
            if ((happened & kind) == 0)
                Strange++;
            Sum += flow.Original.SourcePort + (flow.Id ?? 0) + (flow.Mark ?? 0) + (long)(flow.Status ?? 0);
        }

        public void Overrun() => Overruns++;
    }
}
