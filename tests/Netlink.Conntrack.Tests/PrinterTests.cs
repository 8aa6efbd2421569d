using VffNetlink.Diagnostics;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

public class PrinterTests
{
    private static readonly MessagePrinter Printer = new(ConntrackCatalog.Messages);

    [Fact]
    public void Flow_As_The_Kernel_Told_It() => Assert.StartsWith("""
        IPCTNL_MSG_CT_NEW len 232 flags NLM_F_MULTI seq 1795304889 pid 888
          nfgenmsg nfgen_family IPv4 version 0 res_id 0
          CTA_TUPLE_ORIG: NLA_F_NESTED
            CTA_TUPLE_IP: NLA_F_NESTED
              CTA_IP_V4_SRC 192.0.2.1
              CTA_IP_V4_DST 198.51.100.1
            CTA_TUPLE_PROTO: NLA_F_NESTED
              CTA_PROTO_NUM Esp
          CTA_TUPLE_REPLY: NLA_F_NESTED
            CTA_TUPLE_IP: NLA_F_NESTED
              CTA_IP_V4_SRC 198.51.100.1
              CTA_IP_V4_DST 192.0.2.1
            CTA_TUPLE_PROTO: NLA_F_NESTED
              CTA_PROTO_NUM Esp
          CTA_STATUS IPS_CONFIRMED
          CTA_MARK 0x0
          CTA_ID 0xa717ef9a
          CTA_USE 1
          CTA_TIMEOUT 29
          CTA_COUNTERS_ORIG: NLA_F_NESTED
            CTA_COUNTERS_PACKETS 0
            CTA_COUNTERS_BYTES 0

        """, Printer.Print(NETLINK.NETLINK_NETFILTER, Golden.Load("table.txt")[0]), StringComparison.Ordinal);

    [Fact]
    public void Captures_Are_Told_To_The_Last_Byte()
    {
        foreach (var file in (string[])
        [
            "table.txt", "get.txt", "dump.txt", "update.txt", "delete.txt", "statistics.txt", "create.txt", "create-more.txt", "update-more.txt", "lists.txt", "stats-cpu.txt", "expect.txt",
            "timeout.txt", "helper.txt",
        ])
        {
            var text = string.Concat(Golden.Load(file).Select(static m => Printer.Print(NETLINK.NETLINK_NETFILTER, m)));
            Assert.Matches("^(IPCTNL|NFNL)_MSG_(CT|EXP|TIMEOUT|CTHELPER)_", text);
            Assert.DoesNotContain("no attribute", text, StringComparison.Ordinal);
            Assert.DoesNotContain("no message", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nests_Are_Told_By_Name()
    {
        var buffer = new byte[FlowRequest.MaximumLength];
        var flow = Flows.New(Flows.Tcp4) with
        {
            SourceNat = NatRange.To(Flows.Server4, 99),
            Labels = ConntrackLabels.Of(3, 127),
            Helper = new FlowHelper("ftp"),
            OriginalSequence = new SequenceAdjustment(1, -2, 3),
            Sctp = new SctpTracking(SctpState.Established, 0xdeadbeef, 2),
        };
        var text = Printer.Print(NETLINK.NETLINK_NETFILTER, FlowRequest.Create(buffer, flow).Message);
        foreach (var line in (string[])["CTA_NAT_V4_MINIP 198.51.100.1", "CTA_PROTONAT_PORT_MIN 99", "CTA_LABELS [3,127]", "CTA_HELP_NAME \"ftp\"", "CTA_SEQADJ_OFFSET_BEFORE -2", "CTA_PROTOINFO_SCTP_STATE SCTP_CONNTRACK_ESTABLISHED", "CTA_PROTOINFO_SCTP_VTAG_ORIGINAL 0xdeadbeef"])
            Assert.Contains(line, text, StringComparison.Ordinal);
        text = Printer.Print(NETLINK.NETLINK_NETFILTER, Golden.Load("timeout.txt")[0]);
        Assert.Contains("CTA_TIMEOUT_TCP_ESTABLISHED 432000", text, StringComparison.Ordinal);
        text = Printer.Print(NETLINK.NETLINK_NETFILTER, Golden.Load("timeout.txt")[1]);
        Assert.Contains("CTA_TIMEOUT_UDP_REPLIED 20", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_Messages_Never_Throw()
    {
        var mutations = new Mutations([.. Golden.Load("table.txt"), .. Golden.Load("create-more.txt"), .. Golden.Load("expect.txt"), .. Golden.Load("timeout.txt"), .. Golden.Load("helper.txt")], 17);
        using var memory = new GuardedBuffer(1 << 20);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = mutations.Next();
            Assert.True(Printer.Print(NETLINK.NETLINK_NETFILTER, memory.Put(bytes)).Length > 0 || bytes.Length == 0);
        }
    }
}
