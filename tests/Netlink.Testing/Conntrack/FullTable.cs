using VffNetlink.Conntrack;
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

    public KernelTable Table { get; } = KernelTable.WithLabels();

    /// <summary>What was asked for; those that others expect come first.</summary>
    public List<Flow> Made { get; } = EveryFlow.All(withLabels: true);

    public void Dispose() => Table.Dispose();
}
