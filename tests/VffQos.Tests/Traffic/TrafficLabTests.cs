using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using VffNetlink;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffQos.Lab;
using VffQos.Sources;
using VffQos.Sources.Xray;

namespace VffQos.Tests.Traffic;

/// <summary>The laboratory itself, with tc's shaping in the daemon's place: it measures what the kernel counted.</summary>
[Trait("Category", "Lab")]
[Trait("Traffic", "true")]
[Collection(TrafficCollection.Name)]
public sealed partial class TrafficLabTests : IDisposable
{
    private static readonly Rate Upload = Rate.Parse("2mbit");
    private static readonly Rate Download = Rate.Parse("4mbit");

    private readonly string _folder = Directory.CreateTempSubdirectory("vffqos-lab-").FullName;

    private string Log => Path.Combine(_folder, "access.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ProtocolType.Tcp)]
    [InlineData(ProtocolType.Udp)]
    public void Users_ReachALimitAndAreMeasuredAsTheKernelCounts(ProtocolType transport)
    {
        Requires.Namespaces();
        Requires.Tool("tc");
        using var lab = new TrafficLab(Log, 443);
        Shape(lab.Network.Server, "wan0", Download);
        Shape(lab.Network.World, "world0", Upload);
        var users = new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 }
            .Select(family => new LabUser("alice", transport, new(LabNetwork.ClientAddress(family, 1), 40000), Upload, Download)).ToArray();
        foreach (var user in users)
            user.Open(lab);
        var flows = users.SelectMany(u => u.Flows).ToArray();
        lab.WaitEstablished(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Thread.Sleep(3000);
        var before = TrafficSample.Take(flows);
        Thread.Sleep(5000);
        var after = TrafficSample.Take(flows);
        Within(0.1, Upload.BytesPerSecond, after.Since(before, TrafficDirection.Upload).BytesPerSecond, "upload");
        Within(0.1, Download.BytesPerSecond, after.Since(before, TrafficDirection.Download).BytesPerSecond, "download");

        foreach (var flow in flows)
            flow.Pause();
        var download = CountedAtRest(lab.Network.Server, "wan0");
        var upload = CountedAtRest(lab.Network.World, "world0");
        after = TrafficSample.Take(flows);
        Within(0.005, upload, after.Upload, "bytes of upload");
        Within(0.005, download, after.Download, "bytes of download");
        foreach (var flow in flows)
            Assert.True(flow.WireBytes(TrafficDirection.Upload) > 0 && flow.WireBytes(TrafficDirection.Download) > 0, $"{flow} stands still");
        if (transport == ProtocolType.Udp)
            Assert.All(flows, static flow => Assert.True(flow.LostDatagrams(TrafficDirection.Download) > 0, "the offer is above the limit"));
    }

    [Fact]
    public void Server_LogsWhatXrayLogs()
    {
        Requires.Namespaces();
        using (var lab = new TrafficLab(Log, 443, 8443))
        {
            var four = LabNetwork.ClientAddress(AddressFamily.InterNetwork, 1);
            var six = LabNetwork.ClientAddress(AddressFamily.InterNetworkV6, 2);
            lab.Open(new() { User = "alice@example.com", Transport = ProtocolType.Tcp, Client = new(four, 40000) });
            lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            lab.Open(new() { User = "bob", Transport = ProtocolType.Udp, Client = new(four, 40000) });
            lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            // The same address and port once more, to another port of the server.
            lab.Open(new() { User = "carol", Transport = ProtocolType.Tcp, Client = new(four, 40000), ServerPort = 8443, LogsTransport = true });
            lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            lab.Open(new() { Transport = ProtocolType.Tcp, Client = new(six, 40001) });
            lab.Open(new() { User = "dave", Transport = ProtocolType.Udp, Client = new(six, 40000) });
            lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        }

        var seen = new List<string>();
        foreach (var text in File.ReadAllLines(Log))
        {
            Assert.True(XrayLine.TryParse(Encoding.UTF8.GetBytes(text), out var line), text);
            seen.Add($"{line.Transport} {line.Client} {Encoding.UTF8.GetString(line.User)}");
        }

        Assert.Equal(
            ["Unknown 203.0.113.1:40000 alice@example.com", "Udp 203.0.113.1:40000 bob", "Tcp 203.0.113.1:40000 carol", "Udp [2001:db8:c::2]:40000 dave"],
            seen);
    }

    [Fact]
    public void Flow_FallsSilentAndGoesOn()
    {
        Requires.Namespaces();
        using var lab = new TrafficLab(Log, 443);
        var offered = Rate.Parse("2mbit");
        var flow = lab.Open(new()
        {
            Transport = ProtocolType.Udp,
            Client = new(LabNetwork.ClientAddress(AddressFamily.InterNetwork, 1), 40000),
            Upload = offered,
            Download = offered,
        });
        lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var arrivals = flow.Arrivals(TrafficDirection.Upload)!;

        Thread.Sleep(1000);
        flow.Pause();
        Thread.Sleep(500);
        var silent = arrivals.Now;
        var bytes = flow.WireBytes(TrafficDirection.Upload);
        Thread.Sleep(500);
        Assert.Equal(bytes, flow.WireBytes(TrafficDirection.Upload));
        Assert.Equal(default, arrivals.Highest(silent, silent + TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(100)));
        flow.Resume();
        Assert.True(SpinWait.SpinUntil(() => flow.WireBytes(TrafficDirection.Upload) > bytes + 100_000, TimeSpan.FromSeconds(20)), "it goes on");
        Assert.False(File.Exists(Log) && new FileInfo(Log).Length > 0, "a flow of no user is not logged");
    }

    [Fact]
    public void Network_ComesBackWithItsFlowsAfterTheDeviceWasGone()
    {
        Requires.Namespaces();
        using var lab = new TrafficLab(null, 443);
        var offered = Rate.Parse("1mbit");
        var client = LabNetwork.ClientAddress(AddressFamily.InterNetworkV6, 1);
        var flows = new[] { ProtocolType.Tcp, ProtocolType.Udp }
            .Select(transport => lab.Open(new() { Transport = transport, Client = new(client, 40000), Upload = offered, Download = offered })).ToArray();
        lab.WaitEstablished(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        lab.Network.Disconnect();
        lab.Network.Connect();
        foreach (var flow in flows)
        {
            var before = TrafficSample.Take([flow]);
            Assert.True(
                SpinWait.SpinUntil(() => TrafficSample.Take([flow]) is var now && now.Upload > before.Upload + 20_000 && now.Download > before.Download + 20_000, TimeSpan.FromSeconds(20)),
                $"{flow} does not flow again");
        }
    }

    private static void Shape(NetworkNamespace ns, string device, Rate rate)
    {
        Witness.Run(ns, "tc", $"qdisc add dev {device} root handle 1: htb default 10");
        Witness.Run(ns, "tc", $"class add dev {device} parent 1: classid 1:10 htb rate {rate} ceil {rate} burst 16k cburst 16k");
        Witness.Run(ns, "tc", $"qdisc add dev {device} parent 1:10 bfifo limit 131072");
    }

    /// <summary>What the class of a device has let through, once it lets through no more.</summary>
    private static long CountedAtRest(NetworkNamespace ns, string device)
    {
        for (long last = -1; ;)
        {
            var now = long.Parse(SentBytes().Match(Witness.Run(ns, "tc", $"-s class show dev {device}")).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (now == last)
                return now;
            last = now;
            Thread.Sleep(500);
        }
    }

    private static void Within(double part, double expected, double actual, string what) =>
        Assert.True(Math.Abs(actual - expected) <= part * expected, $"{what}: {actual:0}, expected {expected:0} within {part:0%}");

    [GeneratedRegex(@"Sent (\d+) bytes")]
    private static partial Regex SentBytes();
}
