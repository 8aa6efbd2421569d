using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffNetlink.Uapi;
using VffQos.DataPlanes;
using VffQos.Hosting;
using VffQos.Lab;
using VffQos.Marks;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

/// <summary>A server with a WAN in namespaces of its own, and what tc, nft, ip and conntrack say about it.</summary>
internal sealed partial class ShapingLab : IDisposable
{
    private static readonly MarkSpace Marks = new(MarkSpace.DefaultMask);

    public ShapingLab(string plane)
        : this(Enum.Parse<DataPlaneKind>(plane))
    {
    }

    public ShapingLab(DataPlaneKind plane = DataPlaneKind.Maps)
    {
        Requires.Namespaces();
        foreach (var tool in (ReadOnlySpan<string>)["tc", "nft", "ip", "conntrack"])
            Requires.Tool(tool);
        Plane = plane;
        if (plane == DataPlaneKind.Marks)
            RequireMarks();
        Network = new LabNetwork(clients: 4);
        WaitRunning();
    }

    public DataPlaneKind Plane { get; set; }

    public LabNetwork Network { get; }

    /// <summary>Both data planes, for theories.</summary>
    public static TheoryData<string> Planes => [nameof(DataPlaneKind.Maps), nameof(DataPlaneKind.Marks)];

    /// <summary>What would be in the state file.</summary>
    public TransientFacts Facts { get; } = new();

    public ShapingPolicy Policy { get; set; } = new()
    {
        Wan = LabNetwork.WanName,
        Ifb = "ifb-test",
        Ceil = Rate.Parse("100mbit"),
        DefaultDownload = Rate.Parse("100mbit"),
        MarkMask = Marks.Mask,
    };

    /// <summary>Skips where the kernel lacks what the data plane marks is made of.</summary>
    public static void RequireMarks() => Requires.Kernel(Missing.Value.Count == 0, string.Join(", ", Missing.Value));

    /// <summary>A user with limits.</summary>
    public static UserShape User(ushort index, string upload = "4mbit", string download = "8mbit") => new(index, Marks.ToMark(index), Rate.Parse(upload), Rate.Parse(download));

    /// <summary>The marks of some users on the ports that tests use, as a state would tell them.</summary>
    public static OurMarks Ours(params ReadOnlySpan<ushort> users)
    {
        var marks = new OurMarks([Marks], Enumerable.Range(443, 16).Select(static port => (ushort)port).ToHashSet());
        foreach (var user in users)
            marks.AddIndex(user);
        return marks;
    }

    /// <summary>A shaper that does not probe, as a process of its own would open it.</summary>
    public Shaper Open() => Network.Server.Run(() => Shaper.OpenUnprobed(Policy, Facts, NullLogger.Instance, new ChosenDataPlane(Plane, "The test says so.")));

    /// <summary>Opens, does something, closes.</summary>
    public void With(Action<Shaper> action)
    {
        using var shaper = Open();
        action(shaper);
    }

    public string Run(string tool, string arguments) => Witness.Run(Network.Server, tool, arguments);

    public string Tc(string arguments) => Run("tc", arguments);

    public string Nft(string arguments) => Run("nft", arguments);

    public string Ip(string arguments) => Run("ip", arguments);

    /// <summary>Waits until the WAN has its carrier, which the kernel tells a little later.</summary>
    public void WaitRunning(string device = LabNetwork.WanName)
    {
        using var route = RouteClient.Open(new NetlinkSocketOptions { Namespace = Network.Server });
        Assert.True(SpinWait.SpinUntil(() => (route.GetLink(device).Flags & IFF.IFF_RUNNING) != 0, TimeSpan.FromSeconds(20)), $"{device} has no carrier.");
    }

    /// <summary>Waits for the guard and lets it work, as the daemon does, until something holds.</summary>
    /// <returns>How long that took.</returns>
    public static TimeSpan Pump(Shaper shaper, Func<bool> until, TimeSpan limit)
    {
        using var loop = new PollLoop();
        Span<bool> ready = [false];
        var start = Stopwatch.GetTimestamp();
        while (!until())
        {
            var left = limit - Stopwatch.GetElapsedTime(start);
            Assert.True(left > TimeSpan.Zero, "The guard did not bring it about in time.");
            var wait = shaper.Guard.NextWork is { } next && next < left ? next : left;
            loop.Wait([shaper.Guard.Descriptor], ready, (long)Math.Ceiling(wait.TotalMilliseconds));
            shaper.Guard.Work();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Everything that the witnesses can tell about what may be touched, without counters.</summary>
    public string Everything(string wan = LabNetwork.WanName) => Counters().Replace(string.Join('\n',
        "# ip", Ip("-d link"),
        "# qdisc", Tc("qdisc show"),
        "# class", Tc($"class show dev {wan}"),
        "# filter", Tc($"filter show dev {wan}"), Tc($"filter show dev {wan} ingress"), Tc($"filter show dev {wan} egress"),
        "# nft", Nft("list ruleset")), "");

    public void Dispose() => Network.Dispose();

    [GeneratedRegex(@"direct_packets_stat \d+ | \(success \d+\)")]
    private static partial Regex Counters();

    private static readonly Lazy<IReadOnlyList<string>> Missing = new(static () =>
    {
        using var network = new ProbeNetwork();
        return network.Node.Run(static () => KernelParts.MissingForMarks(ProbeNetwork.Wan));
    });
}
