using VffNetlink.Diagnostics;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

public class PrinterTests
{
    private static readonly MessagePrinter Printer = new(NftCatalog.Messages);

    [Fact]
    public void Rule_As_Nft_Sent_It() => Assert.StartsWith("""
        NFT_MSG_NEWRULE len 224 flags NLM_F_REQUEST|NLM_F_CREATE|NLM_F_APPEND seq 1 pid 0
          nfgenmsg nfgen_family NFPROTO_INET version 0 res_id 0
          NFTA_RULE_TABLE "vffqos"
          NFTA_RULE_CHAIN "postrouting"
          NFTA_RULE_EXPRESSIONS: NLA_F_NESTED
            NFTA_LIST_ELEM: NLA_F_NESTED
              NFTA_EXPR_NAME "meta"
              NFTA_EXPR_DATA: NLA_F_NESTED
                NFTA_META_KEY NFT_META_OIFNAME
                NFTA_META_DREG NFT_REG_1
            NFTA_LIST_ELEM: NLA_F_NESTED
              NFTA_EXPR_NAME "cmp"
              NFTA_EXPR_DATA: NLA_F_NESTED
                NFTA_CMP_SREG NFT_REG_1
                NFTA_CMP_OP NFT_CMP_EQ
                NFTA_CMP_DATA: NLA_F_NESTED
                  NFTA_DATA_VALUE (16 bytes) 65746830000000000000000000000000

        """, Printer.Print(NETLINK.NETLINK_NETFILTER, Golden.Load("rules.txt")[0]), StringComparison.Ordinal);

    [Fact]
    public void Chain_As_The_Kernel_Told_It() => Assert.Contains("""
        NFT_MSG_NEWCHAIN len 116 flags NLM_F_MULTI seq 0 pid 0
          nfgenmsg nfgen_family NFPROTO_INET version 0 res_id 22
          NFTA_CHAIN_TABLE "vffqos"
          NFTA_CHAIN_NAME "postrouting"
          NFTA_CHAIN_HANDLE 6
          NFTA_CHAIN_HOOK:
            NFTA_HOOK_HOOKNUM 4
            NFTA_HOOK_PRIORITY 0
          NFTA_CHAIN_POLICY NF_DROP
          NFTA_CHAIN_TYPE "filter"
          NFTA_CHAIN_FLAGS NFT_CHAIN_BASE
          NFTA_CHAIN_USE 4

        """, All("answers.txt"), StringComparison.Ordinal);

    [Fact]
    public void Captures_Are_Told_To_The_Last_Byte()
    {
        foreach (var file in (string[])["answers.txt", "batch.txt", "chains.txt", "elements.txt", "requests.txt", "rules.txt", "sets.txt", "tables.txt"])
        {
            var text = All(file);
            Assert.DoesNotContain("no attribute", text, StringComparison.Ordinal);
            Assert.DoesNotContain("no message", text, StringComparison.Ordinal);
            Assert.DoesNotContain("NETLINK_NETFILTER type", text, StringComparison.Ordinal);
        }

        Assert.StartsWith("NFNL_MSG_BATCH_BEGIN ", All("batch.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_Messages_Never_Throw()
    {
        var corpus = ((string[])["answers.txt", "batch.txt", "elements.txt", "rules.txt", "sets.txt"]).SelectMany(Golden.Load).ToList();
        var mutations = new Mutations(corpus, 13);
        using var memory = new GuardedBuffer(1 << 20);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = mutations.Next();
            Assert.True(Printer.Print(NETLINK.NETLINK_NETFILTER, memory.Put(bytes)).Length > 0 || bytes.Length == 0);
        }
    }

    private static string All(string file) => string.Concat(Golden.Load(file).Select(static m => Printer.Print(NETLINK.NETLINK_NETFILTER, m)));
}
