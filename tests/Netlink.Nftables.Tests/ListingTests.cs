namespace VffNetlink.Nftables.Tests;

/// <summary>What was made here reads in <c>nft list ruleset</c> as a human would have written it.</summary>
[Trait("Category", "Kernel")]
public class ListingTests
{
    [Fact]
    public void Both_Planes_Read_As_Written_By_A_Human()
    {
        using var scratch = new Scratch();
        var wan = scratch.AddIfb("eth0");
        var ifb = scratch.AddIfb("ifb0");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.Add(Rulesets.Postrouting);
        transaction.Append(Rulesets.DefaultClass("eth0", 0x1fffe));
        transaction.Append(Rulesets.ClassOfMark("eth0", 0x3f003fff) with { Comment = "download of known users" });
        transaction.Add(Rulesets.Netdev with { Comment = "VPN shaping" });
        transaction.Add(Rulesets.FlowMap4);
        transaction.Add(Rulesets.FlowMap6 with { Comment = "v6" });
        transaction.Add(Rulesets.Ingress("eth0"));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip, ifb.Index));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip6, ifb.Index));
        transaction.AddElement(Rulesets.Classes, new NftElementView { Key = Rulesets.Number(0x11), Data = Rulesets.Number(0x10011) });
        transaction.AddElement(Rulesets.Flows4, new NftElementView
        {
            Key = Rulesets.Key("203.0.113.7", "198.51.100.1", IpProtocol.Tcp, 50123, 443),
            Data = Rulesets.Number(0x20011),
            UserData = [0x76, 4, 1, 2, 3, 4],
        });
        transaction.AddElement(Rulesets.Flows6, new NftElementView
        {
            Key = Rulesets.Key("2001:db8::2", "2001:db8::1", IpProtocol.Udp, 41000, 443),
            Data = Rulesets.Number(0x20022),
        });
        scratch.Nft.Commit(transaction);

        Assert.Equal("""
            table inet vffqos {
            map classes {
            type mark : classid
            size 65536
            elements = { 0x00000011 : 1:11 }
            }
            chain postrouting {
            type filter hook postrouting priority filter; policy accept;
            oifname "eth0" meta priority set 1:fffe
            oifname "eth0" meta priority set ct mark & 0x3f003fff map @classes comment "download of known users"
            }
            }
            table netdev vffqos {
            comment "VPN shaping"
            map flows4 {
            type ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service : classid
            size 131072
            elements = { 203.0.113.7 . 198.51.100.1 . tcp . 50123 . 443 : 2:11 }
            }
            map flows6 {
            type ipv6_addr . ipv6_addr . inet_proto . inet_service . inet_service : classid
            size 131072
            comment "v6"
            elements = { 2001:db8::2 . 2001:db8::1 . udp . 41000 . 443 : 2:22 }
            }
            chain ingress {
            type filter hook ingress device "eth0" priority 2147483647; policy accept;
            meta priority set ip saddr . ip daddr . meta l4proto . th sport . th dport map @flows4 fwd to "ifb0"
            meta priority set ip6 saddr . ip6 daddr . meta l4proto . th sport . th dport map @flows6 fwd to "ifb0"
            }
            }
            """, scratch.Ruleset());
    }
}
