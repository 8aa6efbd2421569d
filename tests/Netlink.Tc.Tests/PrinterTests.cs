using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests;

public class PrinterTests
{
    private static readonly MessagePrinter Printer = new(TcCatalog.Messages);

    [Fact]
    public void Filter_With_An_Action_As_Tc_Sent_It()
    {
        var message = Golden.Load("u32.txt").First(static m => Printer.Print(NETLINK.NETLINK_ROUTE, m).Contains("mirred", StringComparison.Ordinal));
        Assert.Equal("""
            RTM_NEWTFILTER len 140 flags NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE seq 0 pid 0
              tcmsg tcm_family 0 tcm_ifindex 5 tcm_handle none tcm_parent ffff: tcm_info 0xa0008
              TCA_KIND "u32"
              TCA_OPTIONS:
                TCA_U32_ACT:
                  1:
                    TCA_ACT_KIND "mirred"
                    TCA_ACT_OPTIONS: NLA_F_NESTED
                      TCA_MIRRED_PARMS tc_mirred index 0 capab 0 action stolen refcnt 0 bindcnt 0 eaction TCA_EGRESS_REDIR ifindex 4
                TCA_U32_SEL tc_u32_sel flags TC_U32_TERMINAL offshift 0 nkeys 1 offmask 0x0 off 0 offoff 0 hoff 0 hmask 0x0, tc_u32_key mask 0x0 val 0x0 off 0 offmask 0

            """, Printer.Print(NETLINK.NETLINK_ROUTE, message));
    }

    [Fact]
    public void Class_As_The_Kernel_Told_It()
    {
        var text = string.Concat(Golden.Load("replies-6.12.txt").Select(static m => Printer.Print(NETLINK.NETLINK_ROUTE, m)));
        Assert.Contains("""
              tcmsg tcm_family 0 tcm_ifindex 4 tcm_handle 1:10 tcm_parent 1:1 tcm_info 0x100000
              TCA_KIND "htb"
              TCA_OPTIONS:
                TCA_HTB_PARMS tc_htb_opt rate tc_ratespec cell_log 0 linklayer TC_LINKLAYER_ETHERNET overhead 24 cell_align 0 mpu 64 rate 1000000 ceil tc_ratespec cell_log 0 linklayer TC_LINKLAYER_ETHERNET overhead 24 cell_align 0 mpu 64 rate 1250000 buffer 320000 cbuffer 384000 quantum 3000 level 0 prio 3
              TCA_STATS2:
                TCA_STATS_BASIC gnet_stats_basic bytes 0 packets 0
            """, text, StringComparison.Ordinal);
        Assert.Contains("\n  TCA_XSTATS: tc_htb_xstats lends 0 borrows 0 giants 0 tokens 320000 ctokens 384000\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  TCA_OPTIONS: tc_fifo_qopt limit 131072\n", text, StringComparison.Ordinal);
        // A kind that is not known keeps its bytes.
        Assert.Contains("\n  TCA_KIND \"fq_codel\"\n  TCA_OPTIONS (64 bytes) 0800010087130000", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no attribute", text, StringComparison.Ordinal);
        Assert.DoesNotContain("no message", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Own_Kind_Is_Known_Before_It_Is_Used()
    {
        foreach (var type in typeof(TcClient).Assembly.GetExportedTypes().Where(static t => t.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITcKind<>))))
        {
            var options = type.GetProperty("Options", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)?.GetValue(null);
            if (options is AttributeSpace space && Activator.CreateInstance(type) is ITcOptions kind)
                Assert.Same(space, TcAttributes.Messages.Inside((ushort)TCA.TCA_OPTIONS, Kind(kind.KindName)));
        }
    }

    [Fact]
    public void Broken_Messages_Never_Throw()
    {
        var corpus = ((string[])["replies-6.12.txt", "replies-6.18.txt", "u32.txt", "fw.txt", "matchall.txt", "qdiscs.txt", "classes.txt", "actions.txt"]).SelectMany(Golden.Load).ToList();
        var mutations = new Mutations(corpus, 11);
        using var memory = new GuardedBuffer(1 << 20);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = mutations.Next();
            Assert.True(Printer.Print(NETLINK.NETLINK_ROUTE, memory.Put(bytes)).Length > 0 || bytes.Length == 0);
        }
    }

    [Fact]
    public void Refusal_Says_Kind_And_Device()
    {
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, Errno.ENOENT));
        using var client = new TcClient(new NetlinkSocket(kernel));
        Assert.False(client.TryAddQdisc(QdiscKey.Root(4, new TcHandle(1, 0)), new HtbQdisc(), out var error));
        Assert.Equal("RTM_NEWQDISC htb on index 4", error.Request);
        Assert.False(client.TryDeleteClass(new ClassKey(5, new TcHandle(1, 1)), out error));
        Assert.Equal("RTM_DELTCLASS on index 5", error.Request);
    }

    private static byte[] Kind(ReadOnlySpan<byte> name)
    {
        var message = MessageWriter.Begin(new byte[128], 0, NLM_F.NONE);
        message.PutHeader<tcmsg, TCA>(default).PutString(TCA.TCA_KIND, name);
        return message.Message[36..].ToArray();
    }
}
