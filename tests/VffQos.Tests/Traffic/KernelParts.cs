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
        return Has(ns, "filter add dev lo egress handle 1 fw") ? Has(ns, "filter add dev lo ingress matchall action ctinfo cpmark") ? null : "act_ctinfo" : "cls_fw";
    });

    /// <summary>What the data plane <c>marks</c> is made of.</summary>
    public static void RequireMarks()
    {
        Requires.Tool("tc");
        Requires.Kernel(MissingForMarks.Value is null, MissingForMarks.Value ?? "");
    }

    private static bool Has(NetworkNamespace ns, string command) =>
        Witness.TryRun(ns, "tc", command.Split(' ')).ExitCode == 0;
}
