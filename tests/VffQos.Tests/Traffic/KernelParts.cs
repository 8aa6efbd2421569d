using VffNetlink;
using VffNetlink.Testing;

namespace VffQos.Tests.Traffic;

/// <summary>Asks tc what the running kernel has; a test that needs more is skipped.</summary>
internal static class KernelParts
{
    private static readonly Lazy<string?> MissingForMarks = new(static () =>
    {
        using var ns = NetworkNamespace.Create();
        Witness.Run(ns, "tc", "qdisc add dev lo clsact");
        if (!Has(ns, "filter add dev lo egress handle 1 fw classid 1:1"))
            return "cls_fw";
        return Has(ns, "actions add action ctinfo cpmark 0xff") ? null : "act_ctinfo";
    });

    /// <summary>What the data plane <c>marks</c> is made of.</summary>
    public static void RequireMarks()
    {
        Requires.Tool("tc");
        Requires.Kernel(MissingForMarks.Value is null, MissingForMarks.Value ?? "");
    }

    private static bool Has(NetworkNamespace ns, string command)
    {
        var (code, output, error) = Witness.TryRun(ns, "tc", command.Split(' '));
        var said = error + output;
        // Only this is a missing part; whatever else tc complains of is a fault of the question.
        Assert.True(code == 0 || said.Contains("not found", StringComparison.Ordinal) || said.Contains("Failed to load TC action module", StringComparison.Ordinal), $"tc {command}: {said}");
        return code == 0;
    }
}
