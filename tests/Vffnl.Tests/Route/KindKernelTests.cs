using VffNetlink;
using VffNetlink.Testing;

namespace Vffnl.Tests.Route;

/// <summary>Links of every kind that these libraries know, told as ip tells them; each with the options that change what is told.</summary>
[Trait("Category", "Kernel")]
public sealed class KindKernelTests : IDisposable
{
    private readonly NetworkNamespace _ns;

    public KindKernelTests()
    {
        Requires.Namespaces();
        _ns = NetworkNamespace.Create();
        Ip.Required(_ns);
        Ip.Run(_ns, "link set lo up");
        Ip.Run(_ns, "link add near type veth peer name far");
        Ip.Run(_ns, "link set near addrgenmode none");
        Ip.Run(_ns, "link set far addrgenmode none");
    }

    public static TheoryData<string, string[]> Kinds { get; } = new()
    {
        { "veth", ["link set near up", "link set near alias a\u00e9b", "link property add dev near altname other1 altname other2", "link set far group 7 txqueuelen 17 mtu 1400"] },
        { "ifb", ["link add ifb0 type ifb", "link set ifb0 up"] },
        { "dummy", ["link add d0 type dummy", "link set d0 up arp off promisc on"] },
        { "bridge", ["link add br0 type bridge", "link set br0 up", "link set near master br0", "link set near up", "link set far up"] },
        {
            "bridge",
            [
                "link add br0 type bridge forward_delay 400 ageing_time 1000 priority 4096 group_fwd_mask 8 mcast_snooping 0 mcast_querier 1 nf_call_iptables 1",
                "link set near master br0", "link set near type bridge_slave cost 7 learning off isolated on hairpin on guard on group_fwd_mask 0x4018 neigh_suppress on",
            ]
        },
        { "vlan filtering", ["link add br0 type bridge vlan_filtering 1 vlan_default_pvid 5 vlan_protocol 802.1ad vlan_stats_enabled 1", "link set near master br0"] },
        {
            "vlan",
            [
                "link add link near name v5 type vlan id 5 ingress-qos-map 1:2 3:4 egress-qos-map 5:6", "link add link near name v6 type vlan proto 802.1ad id 6 gvrp on loose_binding on",
                "link add link v6 name v7 type vlan id 7 reorder_hdr off",
            ]
        },
        {
            "macvlan",
            [
                "link add link near name mv0 type macvlan mode bridge bcqueuelen 500", "link add link near name mv1 type macvlan mode private nodst",
                "link add link near name mv2 type macvlan mode source", "link set mv2 type macvlan macaddr add 02:00:00:00:00:01", "link add link far name mv3 type macvlan mode passthru nopromisc",
            ]
        },
        { "macvtap", ["link add link near name mt0 type macvtap mode vepa"] },
        { "ipvlan", ["link add link near name iv0 type ipvlan mode l3s vepa", "link add link far name iv1 type ipvlan mode l2 private", "link add link far name iv2 type ipvlan"] },
        {
            "vxlan",
            [
                "link add vx0 type vxlan id 42 dstport 4789 remote 192.0.2.9 local 192.0.2.1 dev near tos 4 ttl 9 ageing 60 maxaddress 100 noudpcsum nolearning proxy rsc l2miss l3miss",
                "link add vx1 type vxlan id 43 dstport 4790 group 239.1.1.1 dev near srcport 1000 2000 gbp ttl inherit df set remcsumtx remcsumrx",
                "link add vx2 type vxlan id 44 dstport 4791 local 2001:db8::1 remote 2001:db8::2 dev near flowlabel 0x12345 udp6zerocsumtx udp6zerocsumrx df inherit",
                "link add vx3 type vxlan id 45 dstport 4792 group ff05::9 dev near ageing 0", "link add vx4 type vxlan dstport 4793 external",
            ]
        },
        { "vxlan with a filter of networks", ["link add vx0 type vxlan dstport 4789 external vnifilter"] },
        { "tun", ["tuntap add tap0 mode tap user 0 group 0", "tuntap add tun0 mode tun multi_queue pi vnet_hdr user 4294967", "link set tap0 up"] },
        { "wireguard", ["link add wg0 type wireguard", "link set wg0 up"] },
        {
            "bond",
            [
                "link add bo0 type bond mode active-backup miimon 200 updelay 400 primary_reselect failure fail_over_mac active min_links 1 num_grat_arp 3 resend_igmp 4",
                "link set near master bo0", "link set near type bond_slave queue_id 3", "link set bo0 type bond primary near", "link set bo0 up",
            ]
        },
        { "bond", ["link add bo0 type bond mode active-backup arp_interval 100 arp_ip_target 192.0.2.1,192.0.2.2 arp_validate all arp_all_targets all", "link add bo1 type bond mode balance-rr packets_per_slave 5"] },
        {
            "bond",
            [
                "link add bo0 type bond mode 802.3ad xmit_hash_policy layer3+4 lacp_rate fast ad_select bandwidth ad_actor_sys_prio 500 ad_user_port_key 9 ad_actor_system 02:00:00:00:00:33",
                "link set near master bo0", "link set bo0 up", "link add bo1 type bond mode balance-tlb tlb_dynamic_lb 0 lp_interval 3",
            ]
        },
    };

    public void Dispose() => _ns.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_Told_As_Ip_Tells_It(string kind, string[] commands)
    {
        Requires.Kernel(kind != "tun" || File.Exists("/dev/net/tun"), kind);
        // What the kernel may lack is what the first one makes; what follows has to work.
        Ip.RunOrSkip(_ns, commands[0], kind);
        foreach (var command in commands[1..])
            Ip.Run(_ns, command);
        Assert.True(Ip.Compare(_ns, "link show", "link show") >= 3);
        Assert.True(Ip.Compare(_ns, "addr show", "addr show") >= 3);
    }

    [Fact]
    public void A_Link_Whose_Peer_Is_In_Another_Namespace()
    {
        using var other = NetworkNamespace.Create();
        Ip.Run(_ns, $"link set far netns {Tool.PathOf(other)}");
        Assert.Contains("link_netnsid", Tool.Show(_ns, "link", "show", "--json"), StringComparison.Ordinal);
        Ip.Compare(_ns, "link show", "link show");
        Ip.Compare(other, "link show", "link show");
    }
}
