using VffNetlink.Conntrack;
using VffNetlink.Conntrack.Uapi;
using Xunit;

namespace VffNetlink.Testing.Conntrack;

/// <summary>A namespace of the test's own with everything in it that <see cref="EveryFlow"/> has, counted and with timestamps.</summary>
internal sealed class FullTable : IDisposable
{
    public FullTable()
    {
        Table.Set("nf_conntrack_acct", 1);
        Table.Set("nf_conntrack_timestamp", 1);
        var refusals = new List<string>();
        foreach (var flow in Made)
        {
            if (!Table.Client.TryCreate(flow, out var error))
                refusals.Add($"{flow}: {error}");
        }

        Assert.True(refusals.Count == 0, string.Join('\n', refusals));
        Assert.True(Made.Count >= 300);
    }

    /// <summary>The attributes that its dump has: all but those that no kernel sends in one, or nothing here makes it send.</summary>
    public static IEnumerable<string> Attributes => Enum.GetNames<CTA>().Except(
    [
        "CTA_UNSPEC", "CTA_NAT_SRC", "CTA_NAT_DST", "CTA_SECMARK", "CTA_SECCTX", "CTA_MARK_MASK", "CTA_LABELS_MASK", "CTA_FILTER", "CTA_STATUS_MASK", "CTA_TIMESTAMP_EVENT",
    ]);

    public KernelTable Table { get; } = KernelTable.WithLabels();

    /// <summary>What was asked for; those that others expect come first.</summary>
    public List<Flow> Made { get; } = EveryFlow.All(withLabels: true);

    public void Dispose() => Table.Dispose();
}
