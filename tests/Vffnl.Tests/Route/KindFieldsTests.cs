using System.Text;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;
using Vffnl.Route.Kinds;

namespace Vffnl.Tests.Route;

/// <summary>Kinds that not every kernel has, out of messages such as the kernel sends them; the fields are those that iproute2 6.1 has for these values.</summary>
public sealed class KindFieldsTests
{
    [Fact]
    public void Vlan() => Assert.Equal(
        """[{"linkinfo":{"info_kind":"vlan","info_data":{"protocol":"802.1ad","id":6,"flags":["REORDER_HDR","GVRP","LOOSE_BINDING"],"ingress_qos":[{"from":1,"to":2}],"egress_qos":[{"from":5,"to":6},{"from":7,"to":0}]}}}]""",
        Told(new VlanLink
        {
            Id = 6,
            Protocol = 0x88a8,
            Flags = new ifla_vlan_flags { flags = VLAN_FLAG.VLAN_FLAG_REORDER_HDR | VLAN_FLAG.VLAN_FLAG_GVRP | VLAN_FLAG.VLAN_FLAG_LOOSE_BINDING, mask = uint.MaxValue },
            Ingress = VlanLink.MappingsOf(new VlanPriorityMapping(1, 2)),
            Egress = VlanLink.MappingsOf(new VlanPriorityMapping(5, 6), new VlanPriorityMapping(7, 0)),
        }));

    [Fact]
    public void Ipvlan()
    {
        Assert.Equal("""[{"linkinfo":{"info_kind":"ipvlan","info_data":{"mode":"l3s","vepa":true}}}]""", Told(new IpvlanLink { Mode = IPVLAN_MODE.IPVLAN_MODE_L3S, Flags = IPVLAN_F.IPVLAN_F_VEPA }));
        Assert.Equal("""[{"linkinfo":{"info_kind":"ipvlan","info_data":{"mode":"l2","bridge":true}}}]""", Told(new IpvlanLink { Mode = IPVLAN_MODE.IPVLAN_MODE_L2, Flags = 0 }));
    }

    [Fact]
    public void Bond() => Assert.Equal(
        """
        [{"linkinfo":{"info_kind":"bond","info_data":{"mode":"802.3ad","active_slave":"if7","miimon":200,"use_carrier":1,"arp_interval":0,"arp_missed_max":2,
        "arp_ip_target":["192.0.2.1","192.0.2.2"],"arp_validate":null,"arp_all_targets":"any","primary_reselect":"failure","fail_over_mac":"follow","xmit_hash_policy":"layer3+4",
        "num_peer_notif":3,"all_slaves_active":0,"ad_lacp_active":"on","ad_lacp_rate":"fast","ad_select":"bandwidth","ad_actor_sys_prio":500,"ad_user_port_key":9,
        "ad_actor_system":"02:00:00:00:00:33"}}}]
        """.ReplaceLineEndings(""),
        Told(new BondLink
        {
            Mode = 4,
            ActivePort = 7,
            Primary = 0,
            MonitorInterval = 200,
            UsesCarrier = true,
            ArpInterval = 0,
            ArpMissedMaximum = 2,
            ArpTargets = new RawAttributes(Convert.FromHexString("08000000c000020108000100c0000202")),
            ArpValidation = 0,
            ArpAllTargets = 0,
            PrimaryReselection = 2,
            FailOverAddress = 2,
            HashPolicy = 1,
            PeerNotifications = 3,
            AllPortsActive = false,
            LacpActive = true,
            LacpRate = 1,
            AggregatorSelection = 1,
            ActorPriority = 500,
            UserPortKey = 9,
            ActorSystem = LinkLayerAddress.Parse("02:00:00:00:00:33"),
        }));

    [Fact]
    public void What_802_3ad_Has_Found()
    {
        // IFLA_BOND_AD_INFO and, behind it, what a later kernel may add.
        var link = new Link
        {
            Index = 5,
            Name = "bo0",
            Kind = "bond",
            KindData = new RawAttributes(Convert.FromHexString("38001700" + "0600010001000000" + "0600020002000000" + "060003000f000000" + "0600040001000000" + "0a000500020000000044" + "0000" + "05000600" + "01000000" + "0500c800" + "01000000")),
        };
        Assert.Equal(
            """[{"linkinfo":{"info_kind":"bond","info_data":{"ad_info":{"aggregator":1,"num_ports":2,"actor_key":15,"partner_key":1,"partner_mac":"02:00:00:00:00:44"}}}}]""",
            Told(link));
    }

    [Fact]
    public void Bond_Port() => Assert.Equal(
        """
        [{"linkinfo":{"info_kind":"veth","info_slave_kind":"bond","info_slave_data":{"state":"BACKUP","mii_status":"GOING_BACK","link_failure_count":2,"perm_hwaddr":"02:00:00:00:00:01",
        "queue_id":3,"prio":-1,"ad_aggregator_id":1,"ad_actor_oper_port_state":69,"ad_actor_oper_port_state_str":["active","aggregating","defaulted"],
        "ad_partner_oper_port_state":0,"ad_partner_oper_port_state_str":[]}}}]
        """.ReplaceLineEndings(""),
        Told(new Link
        {
            Index = 5,
            Name = "near",
            Kind = "veth",
            SlaveKind = "bond",
            SlaveData = new RawAttributes(Convert.FromHexString(
                "0500010001000000" + "0500020003000000" + "0800030002000000" + "0a00040002000000" + "00010000" + "0600050003000000" + "0600060001000000" + "0500070045000000" + "0600080000000000" + "08000900ffffffff")),
        }));

    [Fact]
    public void A_Kind_That_Nobody_Knows_Is_Named() =>
        Assert.Equal("""[{"linkinfo":{"info_kind":"novel"}}]""", Told(new Link { Index = 5, Name = "n0", Kind = "novel", KindData = new RawAttributes([8, 0, 1, 0, 1, 2, 3, 4]) }));

    private static string Told<TKind>(in TKind kind)
        where TKind : struct, ILinkKind<TKind>
    {
        var message = MessageWriter.Begin(new byte[2048], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = 5 });
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.PutString(IFLA_INFO.IFLA_INFO_KIND, TKind.Kind);
            kind.WriteData(info);
        }

        var messages = new MessageReader(message.Message);
        Assert.True(messages.MoveNext());
        return Told(Link.Read(messages.Current));
    }

    private static string Told(Link link)
    {
        using var client = RouteClient.Open();
        using var output = new MemoryStream();
        Reports.Write(output, isJson: true, report =>
        {
            report.BeginObject();
            LinkKinds.Write(report, link, new LinkDirectory(client, [new Link { Index = 7, Name = "if7" }]));
            report.EndObject();
        });
        return Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n');
    }
}
