using System.Net;
using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing;
using VffQos.Lab;
using VffQos.State;
using VffQos.Tests.Traffic;

namespace VffQos.Tests.Resilience;

/// <summary>What is in the kernel when the daemon starts: left by itself, or somebody else's.</summary>
[Trait("Category", "Process")]
[Collection(nameof(TrafficCollection))]
public sealed class TakeoverTests : IDisposable
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("vffqos-takeover-").FullName;

    private string Log => Path.Combine(_folder, "access.log");

    private string State => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Marks_Of_Others_Are_Nobodys_And_Users_Keep_Their_Flows_Over_Death_A_New_Mask_And_A_Lost_State()
    {
        Requires.Namespaces();
        using var network = new LabNetwork(clients: 2);
        using var conntrack = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = network.Server });
        var ssh = Create(conntrack, 1, 22, IpProtocol.Tcp, mark: 2);
        var flow = Create(conntrack, 1, 443, IpProtocol.Udp);
        File.AppendAllText(Log, LineOf(flow, "bob"));

        // The first start: a foreign mark is in the way, and the latest line's flow is bob's.
        using (var daemon = Start(network, "0x0000ffff", "alice"))
        {
            WaitUntil(() => Mark(conntrack, flow) != 0, "bob's flow is marked");
            Assert.Equal(2u, Mark(conntrack, ssh));
            Assert.DoesNotContain(StateDatabase.Read(State).Users, static user => user.Index == 2);
            daemon.Kill();
        }

        var bob = Mark(conntrack, flow);
        Assert.Equal(bob, StateDatabase.Read(State).Users.Single(static user => user.Name == "bob").Index);

        // While it is dead the entry expires, and the next packet makes another.
        conntrack.Delete(flow);
        Create(conntrack, 1, 443, IpProtocol.Udp);
        using (var daemon = Start(network, "0x0000ffff", "alice"))
        {
            Assert.Equal(bob, Mark(conntrack, flow));
            daemon.Kill();
        }

        // Another mask: the flow stays bob's, and no bit of the old mark is left.
        using (var daemon = Start(network, "0x03ff0000", "alice"))
        {
            Assert.Equal(bob << 16, Mark(conntrack, flow));
            Assert.Equal(2u, Mark(conntrack, ssh));
            daemon.Kill();
        }

        // The state is lost: whoever comes gets no mark that is borne, and absent still knows what is ours.
        Directory.Delete(State, recursive: true);
        using (var daemon = Start(network, "0x03ff0000", "zed", "alice", "carol", "dave"))
        {
            Assert.DoesNotContain(StateDatabase.Read(State).Users, user => user.Index == bob);
            File.AppendAllText(Log, LineOf(flow, "zed"));
            WaitUntil(() => Mark(conntrack, flow) is not 0 and var mark && mark != bob << 16, "the flow is zed's");
            daemon.Kill();
        }

        Directory.Delete(State, recursive: true);
        var (code, _, error) = DaemonProcess.Run(network.Server, Path.Combine(_folder, "vffqos.jsonc"), "absent");
        Assert.True(code == 0, error);
        Assert.Equal((0u, 2u), (Mark(conntrack, flow), Mark(conntrack, ssh)));
    }

    private DaemonProcess Start(LabNetwork network, string mask, params string[] users)
    {
        var config = Path.Combine(_folder, "vffqos.jsonc");
        File.WriteAllText(config,
            $$"""
            { "wan": "{{LabNetwork.WanName}}", "stateDirectory": "{{State}}", "dataPlane": "maps", "markMask": "{{mask}}",
              "users": { {{string.Join(", ", users.Select(static user => $"\"{user}\": {{ \"upload\": \"2mbit\" }}"))}} },
              "sources": [ { "type": "xray", "accessLog": "{{Log}}", "port": 443 } ] }
            """);
        var daemon = new DaemonProcess(network.Server, config);
        daemon.WaitReady(_stop);
        return daemon;
    }

    private static string LineOf(in ConntrackTuple flow, string user) =>
        $"2026/11/21 10:00:00.123456 from udp:{flow.Source}:{flow.SourcePort} accepted udp:1.1.1.1:53 [in -> direct] email: {user}\n";

    private static ConntrackTuple Create(ConntrackClient conntrack, int client, int port, IpProtocol protocol, uint mark = 0)
    {
        var tuple = new ConntrackTuple(protocol, new IPEndPoint(LabNetwork.ClientAddress(AddressFamily.InterNetwork, client), 40_000), new IPEndPoint(LabNetwork.ServerAddress(AddressFamily.InterNetwork), port));
        conntrack.Create(new Flow { Original = tuple, Reply = tuple.Inverted(), Timeout = TimeSpan.FromMinutes(5), Status = FlowStatus.Confirmed, Mark = mark });
        return tuple;
    }

    private static uint Mark(ConntrackClient conntrack, in ConntrackTuple tuple) => conntrack.Get(tuple).Mark ?? 0;

    private void WaitUntil(Func<bool> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60); !condition(); _stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20)))
            Assert.True(DateTime.UtcNow < deadline, $"waited in vain until {what}");
    }
}
