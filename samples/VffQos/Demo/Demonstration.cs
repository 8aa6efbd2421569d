using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using VffNetlink.Tc;
using VffQos.Configuration;
using VffQos.Hosting;
using VffQos.Lab;
using VffQos.Users;

namespace VffQos.Demo;

/// <summary>
/// Shows on any machine what the daemon does: a server, its clients and their traffic in a laboratory, the real daemon on it, and
/// the rates that the users get.
/// </summary>
/// <param name="duration">How long the traffic runs, <see cref="Ramp"/> included.</param>
/// <param name="view">Where it is seen.</param>
/// <param name="loggers">Where the daemon logs to.</param>
internal sealed class Demonstration(TimeSpan duration, IDemoView view, ILoggerFactory loggers)
{
    /// <summary>How long the rates settle before they count: TCP fills the queues first, and overfills them once.</summary>
    public static readonly TimeSpan Ramp = TimeSpan.FromSeconds(4);

    private const ushort Port = 443;
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TimeSpan Window => duration - Ramp;

    /// <summary>Runs it; when this returns nothing of it is left.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="VffNetlink.NetlinkException">A privilege or a part of the kernel is missing.</exception>
    /// <exception cref="StartException">The daemon could not start.</exception>
    public DemoOutcome Run(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("vffqos-demo-");
        try
        {
            var log = Path.Combine(folder.FullName, "access.log");
            var users = Users();
            using var lab = new TrafficLab(log, Port);
            using var daemon = new LabDaemon(lab.Network, Config(folder.FullName, log, users), loggers);
            daemon.WaitReady(stop);
            foreach (var user in users)
                user.Open(lab);
            lab.WaitEstablished(Patience, stop);

            DemoOutcome? outcome = null;
            view.Follow(Frames(users, daemon, o => outcome = o, stop));
            view.Summarize(outcome!);
            return outcome!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Six users of both transports and families; two pairs of them share an address and a port.</summary>
    private static LabUser[] Users()
    {
        var six = LabNetwork.Families[^1];
        // UDP has the lower limits: their queues last longer while a busy machine keeps the senders waiting.
        return
        [
            User("alice@example.com", ProtocolType.Tcp, AddressFamily.InterNetwork, 1, "4mbit", "8mbit"),
            User("bob@example.com", ProtocolType.Tcp, six, 2, "6mbit", "12mbit"),
            User("carol@example.com", ProtocolType.Udp, AddressFamily.InterNetwork, 1, "2mbit", "4mbit"),
            User("dave@example.com", ProtocolType.Udp, six, 2, "1mbit", "3mbit"),
            User("erin@example.com", ProtocolType.Tcp, six, 3, "10mbit", "20mbit"),
            User("frank@example.com", ProtocolType.Udp, AddressFamily.InterNetwork, 4, "3mbit", "5mbit"),
        ];
    }

    private static LabUser User(string name, ProtocolType transport, AddressFamily family, int client, string upload, string download) =>
        new(name, transport, new(LabNetwork.ClientAddress(family, client), 40000), Rate.Parse(upload, null), Rate.Parse(download, null));

    private static VffQosConfig Config(string folder, string log, LabUser[] users) => new()
    {
        StateDirectory = Path.Combine(folder, "state"),
        Users = users.ToDictionary(static u => u.Name, static u => new UserLimits(u.Upload, u.Download), Utf8NameComparer.Instance),
        Sources = [new XraySource(log, [Port])],
    };

    private IEnumerable<DemoFrame> Frames(LabUser[] users, LabDaemon daemon, Action<DemoOutcome> finish, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var history = new Queue<TrafficSample[]>([Samples(users)]);
        TrafficSample[]? first = null;
        while (true)
        {
            var left = first is null ? Ramp - Stopwatch.GetElapsedTime(start) : Window - Stopwatch.GetElapsedTime(first[0].Timestamp);
            if (stop.WaitHandle.WaitOne(left < FrameInterval ? left > TimeSpan.Zero ? left : TimeSpan.Zero : FrameInterval))
                stop.ThrowIfCancellationRequested();
            daemon.ThrowIfEnded();
            var samples = Samples(users);
            yield return new(Stopwatch.GetElapsedTime(start), first is not null, Readings(users, history.Peek(), samples));

            if (first is null && Stopwatch.GetElapsedTime(start) >= Ramp)
                first = samples;
            else if (first is not null && Stopwatch.GetElapsedTime(first[0].Timestamp, samples[0].Timestamp) is var measured && measured >= Window)
            {
                finish(new(measured, Readings(users, first, samples)));
                yield break;
            }

            history.Enqueue(samples);
            if (history.Count * FrameInterval > TimeSpan.FromSeconds(1))
                history.Dequeue();
        }
    }

    private static TrafficSample[] Samples(LabUser[] users) => [.. users.Select(static u => TrafficSample.Take(u.Flows))];

    private static DemoReading[] Readings(LabUser[] users, TrafficSample[] earlier, TrafficSample[] later) =>
        [.. users.Select((u, i) => DemoReading.Between(u, earlier[i], later[i]))];
}
