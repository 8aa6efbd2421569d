using VffNetlink.Testing;
using Xunit.Sdk;

namespace VffNetlink.Tests.Uapi;

public class UapiTests
{
    private static readonly string[] Headers =
    [
        "sys/socket.h", "linux/netlink.h", "linux/rtnetlink.h", "linux/if.h", "linux/if_link.h", "linux/if_addr.h", "linux/veth.h",
        "linux/netfilter/nfnetlink.h", "linux/neighbour.h", "linux/fib_rules.h", "linux/net_namespace.h", "linux/if_bridge.h", "linux/if_vlan.h",
        "linux/genetlink.h", "linux/filter.h",
    ];

    private static readonly Dictionary<string, string> Newer = new(StringComparer.Ordinal)
    {
        ["IFLA_DEVLINK_PORT"] = "Linux 6.2",
        ["IFLA_GSO_IPV4_MAX_SIZE"] = "Linux 6.3",
        ["IFLA_GRO_IPV4_MAX_SIZE"] = "Linux 6.3",
        ["IFLA_DPLL_PIN"] = "Linux 6.7",
        ["IFLA_MAX_PACING_OFFLOAD_HORIZON"] = "Linux 6.13",
        ["IFLA_NETNS_IMMUTABLE"] = "Linux 6.15",
        ["IFLA_BR_FDB_N_LEARNED"] = "Linux 6.8",
        ["IFLA_BR_FDB_MAX_LEARNED"] = "Linux 6.8",
        ["IFLA_BRPORT_MAB"] = "Linux 6.2",
        ["IFLA_BRPORT_MCAST_N_GROUPS"] = "Linux 6.3",
        ["IFLA_BRPORT_MCAST_MAX_GROUPS"] = "Linux 6.3",
        ["IFLA_BRPORT_NEIGH_VLAN_SUPPRESS"] = "Linux 6.4",
        ["IFLA_BRPORT_BACKUP_NHID"] = "Linux 6.6",
        ["IFLA_BOND_COUPLED_CONTROL"] = "Linux 6.9",
        ["IFLA_VXLAN_LOCALBYPASS"] = "Linux 6.5",
        ["IFLA_VXLAN_LABEL_POLICY"] = "Linux 6.8",
        ["FRA_DSCP"] = "Linux 6.13",
        ["FRA_FLOWLABEL"] = "Linux 6.14",
        ["FRA_FLOWLABEL_MASK"] = "Linux 6.14",
        ["FRA_SPORT_MASK"] = "Linux 6.15",
        ["FRA_DPORT_MASK"] = "Linux 6.15",
        ["FRA_DSCP_MASK"] = "Linux 6.15",
        ["IFLA_MACVLAN_BC_CUTOFF"] = "Linux 6.5",
        ["NL_ATTR_TYPE_SINT"] = "Linux 6.7",
        ["NL_ATTR_TYPE_UINT"] = "Linux 6.7",
    };

    [Fact]
    public void Constants_And_Structs_Are_Those_Of_The_Headers()
    {
        var compared = new UapiCheck { Library = typeof(NetlinkSocket).Assembly, Headers = Headers, Newer = Newer }.Run();
        Assert.True(compared > 200, $"only {compared} numbers were compared");
    }

    [Theory]
    [InlineData("RTM_NEWLINK", "RTM_DELLINK", "RTM_DELLINK is 16 here and 17 in the headers")]
    [InlineData("rtmsg", "struct ifaddrmsg", "sizeof(struct ifaddrmsg) is 12 here and 8 in the headers")]
    [InlineData("rtmsg.rtm_table", "rtm_scope", "offsetof(struct rtmsg, rtm_scope) is 4 here and 6 in the headers")]
    [InlineData("ifinfomsg.ifi_index", "ifi_type", "sizeof(((struct ifinfomsg *)0)->ifi_type) is 4 here and 2 in the headers")]
    [InlineData("IFLA_MTU", "IFLA_NO_SUCH", "IFLA_NO_SUCH: the headers do not have it")]
    [InlineData("rtmsg.rtm_table", "rtm_no_such", "offsetof(struct rtmsg, rtm_no_such): the headers do not have it")]
    public void What_Differs_Fails_The_Check_By_Name(string ours, string theirs, string fault)
    {
        var check = new UapiCheck { Library = typeof(NetlinkSocket).Assembly, Headers = Headers, Newer = Newer, InC = new Dictionary<string, string> { [ours] = theirs } };
        Assert.Contains(fault, Assert.Throws<TrueException>(() => check.Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_The_Headers_Lack_Is_Left_Out_Where_It_Is_Listed()
    {
        var check = new UapiCheck
        {
            Library = typeof(NetlinkSocket).Assembly,
            Headers = Headers,
            InC = new Dictionary<string, string> { ["IFLA_MTU"] = "IFLA_NO_SUCH" },
            Newer = new Dictionary<string, string>(Newer) { ["IFLA_MTU"] = "not in any kernel" },
            Ours = new Dictionary<string, string> { ["nlmsghdr.nlmsg_seq"] = "nothing", ["NO_SUCH"] = "stale" },
        };
        Assert.Equal("NO_SUCH: listed as ours, but nothing here has that name", Assert.Throws<TrueException>(() => check.Run()).Message.Trim());
    }
}
