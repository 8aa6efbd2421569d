using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>What a kernel answered, as objects.</summary>
public class AnswerTests
{
    private static readonly IReadOnlyList<byte[]> Answers = Golden.Load("answers.txt");

    [Fact]
    public void Tables()
    {
        var tables = Read(NFT_MSG.NFT_MSG_NEWTABLE, static (scoped in NetlinkMessage m) => NftTable.Read(m));
        Assert.Equal([(NftFamily.Inet, "vffqos", 6u, 1ul, null), (NftFamily.Netdev, "vffqos", 3u, 2ul, "VPN shaping")], tables.Select(static t => (t.Family, t.Name, t.Use, t.Handle, t.Comment)));
        Assert.All(tables, static t => Assert.Equal((NFT_TABLE_F.NONE, 0u), (t.Flags, t.Owner)));
        Assert.True(new AttributeReader<NFTA_TABLE>(tables[1].Attributes.Span).TryFind(NFTA_TABLE.NFTA_TABLE_USERDATA, out _));
    }

    [Fact]
    public void Chains()
    {
        var chains = Read(NFT_MSG.NFT_MSG_NEWCHAIN, static (scoped in NetlinkMessage m) => NftChain.Read(m));
        Assert.Equal(["helper", "postrouting", "ingress", "two"], chains.Select(static c => c.Name));
        Assert.Null(chains[0].Hook);
        Assert.Equal("jumped to", chains[0].Comment);
        Assert.Equal((2u, 5ul), (chains[0].Use, chains[0].Handle));
        Assert.True((Rulesets.Postrouting with { Policy = NFT_VERDICT.NF_DROP }).Matches(chains[1]));
        Assert.False(Rulesets.Postrouting.Matches(chains[1]));
        Assert.True(Rulesets.Ingress("eth0").Matches(chains[2]));
        Assert.False(Rulesets.Ingress("eth1").Matches(chains[2]));
        Assert.Equal(["eth0"], chains[2].Hook!.Devices);
        Assert.True(NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, 5, "eth0", "ifb0").Matches(chains[3].Hook!));
        Assert.Equal(NFT_CHAIN.NFT_CHAIN_BASE, chains[3].Flags);
    }

    [Fact]
    public void Rules()
    {
        const int Ifb = 4;
        var rules = Read(NFT_MSG.NFT_MSG_NEWRULE, static (scoped in NetlinkMessage m) => NftRule.Read(m));
        Assert.True(Rulesets.DefaultClass("eth0", 0x1fffe).Matches(rules[0]));
        Assert.True((Rulesets.ClassOfMark("eth0", 0x3f003fff) with { Comment = "download of known users" }).Matches(rules[1]));
        Assert.Equal(rules[0].Handle, rules[1].Position);
        Assert.Equal(["meta", "cmp", "payload", "cmp", "limit", "counter", "immediate"], rules[2].Expressions.Select(static e => e.Name));
        Assert.True(rules[2].Expressions[6].TryRead<ImmediateExpression>(out var jump));
        Assert.Equal(NftVerdict.Jump("helper"), jump.Data.Verdict);
        Assert.True(rules[3].Expressions[1].TryRead<LookupExpression>(out var verdicts));
        Assert.Equal(LookupExpression.Map("vm", NftRegister.R1, NftRegister.Verdict), verdicts);
        Assert.True(Rulesets.ClassOfFlow(NftFamily.Ip, Ifb).Matches(rules[4]));
        Assert.False(Rulesets.ClassOfFlow(NftFamily.Ip, Ifb + 1).Matches(rules[4]));
        Assert.False(Rulesets.ClassOfFlow(NftFamily.Ip6, Ifb).Matches(rules[4]));
    }

    [Fact]
    public void Sets()
    {
        var sets = Read(NFT_MSG.NFT_MSG_NEWSET, static (scoped in NetlinkMessage m) => NftSet.Read(m)).ToDictionary(static s => s.Name);
        Assert.True(Rulesets.ClassMap.Matches(sets["classes"]));
        Assert.False((Rulesets.ClassMap with { Size = 1 }).Matches(sets["classes"]));
        Assert.True((Rulesets.FlowMap4 with { Comment = "v4" }).Matches(sets["flows4"]));
        Assert.Equal("ipv4_addr . ipv4_addr . inet_proto . inet_service . inet_service", sets["flows4"].KeyType.ToString());
        Assert.Equal((20, 4, 1ul), (sets["flows4"].KeyLength, sets["flows4"].DataLength, sets["flows4"].Handle));
        Assert.Equal((TimeSpan.FromHours(1), 1000u), (sets["pairs"].Timeout, sets["pairs"].Size));
        Assert.Equal(NFT_SET.NFT_SET_TIMEOUT, sets["pairs"].Flags & NFT_SET.NFT_SET_TIMEOUT);
        Assert.True(Assert.Single(sets["counted"].Expressions).Is<CounterExpression>());
        Assert.Equal(NftDataType.Verdict, sets["vm"].DataType);
        Assert.Null(sets["counted"].DataType);
        Assert.Equal(2u, sets["classes"].Count);
    }

    [Fact]
    public void Elements()
    {
        var elements = Answers.Where(static a => a[4] == (byte)NFT_MSG.NFT_MSG_NEWSETELEM).SelectMany(ReadElements).ToList();
        Assert.Equal(7, elements.Count);
        var (bob, other) = elements[0].Comment is null ? (elements[1], elements[0]) : (elements[0], elements[1]);
        Assert.Equal(("bob", null), (bob.Comment, other.Comment));
        Assert.Equal(Rulesets.Number(0x22), bob.Key.ToArray());
        Assert.Equal(Rulesets.Number(0x10022), bob.Data.ToArray());
        Assert.Equal(Rulesets.Key("203.0.113.7", "198.51.100.1", IpProtocol.Tcp, 50123, 443), elements[2].Key.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(30), elements[3].Timeout);
        Assert.InRange(elements[3].Expiration!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.True(Assert.Single(elements[4].Expressions).TryRead<CounterExpression>(out var counter));
        Assert.Equal(default, counter);
        Assert.Contains(NftVerdict.Jump("helper"), elements.Select(static e => e.Verdict));
        Assert.Contains(NftVerdict.Drop, elements.Select(static e => e.Verdict));
    }

    private delegate T Reader<T>(scoped in NetlinkMessage message);

    private static List<T> Read<T>(NFT_MSG type, Reader<T> read)
    {
        var list = new List<T>();
        foreach (var answer in Answers.Where(a => a[4] == (byte)type))
        {
            var messages = new MessageReader(answer);
            Assert.True(messages.MoveNext());
            list.Add(read(messages.Current));
        }

        return list;
    }

    private static List<NftElement> ReadElements(byte[] message)
    {
        var messages = new MessageReader(message);
        Assert.True(messages.MoveNext());
        var list = new List<NftElement>();
        foreach (var element in new NftElementReader(messages.Current))
            list.Add(element.ToElement());
        return list;
    }
}
