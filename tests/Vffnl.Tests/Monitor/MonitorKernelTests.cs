using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Testing;

namespace Vffnl.Tests.Monitor;

/// <summary>Changes as they come, until it is interrupted.</summary>
[Trait("Category", "Process")]
public sealed class MonitorKernelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NetworkNamespace _ns;
    private readonly RouteClient _client;
    private readonly Link _near;

    public MonitorKernelTests()
    {
        Requires.Namespaces();
        Requires.Tool("kill");
        _ns = NetworkNamespace.Create();
        _client = RouteClient.Open(new NetlinkSocketOptions { Namespace = _ns });
        _near = _client.AddLink("near", new VethLink("far"));
        _client.ChangeLink(_near.Index, new LinkChange { Up = true });
        _client.ChangeLink(_client.GetLink("far").Index, new LinkChange { Up = true });
        _client.AddAddress(_near.Index, IPAddress.Parse("192.0.2.1"), 24);
    }

    public void Dispose()
    {
        _client.Dispose();
        _ns.Dispose();
    }

    [Fact]
    public async Task Links()
    {
        await using var monitor = await Started("link");
        _client.ChangeLink(_near.Index, new LinkChange { Mtu = 1400 });
        var changed = await monitor.Next(static c => Text(c, "ifname") == "near" && c.GetProperty("mtu").GetInt32() == 1400);
        Assert.Equal("veth", changed.GetProperty("linkinfo").GetProperty("info_kind").GetString());
        _client.DeleteLink(_near.Index);
        Assert.Equal(1400, (await monitor.Next(static c => IsDeleted(c) && Text(c, "ifname") == "near")).GetProperty("mtu").GetInt32());
        await monitor.Next(static c => IsDeleted(c) && Text(c, "ifname") == "far");
        await monitor.Interrupted();
    }

    [Fact]
    public async Task Addresses()
    {
        await using var monitor = await Started("addr");
        _client.AddAddress(_near.Index, IPAddress.Parse("192.0.2.5"), 25);
        var added = await monitor.Next(static c => Text(c, "local") == "192.0.2.5");
        Assert.Equal((_near.Index, "near", "inet", 25), (added.GetProperty("index").GetInt32(), Text(added, "dev"), Text(added, "family"), added.GetProperty("prefixlen").GetInt32()));
        // A link's new name is known from the next change on.
        _client.ChangeLink(_near.Index, new LinkChange { Up = false });
        _client.ChangeLink(_near.Index, new LinkChange { Name = "renamed" });
        _client.DeleteAddress(new LinkAddress { LinkIndex = _near.Index, Address = IPAddress.Parse("192.0.2.5"), PrefixLength = 25 });
        Assert.Equal("renamed", Text(await monitor.Next(static c => IsDeleted(c) && Text(c, "local") == "192.0.2.5"), "dev"));
        await monitor.Interrupted();
    }

    [Fact]
    public async Task Routes_Of_One_Family()
    {
        await using var monitor = await Started("route", "--family", "inet");
        var four = new RouteEntry { Family = (byte)InetFamily.IPv4, Destination = IPAddress.Parse("198.51.100.0"), PrefixLength = 24, Gateway = IPAddress.Parse("192.0.2.9"), OutputIndex = _near.Index, Table = 1000, Type = 1 };
        _client.AddRoute(new RouteEntry { Family = (byte)InetFamily.IPv6, Destination = IPAddress.Parse("2001:db8::"), PrefixLength = 32, OutputIndex = _near.Index, Table = 254, Type = 1 });
        _client.AddRoute(four);
        var added = await monitor.Next(static c => Text(c, "dst") == "198.51.100.0/24");
        Assert.Equal(("192.0.2.9", "near", "1000"), (Text(added, "gateway"), Text(added, "dev"), Text(added, "table")));
        _client.DeleteRoute(four);
        await monitor.Next(static c => IsDeleted(c) && Text(c, "dst") == "198.51.100.0/24");
        Assert.DoesNotContain(monitor.Seen, static c => Text(c, "dst")!.Contains("2001", StringComparison.Ordinal));
        await monitor.Interrupted();
    }

    [Fact]
    public async Task Neighbours()
    {
        await using var monitor = await Started("neigh");
        Requires.Tool("ip");
        Witness.Run(_ns, "ip", "neigh add 192.0.2.77 lladdr 02:00:00:00:00:77 dev near");
        var added = await monitor.Next(static c => Text(c, "dst") == "192.0.2.77");
        Assert.Equal(("near", "02:00:00:00:00:77", "PERMANENT"), (Text(added, "dev"), Text(added, "lladdr"), added.GetProperty("state")[0].GetString()));
        Witness.Run(_ns, "ip", "neigh delete 192.0.2.77 dev near");
        await monitor.Next(static c => IsDeleted(c) && Text(c, "dst") == "192.0.2.77");
        await monitor.Interrupted();
    }

    [Fact]
    public async Task Who_Reads_No_More_Ends_It()
    {
        using var process = Tool.Start([.. Tool.Program, "monitor", "addr", "--netns", Tool.PathOf(_ns)]);
        try
        {
            await Disturb(process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask());
            process.StandardOutput.Close();
            await Disturb(process.WaitForExitAsync(TestContext.Current.CancellationToken));
            Assert.Equal((1, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public async Task Text_Is_A_Paragraph_A_Change()
    {
        using var process = Tool.Start([.. Tool.Program, "monitor", "addr", "--netns", Tool.PathOf(_ns)]);
        try
        {
            var first = process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
            await Disturb(first);
            Assert.Contains("dev near  family inet  local 192.0.2.", await first, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>Starts a monitor and waits until it tells what changes.</summary>
    private async Task<RunningMonitor> Started(string what, params string[] options)
    {
        // Who runs the tests in the background of a shell has them ignore SIGINT, and what they start.
        var monitor = new RunningMonitor(Tool.Start(["env", "--default-signal=INT", .. Tool.Program, "monitor", what, "--json", .. options, "--netns", Tool.PathOf(_ns)]));
        await Disturb(monitor.First);
        return monitor;
    }

    /// <summary>Makes changes of every kind until one of them is told: only then does the monitor hear.</summary>
    private async Task Disturb(Task told)
    {
        var started = Stopwatch.StartNew();
        for (var i = 0; !told.IsCompleted; i++)
        {
            Assert.True(started.Elapsed < Patience, "nothing was told");
            var address = IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"192.0.2.{100 + (i % 100)}"));
            var disturbing = new LinkAddress { LinkIndex = _near.Index, Address = address, PrefixLength = 32 };
            _client.AddAddress(disturbing);
            _client.ChangeLink(_near.Index, new LinkChange { Group = (uint)(i % 2) });
            var neighbour = new Neighbour { Family = (byte)InetFamily.IPv4, LinkIndex = _near.Index, Destination = address, HardwareAddress = LinkLayerAddress.Parse("02:00:00:00:00:01"), State = VffNetlink.Uapi.NUD.NUD_PERMANENT };
            _client.AddNeighbour(neighbour);
            _client.DeleteNeighbour(neighbour);
            _client.DeleteAddress(disturbing);
            await Task.WhenAny(told, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        await told;
    }

    private static bool IsDeleted(JsonElement change) => change.TryGetProperty("deleted", out _);

    private static string? Text(JsonElement change, string name) => change.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A monitor that prints JSON, a line a change.</summary>
    private sealed class RunningMonitor(Process process) : IAsyncDisposable
    {
        private readonly List<JsonElement> _seen = [];
        private Task<string?> _next = process.StandardOutput.ReadLineAsync();

        public Task First => _next;

        public IReadOnlyList<JsonElement> Seen => _seen;

        /// <summary>The next change that fits.</summary>
        public async Task<JsonElement> Next(Func<JsonElement, bool> fits)
        {
            while (true)
            {
                var line = await _next.WaitAsync(Patience) ?? throw new InvalidOperationException($"it ended: {await process.StandardError.ReadToEndAsync()}");
                _next = process.StandardOutput.ReadLineAsync();
                using var json = JsonDocument.Parse(line);
                var change = json.RootElement.Clone();
                _seen.Add(change);
                if (fits(change))
                    return change;
            }
        }

        /// <summary>Interrupts it, as ^C does: that is its regular end.</summary>
        public async Task Interrupted()
        {
            using var own = NetworkNamespace.OpenCurrent();
            Witness.Run(own, "kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture));
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync()));
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
