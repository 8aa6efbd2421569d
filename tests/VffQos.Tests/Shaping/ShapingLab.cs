using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffQos.DataPlanes;
using VffQos.Lab;
using VffQos.Marks;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

/// <summary>A server with a WAN in namespaces of its own, and what tc, nft, ip and conntrack say about it.</summary>
internal sealed class ShapingLab : IDisposable
{
    private static readonly MarkSpace Marks = new(MarkSpace.DefaultMask);

    public ShapingLab(DataPlaneKind plane = DataPlaneKind.Maps)
    {
        Requires.Namespaces();
        foreach (var tool in (ReadOnlySpan<string>)["tc", "nft", "ip", "conntrack"])
            Requires.Tool(tool);
        Plane = plane;
        if (plane == DataPlaneKind.Marks)
            RequireMarks();
        Network = new LabNetwork(clients: 4);
    }

    public DataPlaneKind Plane { get; }

    public LabNetwork Network { get; }

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

    /// <summary>Everything that the witnesses can tell about what may be touched, without counters.</summary>
    public string Everything(string wan = LabNetwork.WanName) => string.Join('\n',
        "# ip", Ip("-d link"),
        "# qdisc", Tc("qdisc show"),
        "# class", Tc($"class show dev {wan}"),
        "# filter", Tc($"filter show dev {wan}"), Tc($"filter show dev {wan} ingress"), Tc($"filter show dev {wan} egress"),
        "# nft", Nft("list ruleset"));

    public void Dispose() => Network.Dispose();

    private static readonly Lazy<IReadOnlyList<string>> Missing = new(static () =>
    {
        using var network = new ProbeNetwork();
        return network.Node.Run(static () => KernelParts.MissingForMarks(ProbeNetwork.Wan));
    });
}
