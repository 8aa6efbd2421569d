using System.Net;
using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffQos.Lab;
using VffQos.State;
using VffQos.Tests.Traffic;

namespace VffQos.Tests.Resilience;

/// <summary>
/// Killed at any moment, the daemon leaves the shaping as it is, and the next start goes on from there. An emulated machine takes two minutes
/// for a plane, so there it is asked for by name: <c>tests/vm/run.sh 6.12 --all KillTests</c>.
/// </summary>
[Trait("Category", "Process")]
[Collection(nameof(TrafficCollection))]
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;

    private static readonly Rate Limit = Rate.Parse("2mbit"); // so low that packets which the stack has not cut yet would pass the bound
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("vffqos-kill-").FullName;

    [Theory]
    [InlineData("maps")]
    [InlineData("marks")]
    public void Killed_At_Random_Moments_No_Limit_Is_Passed_And_No_Mark_Changes(string plane)
    {
        Requires.Namespaces();
        if (plane == "marks")
            KernelParts.RequireMarks();
        var log = Path.Combine(_folder, "access.log");
        var state = Path.Combine(_folder, "state");
        var config = Path.Combine(_folder, "vffqos.jsonc");
        File.WriteAllText(config,
            $$"""
            { "stateDirectory": "{{state}}", "dataPlane": "{{plane}}", "userDefault": { "upload": "2mbit", "download": "2mbit" },
              "sources": [ { "type": "xray", "accessLog": "{{log}}", "port": 443 } ] }
            """);
        using var lab = new TrafficLab(log, 443);
        var server = lab.Network.Server;
        var random = new Random(20261121);
        var marks = new Dictionary<string, uint>();
        var daemon = new DaemonProcess(server, config);
        try
        {
            daemon.WaitReady(_stop);
            var tcp = lab.Open(new FlowOptions { User = "tcp@example.com", Transport = ProtocolType.Tcp, Client = Client(1), Download = FlowOptions.Unpaced });
            var udp = lab.Open(new FlowOptions { User = "udp@example.com", Transport = ProtocolType.Udp, Client = Client(2), Upload = Rate.Parse("3mbit") });
            lab.WaitEstablished(TimeSpan.FromSeconds(60), _stop);
            using var conntrack = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = server });
            WaitUntil(() => MarkOf(conntrack, tcp) != 0 && MarkOf(conntrack, udp) != 0, "both flows bear marks");
            Pause(TimeSpan.FromSeconds(3)); // what was queued before the limits came
            using var downloads = new OctetSampler(lab.Network.World);
            using var uploads = new OctetSampler(server);
            Pause(Window);
            var from = (Down: downloads.Count - 1, Up: uploads.Count - 1);

            for (var kill = 0; kill < Kills; kill++)
            {
                ComeAndGo(conntrack, log, random, kill);
                if (kill % 4 == 0)
                    daemon.WaitReady(_stop); // on a slow machine the others die while they start
                Pause(TimeSpan.FromMilliseconds(random.Next(20, 900)));
                daemon.Kill();
                daemon.Dispose();
                Compare(marks, state);
                daemon = new DaemonProcess(server, config);
                Assert.NotEqual(0u, MarkOf(conntrack, tcp));
                Assert.NotEqual(0u, MarkOf(conntrack, udp));
            }

            daemon.WaitReady(_stop);
            AssertHeld("downloads, one TCP flow", downloads, from.Down);
            AssertHeld("uploads, one UDP flow", uploads, from.Up);
            Compare(marks, state);
            daemon.Kill();
            var (code, plan, error) = DaemonProcess.Run(server, config, "plan");
            Assert.True(code == 0 && plan.Contains("nothing to change", StringComparison.Ordinal), plan + error);
        }
        finally
        {
            daemon.Dispose();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Users whose flows begin and end while the daemon lives and dies.</summary>
    private static void ComeAndGo(ConntrackClient conntrack, string log, Random random, int round)
    {
        for (var i = 0; i < 20; i++)
        {
            var port = (ushort)random.Next(20_000, 20_100);
            var tuple = new ConntrackTuple(IpProtocol.Tcp, new IPEndPoint(IPAddress.Parse("203.0.113.9"), port), new IPEndPoint(LabNetwork.ServerAddress(AddressFamily.InterNetwork), 443));
            if (random.Next(3) == 0)
                conntrack.TryDelete(tuple, out _);
            else
                conntrack.TryCreate(new Flow { Original = tuple, Reply = tuple.Inverted(), Timeout = TimeSpan.FromMinutes(5), Status = FlowStatus.Confirmed }, out _);
            File.AppendAllText(log, $"2026/11/21 10:00:00.123456 from 203.0.113.9:{port} accepted tcp:example.org:443 [in -> direct] email: guest{(round * 7) + random.Next(10)}@example.com\n");
        }
    }

    private static void Compare(Dictionary<string, uint> marks, string state)
    {
        foreach (var user in StateDatabase.Read(state).Users)
        {
            if (!marks.TryAdd(user.Name, user.Index))
                Assert.Equal(marks[user.Name], user.Index);
        }

        Assert.Equal(marks.Count, marks.Values.Distinct().Count());
    }

    private static void AssertHeld(string what, OctetSampler sampler, int from)
    {
        var (highest, mean) = sampler.Measure(from, Window);
        Assert.True(highest.BytesPerSecond <= 1.5 * Limit.BytesPerSecond, $"{what}: {highest} within {Window.TotalMilliseconds} ms, the limit is {Limit}");
        Assert.True(mean.BytesPerSecond >= 0.3 * Limit.BytesPerSecond, $"{what}: {mean} over all, so that nothing was held to {Limit}");
    }

    private static uint MarkOf(ConntrackClient conntrack, TrafficFlow flow)
    {
        var protocol = flow.Options.Transport == ProtocolType.Udp ? IpProtocol.Udp : IpProtocol.Tcp;
        return conntrack.TryGet(new ConntrackTuple(protocol, flow.Options.Client, flow.Options.Server), out var found, out _) ? found.Mark ?? 0 : 0;
    }

    private static IPEndPoint Client(int number) => new(LabNetwork.ClientAddress(AddressFamily.InterNetwork, number), 40_000);

    private void WaitUntil(Func<bool> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60); !condition(); Pause(TimeSpan.FromMilliseconds(20)))
            Assert.True(DateTime.UtcNow < deadline, $"waited in vain until {what}");
    }

    private void Pause(TimeSpan time)
    {
        if (_stop.WaitHandle.WaitOne(time))
            _stop.ThrowIfCancellationRequested();
    }
}
