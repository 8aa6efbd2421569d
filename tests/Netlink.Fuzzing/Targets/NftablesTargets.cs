using VffNetlink.Nftables;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Targets;

/// <summary>The readers of nf_tables. Kinds of expressions are found by themselves.</summary>
internal static class NftablesTargets
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FuzzTarget> All =>
    [
        Of(typeof(NftTable), static (scoped in m) => ReadTable(NftTable.Read(m)), NFT_MSG.NFT_MSG_NEWTABLE, NFT_MSG.NFT_MSG_DELTABLE),
        Of(typeof(NftChain), static (scoped in m) => ReadChain(NftChain.Read(m)), NFT_MSG.NFT_MSG_NEWCHAIN, NFT_MSG.NFT_MSG_DELCHAIN),
        Of(typeof(NftRule), static (scoped in m) => ReadRule(NftRule.Read(m)), NFT_MSG.NFT_MSG_NEWRULE, NFT_MSG.NFT_MSG_DELRULE),
        Of(typeof(NftSet), static (scoped in m) => ReadSet(NftSet.Read(m)), NFT_MSG.NFT_MSG_NEWSET, NFT_MSG.NFT_MSG_DELSET),
        Of(typeof(NftElementReader), ReadElements, NFT_MSG.NFT_MSG_NEWSETELEM, NFT_MSG.NFT_MSG_DELSETELEM),
        Of(typeof(NftGeneration), static (scoped in m) => _ = NftGeneration.Read(m).ToString(), NFT_MSG.NFT_MSG_NEWGEN),
        .. Kinds.Select<FuzzTarget>(Kinds.OfExpressions, typeof(NftablesTargets), nameof(Expression)),
    ];

    private static FuzzTarget Of(Type reader, MessageReading read, params NFT_MSG[] types) =>
        FuzzTarget.OfNetfilter(reader, NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES, read, types);

    private static void ReadTable(NftTable table)
    {
        _ = table.Comment;
        _ = table.ToString();
    }

    private static void ReadChain(NftChain chain)
    {
        _ = chain.Comment;
        _ = chain.ToString();
        True(chain.Matches(chain));
    }

    private static void ReadRule(NftRule rule)
    {
        _ = rule.ToString();
        True(rule.Matches(rule));
        foreach (var expression in rule.Expressions)
            _ = expression.ToString();
    }

    private static void ReadSet(NftSet set)
    {
        _ = set.Comment;
        _ = set.ToString();
        _ = set.KeyType.Length + set.DataType?.Length;
        True(set.Matches(set));
    }

    private static void ReadElements(scoped in NetlinkMessage message)
    {
        foreach (var element in new NftElementReader(message))
        {
            var view = element;
            ViewProperties<NftElementView>.Read(ref view);
            var copy = element.ToElement();
            _ = copy.Comment;
            _ = copy.ToString();
            foreach (var expression in copy.Expressions)
                _ = expression.ToString();
        }
    }

    private static FuzzTarget Expression<T>()
        where T : struct, INftExpression<T> => FuzzTarget.OfPayload(typeof(T), T.Space, ReadExpression<T>);

    private static void ReadExpression<T>(ReadOnlySpan<byte> data)
        where T : struct, INftExpression<T>
    {
        var value = T.Read(data);
        _ = value.ToString();
        _ = T.Definition(value);
    }

    private static void True(bool same)
    {
        if (!same)
            throw new InvalidOperationException("What was read does not match itself.");
    }
}
