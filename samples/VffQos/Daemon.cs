using Microsoft.Extensions.Logging;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Hosting;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.Sources.Logs;
using VffQos.State;
using VffQos.Status;

namespace VffQos;

/// <summary>
/// What <c>vffqos run</c> runs: applies the policy, then follows the logs and conntrack. One thread does all of it and waits in one
/// place; only the disk has a thread of its own. Whatever ends it, the kernel goes on shaping.
/// </summary>
internal sealed partial class Daemon : IDisposable
{
    private const int ReadAtOnce = 64 * 1024;

    private readonly VffQosConfig _config;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly PollLoop _loop = new();

    /// <summary>A daemon that has done nothing yet.</summary>
    public Daemon(VffQosConfig config, ILoggerFactory loggers, TimeProvider time)
    {
        _config = config;
        _loggers = loggers;
        _log = loggers.CreateLogger<Daemon>();
        _time = time;
    }

    /// <summary>Set once the policy is applied and the logs are followed.</summary>
    public ManualResetEventSlim Ready { get; } = new();

    /// <summary>Works in the calling thread's network namespace until it is told to stop.</summary>
    /// <exception cref="StartException">Another daemon is here.</exception>
    /// <exception cref="ShapingException">The kernel lacks a part, or holds something in our place that is not ours.</exception>
    /// <exception cref="StateException">The state cannot be kept.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Run(CancellationToken stop)
    {
        using var mine = NamespaceLock.TryTake()
            ?? throw new StartException($"Another vffqos (process {NamespaceLock.Holder()}) runs in this network namespace: stop it first.");
        if (mine.Squatter is { } squatter)
            LogSquatter(squatter);
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        mine.Serve(asked.Cancel);
        using var wakeUp = asked.Token.Register(_loop.Wake);

        using var store = StateStore.Open(_config.StateDirectory, _loop.Wake, _loggers.CreateLogger<StateStore>());
        using var shaper = Shaper.Open(ShapingPolicy.From(_config), store, _loggers.CreateLogger<Shaper>());
        LogPlane(shaper.Plane.Kind, shaper.Plane.Reason);
        store.Set(StatusReader.ReasonFact, shaper.Plane.Reason);
        using var conntrack = new ConntrackFlows(_config.Marks.Mask, _config.Sources.SelectMany(static s => s.Ports));
        var inheritance = Inheritance.Read(_config, store.Contents, conntrack, shaper);
        var marks = OpenMarks(store, inheritance);
        store.Set(Inheritance.PortsFact, Inheritance.TextOf(Inheritance.PortsOf(_config, store.Get(Inheritance.PortsFact))));
        var change = inheritance.Change(marks);
        store.Set(Inheritance.MasksFact, Inheritance.TextOf(change.MasksBefore));
        var isMoved = TryMove(conntrack, change.Before);
        if (isMoved)
            store.Set(Inheritance.MasksFact, Inheritance.TextOf(change.MasksBetween));
        shaper.Converge([.. marks.Users.Select(u => UserAdmission.ShapeOf(_config, u))], () => inheritance.Fill(shaper.Flows, marks));
        if (TryMove(conntrack, change.After) && isMoved)
            store.Set(Inheritance.MasksFact, Inheritance.TextOf([_config.Marks.Mask]));
        if (change.Count > 0)
            LogMoved(change.Count, _config.Marks.Mask);

        // Events from before the table is read: nothing that ends in between is missed.
        using var events = new FlowEvents();
        using var addresses = new AddressWatch(_time, _log);
        var admission = new UserAdmission(_config, marks, store, shaper, conntrack, _time, _log);
        var engine = new FlowEngine(marks, conntrack, shaper.Flows, addresses.Addresses, OptionsOf(_config), admission.Ask, _time);
        admission.Engine = engine;
        foreach (var user in marks.Users)
            engine.AddReadyUser(user);
        engine.Load(conntrack.Marked(_config.Marks.Mask), inheritance.Elements, FlowKeeper.Read(store.Contents.Flows, marks, _time));
        var keeper = new FlowKeeper(engine, store, _time);

        using var logs = new LogSources(_config.Sources, store, engine, admission, marks, addresses.Addresses, _time, _log);
        logs.Start();
        Ready.Set();
        LogReady(marks.Count, engine.Memory.LiveCount);
        Loop(shaper, events, addresses, engine, admission, logs, keeper, asked.Token);
        keeper.Save();
        logs.SavePositions();
        logs.SaveCounters();
        LogCounters(logs);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loop.Dispose();
        Ready.Dispose();
    }

    private static FlowOptions OptionsOf(VffQosConfig config) => new()
    {
        Ports = [.. config.Sources.Select(static s => s.Ports)],
        Remember = config.Remember,
    };

    private void Loop(
        Shaper shaper, FlowEvents events, AddressWatch addresses, FlowEngine engine, UserAdmission admission, LogSources logs, FlowKeeper keeper,
        CancellationToken stop)
    {
        var descriptors = new int[3 + logs.Count];
        var ready = new bool[descriptors.Length];
        descriptors[0] = events.Descriptor;
        descriptors[1] = shaper.Guard.Descriptor;
        descriptors[2] = addresses.Descriptor;
        var more = new bool[logs.Count];
        more.AsSpan().Fill(true);
        var hurry = true;
        string? trouble = null, refusal = null;
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < logs.Count; i++)
                descriptors[3 + i] = logs.DescriptorOf(i);
            _loop.Wait(descriptors, ready, hurry ? 0 : Earliest(engine.UntilTick, shaper.Guard.NextWork, logs.UntilSave, logs.UntilRetry, addresses.UntilRetry, keeper.UntilSave));
            hurry = false;
            // The guard first: a redirect into nowhere drops packets.
            if (ready[1] || shaper.Guard.NextWork <= TimeSpan.Zero)
                shaper.Guard.Work();
            if (shaper.Flows.TakeLoss())
                engine.FillTable();
            if (ready[2] || addresses.UntilRetry <= TimeSpan.Zero)
                addresses.Receive();
            if (ready[0])
                hurry |= events.Receive(engine);
            admission.Work();
            engine.Flush();
            for (var i = 0; i < logs.Count; i++)
            {
                if (ready[3 + i] || more[i] || logs.IsDue(i))
                    hurry |= more[i] = logs.Read(i, ReadAtOnce);
            }

            engine.Tick();
            if (engine.TableTrouble != trouble && (trouble = engine.TableTrouble) is not null)
                LogTableTrouble(trouble);
            if (engine.KernelTrouble != refusal && (refusal = engine.KernelTrouble) is not null)
                LogKernelTrouble(refusal);
            logs.SaveWhenDue();
            keeper.SaveWhenDue();
        }
    }

    private MarkRegistry OpenMarks(StateStore store, Inheritance inheritance)
    {
        var marks = UserAdmission.MarksOf(_config, store.Contents, inheritance.Borne(), _time, out var dropped, out var added, out var full);
        foreach (var user in dropped)
            LogDropped(user.Name, user.Index, _config.Marks.Mask);
        foreach (var none in full)
            LogFull(none.ToString());
        foreach (var user in added)
            store.SaveUser(user);
        store.Flush(); // on disk before the kernel sees any of them
        while (store.TryTakeDurable(out _))
        {
            // Nobody waits for these.
        }

        return marks;
    }

    /// <summary>What cannot be moved now stays in the state as something to move with the next start.</summary>
    private bool TryMove(ConntrackFlows conntrack, IEnumerable<(ConntrackTuple Tuple, MaskedMark Mark)> marks)
    {
        try
        {
            conntrack.SetMarks(marks);
            return true;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException)
        {
            LogNotMoved(exception.Message);
            return false;
        }
    }

    private static long? Earliest(params ReadOnlySpan<TimeSpan?> times)
    {
        long? earliest = null;
        foreach (var time in times)
        {
            if (time is { } t)
                earliest = Math.Min(earliest ?? long.MaxValue, Math.Max(0, (long)Math.Ceiling(t.TotalMilliseconds)));
        }

        return earliest;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The name @vffqos of this network namespace is held by {Squatter}, which is no daemon: only the state directory's lock keeps a second one out, and absent --force does not reach this one.")]
    private partial void LogSquatter(string squatter);

    [LoggerMessage(Level = LogLevel.Information, Message = "Data plane {Plane}: {Reason}")]
    private partial void LogPlane(DataPlanes.DataPlaneKind plane, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Users} users are shaped, {Flows} flows were taken over; following the log.")]
    private partial void LogReady(int users, int flows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "User \"{Name}\" had index {Index}, for which the mask 0x{Mask:x8} has no room: the user gets another.")]
    private partial void LogDropped(string name, ushort index, uint mask);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Sentence}")]
    private partial void LogFull(string sentence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The flow table takes nothing, new uploads are not held until it is made anew: {Error}")]
    private partial void LogTableTrouble(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Conntrack refuses what is asked of it, which is tried again: {Error}")]
    private partial void LogKernelTrouble(string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The marks of {Count} connections are under the mask 0x{Mask:x8} now.")]
    private partial void LogMoved(int count, uint mask);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not all connections' marks came under the new mask; the next start tries again: {Error}")]
    private partial void LogNotMoved(string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped; the shaping stays. {Counters}")]
    private partial void LogCounters(LogSources counters);
}
