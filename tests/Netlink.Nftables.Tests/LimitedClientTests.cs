using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Every verb can be given a deadline or be cancelled.</summary>
public sealed class LimitedClientTests
{
    [Fact]
    public void Every_Verb_Heeds_The_Limit()
    {
        using var kernel = new ScriptedTransport();
        using var client = new NftClient(new NetlinkSocket(kernel));
        new Verbs<NftClient>()
            .Add(nameof(NftClient.GetTables), static c => c.GetTables())
            .Add(nameof(NftClient.FindTable), static c => c.FindTable(NftFamily.Inet, "t"))
            .Add(nameof(NftClient.GetChains), static c => c.GetChains())
            .Add(nameof(NftClient.FindChain), static c => c.FindChain(NftFamily.Inet, "t", "c"))
            .Add(nameof(NftClient.GetRules), static c => c.GetRules())
            .Add(nameof(NftClient.GetSets), static c => c.GetSets())
            .Add(nameof(NftClient.FindSet), static c => c.FindSet(Rulesets.Classes))
            .Add(nameof(NftClient.TryVisitElements), static c => Take((ref sink) => c.TryVisitElements(Rulesets.Classes, ref sink, out _)))
            .Add(nameof(NftClient.TryVisitElement), static c => Take((ref sink) => c.TryVisitElement(Rulesets.Classes, Rulesets.Number(1), ref sink, out _)))
            .Add(nameof(NftClient.GetElements), static c => c.GetElements(Rulesets.Classes))
            .Add(nameof(NftClient.FindElement), static c => c.FindElement(Rulesets.Classes, Rulesets.Number(1)))
            .Add(nameof(NftClient.CountElements), static c => c.CountElements(Rulesets.Classes))
            .Add(nameof(NftClient.TryCommit), static c => c.TryCommit(Transaction(), out _))
            .Add(nameof(NftClient.TryCommit), static c => Take((ref sink) => c.TryCommit(Transaction(), ref sink, out _)))
            .Add(nameof(NftClient.Commit), static c => c.Commit(Transaction()))
            .Add(nameof(NftClient.GetGeneration), static c => c.GetGeneration())
            .AssertLimited(client.Within(new CancellationToken(canceled: true)), kernel);
    }

    private delegate void Taker(ref Sink sink);

    private static void Take(Taker take)
    {
        var sink = default(Sink);
        take(ref sink);
    }

    private static NftTransaction Transaction()
    {
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        return transaction;
    }

    private readonly struct Sink : INftElementVisitor, INftReplySink
    {
        public void Visit(scoped in NftElementView element)
        {
        }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }
    }
}
