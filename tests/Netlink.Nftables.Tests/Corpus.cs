using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Messages to read, and every reader of the library over them.</summary>
internal static class Corpus
{
    private static readonly string[] Files = ["tables.txt", "chains.txt", "rules.txt", "sets.txt", "elements.txt", "answers.txt"];

    /// <summary>Everything that nft sends and the kernel answers in the golden files.</summary>
    public static IReadOnlyList<byte[]> Messages { get; } = [.. Files.SelectMany(static f => Golden.Load(f))];

    /// <summary>Runs every reader over a message, whatever it is, and all that hangs on what it read.</summary>
    public static void ReadAll(ReadOnlySpan<byte> message)
    {
        var messages = new MessageReader(message);
        while (messages.MoveNext())
        {
            NftTable.Read(messages.Current);
            _ = NftTable.Read(messages.Current).Comment;
            var chain = NftChain.Read(messages.Current);
            _ = chain.Matches(chain);
            var set = NftSet.Read(messages.Current);
            _ = set.Matches(set) && set.KeyType.ToString().Length > 0 && set.KeyType.Length >= 0;
            NftGeneration.Read(messages.Current);
            var rule = NftRule.Read(messages.Current);
            _ = rule.Matches(rule);
            ReadAll(rule.Expressions);
            foreach (var element in new NftElementReader(messages.Current))
            {
                var copy = element.ToElement();
                _ = copy.Comment;
                ReadAll(copy.Expressions);
            }
        }
    }

    private static void ReadAll(IReadOnlyList<NftExpression> expressions)
    {
        foreach (var e in expressions)
        {
            _ = e.TryRead<MetaExpression>(out _) || e.TryRead<CtExpression>(out _) || e.TryRead<CmpExpression>(out _)
                || e.TryRead<BitwiseExpression>(out _) || e.TryRead<LookupExpression>(out _) || e.TryRead<PayloadExpression>(out _)
                || e.TryRead<ImmediateExpression>(out _) || e.TryRead<FwdExpression>(out _) || e.TryRead<CounterExpression>(out _);
            _ = e.ToString();
        }
    }
}
