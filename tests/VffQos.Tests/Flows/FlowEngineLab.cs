using System.Net;
using System.Text;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Marks;
using VffQos.Sources;

namespace VffQos.Tests.Flows;

/// <summary>An engine over a conntrack in memory, with a daemon that answers for users when the test likes.</summary>
public abstract class FlowEngineLab
{
    private protected static readonly InetAddress Node4 = new(IPAddress.Parse("192.0.2.1"));
    private protected static readonly InetAddress Node6 = new(IPAddress.Parse("2001:db8::1"));

    private protected readonly FakeClock _time = new();
    private protected readonly FakeConntrack _kernel = new();
    private protected readonly LocalAddresses _addresses = new();
    private protected readonly MarkRegistry _marks;
    private protected readonly List<FlowUser> _asked = [];
    private protected readonly FlowEngine _engine;

    private protected FlowEngineLab()
    {
        _marks = new MarkRegistry(new MarkSpace(0xffff), _time, [], [], out _);
        _addresses.Replace([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("198.51.100.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Loopback]);
        _engine = Engine([443]);
    }

    private protected static ConntrackTuple Tuple(ushort client, ushort port = 443, IpProtocol protocol = IpProtocol.Tcp) =>
        new(protocol, new InetAddress(IPAddress.Parse("203.0.113.7")), client, Node4, port);

    private protected FlowEngine Engine(IReadOnlyList<ushort> ports) =>
        new(_marks, _kernel, _kernel, _addresses, new FlowOptions { Ports = [ports] }, _asked.Add, _time);

    private protected void Add(string user, ushort port, ClientTransport transport = ClientTransport.Unknown, bool isHistory = false, FlowEngine? engine = null) =>
        (engine ?? _engine).Line(0, new ClientEndpoint(new InetAddress(IPAddress.Parse("203.0.113.7")), port), transport, Encoding.UTF8.GetBytes(user), isHistory);

    private protected void Line(string user, ushort port, ClientTransport transport = ClientTransport.Unknown, FlowEngine? engine = null)
    {
        Add(user, port, transport, engine: engine);
        (engine ?? _engine).Flush();
        Answer(engine);
    }

    private protected void Flush()
    {
        _engine.Flush();
        if (_asked.Count > 0)
            Answer();
    }

    private protected void Tick()
    {
        _engine.Tick();
        Answer();
    }

    /// <summary>What the daemon does for a user that was asked for: a mark, the disk, classes.</summary>
    private protected void Answer(FlowEngine? engine = null)
    {
        foreach (var user in _asked.ToArray())
        {
            _asked.Remove(user);
            if (user.Marked is null)
            {
                Assert.True(_marks.TryAssign(Encoding.UTF8.GetBytes(user.Name), out var marked, out _));
                user.Marked = marked;
            }

            (engine ?? _engine).UserReady(user);
        }

        (engine ?? _engine).Flush();
    }

    private protected ushort Index(string user)
    {
        Assert.True(_marks.TryFind(Encoding.UTF8.GetBytes(user), out var marked));
        return marked.Index;
    }
}
