using System.Text.Json;
using VffNetlink;
using VffNetlink.Testing;

namespace Vffnl.Tests.Route;

/// <summary>Addresses, routes, neighbours and rules of both families, told as ip tells them.</summary>
[Trait("Category", "Kernel")]
public sealed class ObjectsKernelTests : IDisposable
{
    private readonly NetworkNamespace _ns;

    public ObjectsKernelTests()
    {
        Requires.Namespaces();
        _ns = NetworkNamespace.Create();
        Ip.Required(_ns);
        Ip.Run(_ns, "link set lo up");
        Ip.Run(_ns, "link add near type veth peer name far");
        Ip.Run(_ns, "link set near addrgenmode none");
        Ip.Run(_ns, "link set far addrgenmode none");
        Ip.Run(_ns, "link set near up");
        Ip.Run(_ns, "link set far up");
        foreach (var address in (string[])
            [
                "192.0.2.1/24 dev near", "192.0.2.5/24 dev near valid_lft 500 preferred_lft 300", "198.51.100.1 peer 198.51.100.2/32 dev far scope link metric 7",
                "192.0.2.9/24 brd + dev near label near:x noprefixroute", "2001:db8::1/64 dev near nodad", "2001:db8::2/64 dev near nodad noprefixroute metric 77",
                "2001:db8:1::1/64 dev far nodad home valid_lft 900 preferred_lft 0", "fe80::1/64 dev far nodad",
            ])
            Ip.Run(_ns, $"addr add {address}");
    }

    public void Dispose() => _ns.Dispose();

    [Theory]
    [InlineData("", "", 3, 10)]
    [InlineData("inet", "-4", 3, 5)]
    [InlineData("inet6", "-6", 3, 5)]
    public void Addresses(string family, string option, int links, int addresses)
    {
        Assert.Equal(links, Ip.Compare(_ns, $"addr show {Option(family)}".Trim(), $"{option} addr show"));
        using var json = JsonDocument.Parse(Tool.Show(_ns, $"addr show --json {Option(family)}".Trim().Split(' ')));
        Assert.Equal(addresses, json.RootElement.EnumerateArray().Sum(static l => l.GetProperty("addr_info").GetArrayLength()));
    }

    [Fact]
    public void Links_Have_No_Family() => Assert.Equal(Ip.Compare(_ns, "link show", "link show"), Ip.Compare(_ns, "link show --family inet6", "-6 link show"));

    [Fact]
    public void Routes()
    {
        foreach (var route in (string[])
            [
                "add default via 192.0.2.2 dev near mtu lock 1400 rtt 20ms rttvar 10ms rto_min 50ms advmss 1000 window 5000 ssthresh 8 cwnd 9 initcwnd 9 initrwnd 8 congctl cubic quickack 1 features ecn",
                "add 10.5.0.0/16 table 1000 nexthop via 192.0.2.3 weight 3 nexthop dev far weight 256 onlink via 198.51.100.9", "add 10.6.0.0/16 via 198.51.100.2 realm 3/5 metric 50 proto static src 198.51.100.1",
                "add blackhole 10.7.0.0/16", "add unreachable 10.8.0.0/16 proto bird", "add prohibit 10.9.0.0/16", "add throw 10.10.0.0/16 table 77",
                "add 10.11.0.0/16 via inet6 2001:db8::9 dev near tos 0x10", "add 10.12.0.0/16 dev far scope link proto 99", "add 10.13.0.0/16 via 203.0.113.1 dev near onlink",
                "add local 10.14.0.1 dev lo table local", "add 10.15.0.0/16 nexthop via 192.0.2.3 nexthop via inet6 2001:db8::9 dev near", "add multicast 239.0.0.0/8 dev near",
            ])
            Ip.Run(_ns, $"route {route}");
        foreach (var route in (string[])
            [
                "add 2001:db8:5::/48 nexthop via 2001:db8::9 dev near weight 2 nexthop via 2001:db8:1::8 dev far", "add default via fe80::9 dev near pref high expires 400 mtu 1400",
                "add 2001:db8:6::/48 via 2001:db8::7 metric 5 pref low hoplimit 9", "add blackhole 2001:db8:7::/48", "add unreachable 2001:db8:8::/48 table 1000", "add 2001:db8:9::1 dev far proto ra",
            ])
            Ip.Run(_ns, $"-6 route {route}");

        Assert.True(Ip.Compare(_ns, "route show", "route show table all") > 30);
        Assert.True(Ip.Compare(_ns, "route show --family inet", "-4 route show table all") > 15);
        Assert.True(Ip.Compare(_ns, "route show --family inet6", "-6 route show table all") > 10);
    }

    [Fact]
    public void Routes_Of_A_Link_That_Is_Down()
    {
        Ip.Run(_ns, "route add 10.5.0.0/16 nexthop via 192.0.2.3 nexthop via 198.51.100.2");
        Ip.Run(_ns, "link set far down");
        Assert.Contains("linkdown", Tool.Show(_ns, "route", "show", "--json"), StringComparison.Ordinal);
        Ip.Compare(_ns, "route show", "route show table all");
    }

    [Fact]
    public void Neighbours()
    {
        foreach (var neighbour in (string[])
            [
                "192.0.2.77 lladdr 02:00:00:00:00:77 dev near", "192.0.2.78 lladdr 02:00:00:00:00:78 dev near extern_learn nud reachable", "192.0.2.79 dev near nud failed",
                "192.0.2.80 lladdr 02:00:00:00:00:79 dev near nud stale proto static", "192.0.2.81 lladdr 02:00:00:00:00:80 dev near nud noarp", "2001:db8::77 lladdr 02:00:00:00:00:81 dev near router",
            ])
            Ip.Run(_ns, $"neigh add {neighbour}");
        Assert.True(Ip.Compare(_ns, "neigh show", "neigh show") >= 4);
        Assert.True(Ip.Compare(_ns, "neigh show --family inet", "-4 neigh show") >= 3);
        Assert.Equal(1, Ip.Compare(_ns, "neigh show --family inet6", "-6 neigh show"));
    }

    [Fact]
    public void Rules()
    {
        foreach (var rule in (string[])
            [
                "prio 50 from 10.1.0.0/16 to 10.2.0.3 fwmark 5/7 iif near lookup 100", "prio 51 not from 10.3.0.3 ipproto tcp dport 80-90 sport 5 uidrange 0-100 lookup main suppress_prefixlength 3",
                "prio 52 goto 32766", "prio 53 blackhole", "prio 54 fwmark 0x10 lookup 1000 suppress_ifgroup 3 protocol static", "prio 55 oif gone prohibit", "prio 56 iif lo tos 0x10 unreachable",
                "prio 57 nop", "prio 58 ipproto udp dport 53 lookup 5", "prio 59 tun_id 77 lookup default realms 3/5", "prio 60 goto 70", "prio 61 ipproto 253 lookup main",
            ])
            Ip.Run(_ns, $"rule add {rule}");
        Ip.Run(_ns, "-6 rule add prio 54 from 2001:db8::/32 to 2001:db8::1 tos 0x28 lookup 1000");
        Assert.Equal(15, Ip.Compare(_ns, "rule show", "rule show"));
        Assert.Equal(15, Ip.Compare(_ns, "rule show --family inet", "-4 rule show"));
        Assert.Equal(3, Ip.Compare(_ns, "rule show --family inet6", "-6 rule show"));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("addr")]
    [InlineData("route")]
    [InlineData("neigh")]
    [InlineData("rule")]
    public void Text_Has_All_That_Json_Has(string what)
    {
        Ip.Run(_ns, "neigh add 192.0.2.77 lladdr 02:00:00:00:00:77 dev near");
        using var json = JsonDocument.Parse(Tool.Show(_ns, what, "show", "--json"));
        var text = Tool.Show(_ns, what, "show");
        Assert.NotEqual(0, json.RootElement.GetArrayLength());
        foreach (var item in json.RootElement.EnumerateArray())
            AssertTold(item, text);
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length <= 110, line));
    }

    private static string Option(string family) => family.Length == 0 ? "" : $"--family {family}";

    private static void AssertArrayTold(JsonProperty field, string text)
    {
        var strings = field.Value.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.String).Select(static i => i.GetString()).ToArray();
        if (strings.Length > 0)
            Assert.Contains($"{field.Name} {string.Join(',', strings)}", text, StringComparison.Ordinal);
        foreach (var item in field.Value.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.Object))
            AssertTold(item, text);
    }

    private static void AssertTold(JsonElement item, string text)
    {
        foreach (var field in item.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.String)
                Assert.Contains($"{field.Name} {field.Value.GetString()}", text, StringComparison.Ordinal);
            else if (field.Value.ValueKind == JsonValueKind.Number && field.Value.GetDecimal() == uint.MaxValue && field.Name.EndsWith("life_time", StringComparison.Ordinal))
                Assert.Contains($"{field.Name} forever", text, StringComparison.Ordinal);
            else if (field.Value.ValueKind == JsonValueKind.Number && !field.Name.EndsWith("life_time", StringComparison.Ordinal))
                Assert.Contains($"{field.Name} {field.Value.GetRawText()}", text, StringComparison.Ordinal);
            else if (field.Value.ValueKind == JsonValueKind.Object)
                AssertTold(field.Value, text);
            else if (field.Value.ValueKind == JsonValueKind.Array)
                AssertArrayTold(field, text);
        }
    }
}
