using VffNetlink.Diagnostics;
using VffNetlink.Generic;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Diagnostics;

public class PrinterTests
{
    private static readonly AttributeSpace Inner = AttributeSpace.Of<INNER>().With(ValueFormat.U32, INNER.INNER_NUMBER);

    private static readonly MessageCatalog Catalog = MessageCatalog.Empty.Add(
        NETLINK.NETLINK_USERSOCK, 0x21, "MY_NEWTHING", AttributeSpace.Of<nfgenmsg, OUTER>((OUTER.OUTER_NEST, Inner)).With(ValueFormat.U32, OUTER.OUTER_NUMBER).With(ValueFormat.String, OUTER.OUTER_KIND));

    private static readonly MessagePrinter Printer = new(Catalog);

    [Fact]
    public void Link_As_It_Was_Captured() => Captured("link-add-veth-namespace.txt", """
        RTM_NEWLINK len 100 flags NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE seq 1795305641 pid 0
          ifinfomsg ifi_family 0 ifi_type 0 ifi_index 0 ifi_flags 0 ifi_change 0
          IFLA_IFNAME "near2"
          IFLA_LINKINFO:
            IFLA_INFO_KIND "veth"
            IFLA_INFO_DATA:
              VETH_INFO_PEER:
                ifinfomsg ifi_family 0 ifi_type 0 ifi_index 0 ifi_flags 0 ifi_change 0
                IFLA_NET_NS_FD 4
                IFLA_IFNAME "far2"

        """);

    [Fact]
    public void Address_As_It_Was_Captured() => Captured("address-add-6-flags.txt", """
        RTM_NEWADDR len 72 flags NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE seq 1795305642 pid 0
          ifaddrmsg ifa_family AF_INET6 ifa_prefixlen 64 ifa_flags 0 ifa_scope RT_SCOPE_UNIVERSE ifa_index 2
          IFA_LOCAL 2001:db8::3
          IFA_FLAGS IFA_F_NODAD|IFA_F_NOPREFIXROUTE
          IFA_ADDRESS 2001:db8::3

        """);

    [Fact]
    public void Whole_Dumps_Are_Told_To_The_Last_Byte()
    {
        var printer = new MessagePrinter(RouteCatalog.Messages);
        foreach (var file in (string[])["reply-links.txt", "reply-addresses.txt", "reply-routes-4.txt", "reply-routes-6.txt"])
        {
            foreach (var message in Golden.Load(file))
            {
                var text = printer.Print(NETLINK.NETLINK_ROUTE, message);
                Assert.StartsWith("RTM_NEW", text, StringComparison.Ordinal);
                Assert.DoesNotContain("no attribute", text, StringComparison.Ordinal);
                Assert.DoesNotContain("no message", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Next_Hops_Are_Told_One_By_One()
    {
        var message = MessageWriter.Begin(new byte[128], (ushort)RTM.RTM_NEWROUTE, NLM_F.NONE);
        using (var hops = message.PutHeader<rtmsg, RTA>(new rtmsg { rtm_family = 2, rtm_flags = 0x204 }).Nest<RTA>(RTA.RTA_MULTIPATH))
        {
            hops.PutRaw([16, 0, 0, 0, 3, 0, 0, 0]);
            hops.Put(RTA.RTA_GATEWAY, [10, 0, 0, 1]);
            hops.PutRaw([16, 0, 0, 1, 4, 0, 0, 0]);
            hops.Put(RTA.RTA_GATEWAY, [10, 0, 0, 2]);
        }

        Assert.Equal("""
            RTM_NEWROUTE len 64 flags 0 seq 0 pid 0
              rtmsg rtm_family AF_INET rtm_dst_len 0 rtm_src_len 0 rtm_tos 0 rtm_table 0 rtm_protocol RTPROT_UNSPEC rtm_scope RT_SCOPE_UNIVERSE rtm_type RTN_UNSPEC rtm_flags RTNH_F_ONLINK|RTM_F_CLONED
              RTA_MULTIPATH:
                rtnexthop rtnh_len 16 rtnh_flags 0 rtnh_hops 0 rtnh_ifindex 3
                RTA_GATEWAY 10.0.0.1
                rtnexthop rtnh_len 16 rtnh_flags 0 rtnh_hops 1 rtnh_ifindex 4
                RTA_GATEWAY 10.0.0.2

            """, new MessagePrinter(RouteCatalog.Messages).Print(NETLINK.NETLINK_ROUTE, message.Message));
        Assert.Equal("RTA_MULTIPATH/RTA_GATEWAY", RouteCatalog.Routes.PathOf(message.Message, 56, out _));
        Assert.Null(RouteCatalog.Routes.PathOf(message.Message, 48, out _));
    }

    [Fact]
    public void Generic_Family_Is_Told()
    {
        var message = MessageWriter.Begin(new byte[128], (ushort)GENL_ID.GENL_ID_CTRL, NLM_F.NONE);
        var attributes = message.PutHeader<genlmsghdr, CTRL_ATTR>(new genlmsghdr { cmd = (byte)CTRL_CMD.CTRL_CMD_NEWFAMILY, version = 2 });
        attributes.PutString(CTRL_ATTR.CTRL_ATTR_FAMILY_NAME, "ethtool");
        attributes.Put(CTRL_ATTR.CTRL_ATTR_FAMILY_ID, (ushort)21);
        using (var groups = attributes.Nest<CTRL_ATTR_MCAST_GRP>(CTRL_ATTR.CTRL_ATTR_MCAST_GROUPS))
        {
            using var group = groups.Nest<CTRL_ATTR_MCAST_GRP>((CTRL_ATTR_MCAST_GRP)1);
            group.Put(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_ID, 7u);
            group.PutString(CTRL_ATTR_MCAST_GRP.CTRL_ATTR_MCAST_GRP_NAME, "monitor");
        }

        Assert.Equal("""
            GENL_ID_CTRL len 68 flags 0 seq 0 pid 0
              genlmsghdr cmd CTRL_CMD_NEWFAMILY version 2 reserved 0
              CTRL_ATTR_FAMILY_NAME "ethtool"
              CTRL_ATTR_FAMILY_ID 21
              CTRL_ATTR_MCAST_GROUPS:
                1:
                  CTRL_ATTR_MCAST_GRP_ID 7
                  CTRL_ATTR_MCAST_GRP_NAME "monitor"

            """, new MessagePrinter(GenericCatalog.Messages).Print(NETLINK.NETLINK_GENERIC, message.Message));
        Assert.Equal("GENL_ID_CTRL CTRL_CMD_NEWFAMILY ethtool", GenericCatalog.Families.Describe(message.Message));
    }

    [Fact]
    public void What_Nobody_Knows_Is_Told_As_Numbers()
    {
        var message = MessageWriter.Begin(new byte[256], 0x21, NLM_F.NLM_F_CREATE | (NLM_F)0x4000);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(new nfgenmsg { nfgen_family = 2, res_id = 7 });
        attributes.Put((OUTER)99, 1u);
        attributes.PutFlag((OUTER)100);
        using (var nest = attributes.NestFlagged<INNER>((OUTER)101))
        {
            nest.Put((INNER)5, (byte)6);
        }

        attributes.Put(OUTER.OUTER_NUMBER, (ushort)3); // not the length that the format wants
        attributes.PutString(OUTER.OUTER_KIND, "a\"\n\u202e€");
        Assert.Equal("""
            MY_NEWTHING len 68 flags NLM_F_CREATE|0x4000 seq 0 pid 0
              nfgenmsg nfgen_family 2 version 0 res_id 7
              attribute 99 (4 bytes) 01000000
              attribute 100 (0 bytes)
              attribute 101: NLA_F_NESTED
                attribute 5 (1 byte) 06
              OUTER_NUMBER (2 bytes) 0300
              OUTER_KIND "a\"\u{a}\u{202e}€"

            """, Printer.Print(NETLINK.NETLINK_USERSOCK, message.Message));
        Assert.Equal("""
            NETLINK_USERSOCK type 0x22 len 20 flags 0 seq 0 pid 0
              no attribute: (4 bytes) 01020304

            """, Printer.Print(NETLINK.NETLINK_USERSOCK, ScriptedTransport.Message(0x22, NLM_F.NONE, 0, [1, 2, 3, 4])));
    }

    [Fact]
    public void Header_Of_Another_Length_Is_Told_As_Far_As_It_Goes()
    {
        Assert.Equal("""
            RTM_GETLINK len 17 flags NLM_F_REQUEST|NLM_F_DUMP seq 1 pid 0
              ifinfomsg ifi_family 17 cut

            """, new MessagePrinter(RouteCatalog.Messages).Print(NETLINK.NETLINK_ROUTE, ScriptedTransport.Message((ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP, 1, [17])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_Is_Told_With_Its_Explanation(bool capped)
    {
        var request = Script.Request();
        var explanation = Script.Explain("No such thing", offset: 20, missing: 2);
        var answer = capped ? ScriptedTransport.Ack(request, Errno.EINVAL, explanation) : Script.Uncapped(request, Errno.EINVAL, explanation);
        Assert.Equal(
            $"""
            NLMSG_ERROR len {answer.Length} flags {(capped ? "NLM_F_CAPPED|" : "")}NLM_F_ACK_TLVS seq 0 pid 0
              error -22 EINVAL
              request MY_NEWTHING len 28 flags 0 seq 0 pid 0
            {(capped ? "" : "    nfgenmsg nfgen_family 0 version 0 res_id 0\n    OUTER_NUMBER 7\n")}  NLMSGERR_ATTR_MSG "No such thing"
              NLMSGERR_ATTR_OFFS 20
              NLMSGERR_ATTR_MISS_TYPE 2
            {(capped ? "" : "  attribute OUTER_NUMBER\n  missing OUTER_KIND\n")}
            """.TrimEnd('\n') + "\n",
            Printer.Print(NETLINK.NETLINK_USERSOCK, answer));
    }

    [Fact]
    public void Policy_And_End_Of_A_Dump_Are_Told()
    {
        var text = Printer.Print(NETLINK.NETLINK_USERSOCK, Script.Done(9, Errno.ERANGE, attributes: Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5)));
        Assert.Equal("""
            NLMSG_DONE len 56 flags NLM_F_MULTI|NLM_F_ACK_TLVS seq 9 pid 0
              error -34 ERANGE
              NLMSGERR_ATTR_POLICY:
                NL_POLICY_TYPE_ATTR_TYPE NL_ATTR_TYPE_U8
                NL_POLICY_TYPE_ATTR_MIN_VALUE_U 1
                NL_POLICY_TYPE_ATTR_MAX_VALUE_U 5

            """, text);
        Assert.Equal("NLMSG_DONE len 20 flags NLM_F_MULTI seq 9 pid 0\n  error 0\n", Printer.Print(NETLINK.NETLINK_USERSOCK, Script.Done(9)));
    }

    [Fact]
    public void Garbage_Is_Told_As_Such()
    {
        var whole = Script.Request();
        Assert.Equal("no message: (3 bytes) 010203\n", Printer.Print(NETLINK.NETLINK_USERSOCK, [1, 2, 3]));
        Assert.Equal("", Printer.Print(NETLINK.NETLINK_USERSOCK, []));
        Assert.EndsWith("  OUTER_NUMBER 7\nno message: (2 bytes) ffff\n", Printer.Print(NETLINK.NETLINK_USERSOCK, [.. whole, 0xff, 0xff]), StringComparison.Ordinal);
        Assert.Contains(" pid 0 cut to 26\n", Printer.Print(NETLINK.NETLINK_USERSOCK, whole.AsSpan(0, 26)), StringComparison.Ordinal);
        Assert.EndsWith("  no attribute: (6 bytes) 080001000700\n", Printer.Print(NETLINK.NETLINK_USERSOCK, whole.AsSpan(0, 26)), StringComparison.Ordinal);
        // Two messages, one line behind the other.
        Assert.Equal(Printer.Print(NETLINK.NETLINK_USERSOCK, whole) + Printer.Print(NETLINK.NETLINK_USERSOCK, whole), Printer.Print(NETLINK.NETLINK_USERSOCK, [.. whole, .. whole]));
    }

    [Fact]
    public void Nests_Without_End_Have_One()
    {
        var payload = new byte[4 + 60_000];
        for (var at = 4; at + 4 <= payload.Length; at += 4)
        {
            BitConverter.TryWriteBytes(payload.AsSpan(at), (ushort)(payload.Length - at));
            BitConverter.TryWriteBytes(payload.AsSpan(at + 2), (ushort)(NLA.NLA_F_NESTED | 90));
        }

        var text = Printer.Print(NETLINK.NETLINK_USERSOCK, ScriptedTransport.Message(0x21, NLM_F.NONE, 0, payload));
        Assert.InRange(text.Split('\n').Length, 10, 100);
    }

    [Fact]
    public void Broken_Messages_Never_Throw()
    {
        var corpus = ((string[])["reply-links.txt", "reply-addresses.txt", "reply-routes-4.txt", "reply-routes-6.txt", "link-add-veth.txt"]).SelectMany(Golden.Load).ToList();
        corpus.Add(Script.Uncapped(corpus[^1], Errno.EINVAL, Script.Explain("Words", 32, 3, 32)));
        corpus.Add(Script.Done(1, Errno.EINVAL, attributes: Script.Policy(NL_ATTR_TYPE.NL_ATTR_TYPE_U8, 1, 5)));
        var printer = new MessagePrinter(RouteCatalog.Messages);
        var mutations = new Mutations(corpus, 7);
        using var memory = new GuardedBuffer(1 << 20);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = mutations.Next();
            var text = printer.Print(NETLINK.NETLINK_ROUTE, memory.Put(bytes));
            Assert.True(text.Length > 0 || bytes.Length == 0);
        }
    }

    private static void Captured(string file, string expected) =>
        Assert.Equal(expected, new MessagePrinter(RouteCatalog.Messages).Print(NETLINK.NETLINK_ROUTE, Golden.Load(file)[0]));
}
