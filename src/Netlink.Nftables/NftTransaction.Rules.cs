using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

public sealed partial class NftTransaction
{
    /// <summary>Adds a rule at the end of its chain, or behind the rule that its <see cref="NftRule.Position"/> names.</summary>
    public void Append(NftRule rule) => Put(rule, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND, handle: 0, rule?.Position ?? 0);

    /// <summary>Adds a rule at the start of its chain, or before the rule that its <see cref="NftRule.Position"/> names.</summary>
    public void Insert(NftRule rule) => Put(rule, NLM_F.NLM_F_CREATE, handle: 0, rule?.Position ?? 0);

    /// <summary>Puts a rule in the place of the one that its <see cref="NftRule.Handle"/> names (ENOENT where there is none).</summary>
    public void Replace(NftRule rule) => Put(rule, NLM_F.NLM_F_REPLACE, rule?.Handle ?? 0, position: 0);

    /// <summary>Deletes a rule (ENOENT where there is none).</summary>
    public void DeleteRule(NftFamily family, string table, string chain, ulong handle) => PutRuleName(family, table, chain, handle);

    /// <summary>Deletes all rules of a chain.</summary>
    public void FlushChain(NftFamily family, string table, string chain) => PutRuleName(family, table, chain, null);

    /// <summary>Deletes all rules of a table.</summary>
    public void FlushTable(NftFamily family, string table) => PutRuleName(family, table, null, null);

    private void Put(NftRule? rule, NLM_F flags, ulong handle, ulong position)
    {
        var message = Begin(NFT_MSG.NFT_MSG_NEWRULE, flags, rule?.Room ?? MessageRoom);
        ArgumentNullException.ThrowIfNull(rule);
        if (flags == NLM_F.NLM_F_REPLACE && handle == 0)
            throw new ArgumentException("A rule that replaces another has that one's handle.", nameof(rule));
        rule.Write(message, handle, position);
        Commit(message);
    }

    private void PutRuleName(NftFamily family, string table, string? chain, ulong? handle)
    {
        var message = Begin(NFT_MSG.NFT_MSG_DELRULE, NLM_F.NONE);
        // Handle 0 would not be an error, but a wider request.
        if (handle is 0)
            throw new ArgumentOutOfRangeException(nameof(handle), "A rule's handle is not 0.");
        var attributes = message.PutHeader<nfgenmsg, NFTA_RULE>(new nfgenmsg { nfgen_family = (byte)family });
        NftName.Put(attributes, NFTA_RULE.NFTA_RULE_TABLE, table, "table");
        if (chain is not null)
            NftName.Put(attributes, NFTA_RULE.NFTA_RULE_CHAIN, chain, "chain");
        if (handle is { } number)
            attributes.PutBigEndian(NFTA_RULE.NFTA_RULE_HANDLE, number);
        Commit(message);
    }
}
