using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>Every message that is sent here is what <c>nft</c> sends; Golden/README.md lists what differs on purpose.</summary>
public class GoldenTests
{
    private const int Ifb = 4;

    private static readonly NftSetName Ports = new(NftFamily.Inet, "vffqos", "ports");

    [Fact]
    public void Transaction_Is_What_Nft_Sends()
    {
        var transport = new ScriptedTransport();
        transport.OnSend = d => transport.Reply(ScriptedTransport.Ack(Messages(d)[^2], 0));
        using var client = new NftClient(new NetlinkSocket(transport));
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        client.Commit(transaction);

        var expected = Golden.Load("batch.txt");
        var sent = Messages(Assert.Single(transport.Sent));
        Assert.Equal(expected.Count, sent.Count);
        for (var i = 0; i < expected.Count; i++)
            Golden.Equal(expected[i], sent[i]);
    }

    [Fact]
    public void Tables_Are_What_Nft_Sends() => Check("tables.txt", t =>
    {
        t.Add(Rulesets.Inet);
        t.Create(Rulesets.Netdev with { Comment = "VPN shaping" });
        t.Add(new NftTable { Family = NftFamily.Ip, Name = "t4", Flags = NFT_TABLE_F.NFT_TABLE_F_DORMANT });
        t.Add(new NftTable { Family = NftFamily.Ip6, Name = "t6" });
        t.DeleteTable(NftFamily.Ip6, "t6");
    });

    [Fact]
    public void Chains_Are_What_Nft_Sends() => Check("chains.txt", t =>
    {
        var chain = new NftChain { Family = NftFamily.Inet, Table = "vffqos", Name = "helper" };
        t.Add(Rulesets.Postrouting);
        t.Add(chain);
        t.Add(chain with { Name = "prerouting", Hook = NftHook.Inet(NF_INET.NF_INET_PRE_ROUTING, (int)NF_IP_PRI.NF_IP_PRI_MANGLE), Comment = "marks" });
        t.Add(chain with { Name = "out", Hook = NftHook.Inet(NF_INET.NF_INET_LOCAL_OUT, (int)NF_IP_PRI.NF_IP_PRI_MANGLE, "route") });
        t.Add(Rulesets.Ingress("eth0"));
        t.Add(Rulesets.Ingress("eth0") with { Name = "two", Hook = NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, 5, "ifb0", "eth0"), Policy = null });
        t.Create(chain with { Name = "strict", Hook = NftHook.Inet(NF_INET.NF_INET_LOCAL_IN, -5), Policy = NFT_VERDICT.NF_DROP });
        t.DeleteChain(NftFamily.Inet, "vffqos", "strict");
    });

    [Fact]
    public void Sets_Are_What_Nft_Sends() => Check("sets.txt", t =>
    {
        var set = new NftSet { Family = NftFamily.Inet, Table = "vffqos", Name = "ports", KeyType = NftDataType.InetService };
        var pair = NftDataType.Concat(NftDataType.Ipv4Addr, NftDataType.InetService);
        // Each was a transaction of its own, in which it had the number 1.
        Alone(t, Rulesets.ClassMap);
        Alone(t, Rulesets.FlowMap4);
        Alone(t, Rulesets.FlowMap6 with { Comment = "v6" });
        Alone(t, Rulesets.ClassMap with { Name = "unsized", Size = null });
        Alone(t, set);
        Alone(t, set with { Name = "pairs", KeyType = pair, Flags = NFT_SET.NFT_SET_TIMEOUT, Timeout = TimeSpan.FromHours(1), Size = 1000 });
        Alone(t, set with { Name = "counted", KeyType = NftDataType.Ipv4Addr, Size = 10, Expressions = [default(CounterExpression)] });
        Alone(t, set with { Name = "ranges", KeyType = pair, Flags = NFT_SET.NFT_SET_INTERVAL | NFT_SET.NFT_SET_CONCAT });
        Alone(t, set with { Name = "vm", KeyType = NftDataType.Mark, DataType = NftDataType.Verdict });
        t.DeleteSet(Ports);
    });

    [Fact]
    public void Elements_Are_What_Nft_Sends() => Check("elements.txt", t =>
    {
        var classes = t.AddElements(Rulesets.Classes);
        classes.Add(Element(Rulesets.Number(0x11), Rulesets.Number(0x10011)));
        classes.Add(new NftElementView
        {
            Key = Rulesets.Number(0x22),
            Data = Rulesets.Number(0x10022),
            UserData = default(NftUserData).WithString(NftUserData.CommentType, "bob").Bytes,
        });
        classes.End();
        t.CreateElement(Rulesets.Classes, Element(Rulesets.Number(0x33), Rulesets.Number(0x10033)));
        t.AddElement(Rulesets.Flows4, Element(Rulesets.Key("203.0.113.7", "198.51.100.1", IpProtocol.Tcp, 50123, 443), Rulesets.Number(0x20011)));
        t.AddElement(Rulesets.Flows6, Element(Rulesets.Key("2001:db8::2", "2001:db8::1", IpProtocol.Udp, 41000, 443), Rulesets.Number(0x20022)));
        var ports = t.AddElements(Ports);
        ports.Add(Element([0, 80]));
        ports.Add(Element([1, 0xbb]));
        ports.End();
        t.AddElement(Ports with { Name = "pairs" }, new NftElementView { Key = new byte[] { 10, 0, 0, 1, 0, 80, 0, 0 }, Timeout = TimeSpan.FromSeconds(30) });
        var verdicts = t.AddElements(Ports with { Name = "vm" });
        uint key = 0;
        foreach (var verdict in new[] { NftVerdict.Jump("helper"), NftVerdict.Accept, NftVerdict.Goto("helper"), NftVerdict.Return, NftVerdict.Drop })
            verdicts.Add(new NftElementView { Key = Rulesets.Number(++key), Verdict = verdict });
        verdicts.End();
        t.DeleteElement(Rulesets.Classes, Rulesets.Number(0x33));
        t.FlushSet(Rulesets.Classes);
    });

    [Fact]
    public void Rules_Are_What_Nft_Sends() => Check("rules.txt", t =>
    {
        var marked = new NftRule { Family = NftFamily.Inet, Table = "t", Chain = "c" };
        var captured = Golden.Load("rules.txt");
        t.Append(Rulesets.DefaultClass("eth0", 0x1fffe));
        t.Append(WithSetId(Rulesets.ClassOfMark("eth0", 0x3f003fff), captured[t.Count]));
        t.Append(WithSetId(Rulesets.ClassOfMark("eth0", 0x3f003fff) with { Comment = "download of known users" }, captured[t.Count]));
        t.Append(WithSetId(Rulesets.ClassOfFlow(NftFamily.Ip, Ifb), captured[t.Count]));
        t.Append(WithSetId(Rulesets.ClassOfFlow(NftFamily.Ip6, Ifb), captured[t.Count]));
        t.Insert(Ingress(
            MetaExpression.Load(NFT_META.NFT_META_PROTOCOL, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(0x0800)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, 12, 1, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte(10)),
            default(CounterExpression),
            ImmediateExpression.Verdict(NftVerdict.Accept)));
        t.Append(Prerouting(
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)));
        t.Append(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1),
            CtExpression.Set(NFT_CT.NFT_CT_MARK, NftRegister.R1)));
        t.Append(Prerouting(
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, 0x3f003fff),
            CmpExpression.NotEqual(NftRegister.R1, NftData.UInt32(0)),
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, 0x3f003fff),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)));
        t.Append(Prerouting(
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, 0xc0ffc000 & ~0x11u, 0x11),
            CtExpression.Set(NFT_CT.NFT_CT_MARK, NftRegister.R1)));
        t.Append(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1),
            BitwiseExpression.ShiftLeft(NftRegister.R1, 4),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)));
        t.Append(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1),
            BitwiseExpression.ShiftRight(NftRegister.R1, 4),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)));
        t.Append(WithSetId(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_IIFNAME, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.DeviceName("eth0")),
            MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte(6)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, NftRegister.R1),
            LookupExpression.InSet("ports", NftRegister.R1),
            default(CounterExpression),
            ImmediateExpression.Verdict(NftVerdict.Jump("helper"))), captured[t.Count]));
        t.Append(WithSetId(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte(6)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, NftRegister.R1),
            LookupExpression.NotInSet("ports", NftRegister.R1),
            ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(5)),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)), captured[t.Count]));
        t.Append(WithSetId(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1),
            LookupExpression.Map("vm", NftRegister.R1, NftRegister.Verdict)), captured[t.Count]));
        t.Append(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_IIF, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.UInt32(3)),
            MetaExpression.Load(NFT_META.NFT_META_PROTOCOL, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(0x0800)),
            MetaExpression.Load(NFT_META.NFT_META_NFPROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)NFPROTO.NFPROTO_IPV4)),
            MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)IpProtocol.Tcp)),
            ImmediateExpression.Verdict(NftVerdict.Accept)));
        // The second expression turns the byte order around: of a kind that is not written here yet, so it is taken as nft wrote it.
        t.Append(Prerouting(
            CtExpression.Load(NFT_CT.NFT_CT_PKTS, NftRegister.R1, IP_CT_DIR.IP_CT_DIR_ORIGINAL),
            ReadRule(captured[t.Count]).Expressions[1],
            new CmpExpression { Source = NftRegister.R1, Operation = NFT_CMP.NFT_CMP_GT, Data = new NftData([0, 0, 0, 0, 0, 0, 0, 5]) },
            new CounterExpression { Packets = 5, Bytes = 500 },
            ImmediateExpression.Verdict(NftVerdict.Goto("helper"))));
        t.Append(Forward(0x0800, 16, "10.9.9.9", "10.0.0.9", NFPROTO.NFPROTO_IPV4));
        t.Append(Forward(0x86dd, 24, "2001:db8::9", "2001:db8::8", NFPROTO.NFPROTO_IPV6));
        t.Append(Prerouting(
            MetaExpression.Load(NFT_META.NFT_META_NFPROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)NFPROTO.NFPROTO_IPV4)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, 8, 2, NftRegister.R1),
            new BitwiseExpression { Source = NftRegister.R1, Destination = NftRegister.R1, Length = 2, Mask = new NftData([0, 0xff]), Xor = new NftData([5, 0]) },
            new PayloadExpression
            {
                Source = NftRegister.R1,
                Base = NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER,
                Offset = 8,
                Length = 2,
                ChecksumType = NFT_PAYLOAD_CSUM.NFT_PAYLOAD_CSUM_INET,
                ChecksumOffset = 10,
            }));
        t.Append(marked with { Expressions = Mark(5) });
        t.Replace(marked with { Expressions = Mark(6), Handle = 2, Comment = "x" });
        t.Insert(marked with { Expressions = Mark(4), Position = 2 });
        t.Append(marked with { Expressions = Mark(7), Position = 2 });
        t.DeleteRule(NftFamily.Inet, "t", "c", 2);
        t.FlushChain(NftFamily.Inet, "t", "c");
        t.FlushTable(NftFamily.Inet, "t");
    });

    [Fact]
    public void Rule_That_Was_Read_Is_Written_As_It_Was()
    {
        var transaction = new NftTransaction();
        var rules = Golden.Load("rules.txt").Where(static m => m[4] == (byte)NFT_MSG.NFT_MSG_NEWRULE).ToList();
        foreach (var bytes in rules)
        {
            var flags = (NLM_F)BitConverter.ToUInt16(bytes, 6);
            var rule = ReadRule(bytes);
            if (flags.HasFlag(NLM_F.NLM_F_APPEND))
                transaction.Append(rule);
            else if (flags.HasFlag(NLM_F.NLM_F_REPLACE))
                transaction.Replace(rule);
            else
                transaction.Insert(rule);
            Golden.Equal(bytes, transaction.MessageAt(transaction.Count - 1));
        }

        Assert.Equal(24, rules.Count);
    }

    [Fact]
    public void Requests_Are_What_Nft_Sends()
    {
        var transport = new ScriptedTransport();
        transport.OnSend = d =>
        {
            var isDump = ((NLM_F)BitConverter.ToUInt16(d, 6)).HasFlag(NLM_F.NLM_F_DUMP);
            transport.Reply(isDump ? ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI, ScriptedTransport.SequenceOf(d), new byte[4]) : ScriptedTransport.Ack(d, 0));
        };
        using var client = new NftClient(new NetlinkSocket(transport));
        client.GetTables();
        client.FindTable(NftFamily.Inet, "vffqos");
        client.GetChains();
        client.FindChain(NftFamily.Inet, "vffqos", "postrouting");
        client.GetRules(NftFamily.Inet);
        client.GetRules(NftFamily.Inet, "vffqos");
        client.GetRules(NftFamily.Inet, "vffqos", "postrouting");
        client.GetSets();
        client.GetSets(NftFamily.Inet, "vffqos");
        client.FindSet(Rulesets.Classes);
        client.GetElements(Rulesets.Classes);
        client.FindElement(Rulesets.Classes, Rulesets.Number(0x33));
        client.GetGeneration();

        var expected = Golden.Load("requests.txt");
        Assert.Equal(expected.Count, transport.Sent.Count);
        for (var i = 0; i < expected.Count; i++)
            Golden.Equal(expected[i], transport.Sent[i]);
    }

    private static void Check(string file, Action<NftTransaction> build)
    {
        var transaction = new NftTransaction();
        build(transaction);
        var expected = Golden.Load(file);
        Assert.Equal(expected.Count, transaction.Count);
        for (var i = 0; i < expected.Count; i++)
            Golden.Equal(expected[i], transaction.MessageAt(i));
    }

    private static void Alone(NftTransaction transaction, NftSet set)
    {
        var message = transaction.Begin(NFT_MSG.NFT_MSG_NEWSET, NLM_F.NLM_F_CREATE);
        set.Write(message, id: 1);
        transaction.Commit(message);
    }

    private static NftElementView Element(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data = default) => new() { Key = key, Data = data };

    private static NftRule Prerouting(params NftExpression[] expressions) => new()
    {
        Family = NftFamily.Inet,
        Table = "vffqos",
        Chain = "prerouting",
        Expressions = expressions,
    };

    private static NftRule Ingress(params NftExpression[] expressions) => Prerouting(expressions) with { Family = NftFamily.Netdev, Chain = "ingress" };

    private static NftRule Forward(ushort protocol, uint offset, string destination, string neighbour, NFPROTO family)
    {
        var address = InetAddress.Parse(destination);
        return Ingress(
            MetaExpression.Load(NFT_META.NFT_META_PROTOCOL, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(protocol)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, offset, (uint)address.Length, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Address(address)),
            ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(Ifb)),
            ImmediateExpression.Load(NftRegister.R2, NftData.Address(InetAddress.Parse(neighbour))),
            FwdExpression.ToNeighbour(NftRegister.R1, NftRegister.R2, family));
    }

    private static NftExpression[] Mark(uint mark) =>
    [
        CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.UInt32(mark)),
    ];

    /// <summary>The same rule with the set's number beside its name, as nft has it: numbers of its own choice, which are taken from what it sent.</summary>
    private static NftRule WithSetId(NftRule rule, byte[] captured)
    {
        var id = ReadRule(captured).Expressions.Select(static e => e.TryRead<LookupExpression>(out var lookup) ? lookup.SetId : null).Single(static id => id is not null);
        return rule with { Expressions = [.. rule.Expressions.Select(e => e.TryRead<LookupExpression>(out var lookup) ? lookup with { SetId = id } : e)] };
    }

    private static NftRule ReadRule(byte[] bytes)
    {
        var messages = new MessageReader(bytes);
        Assert.True(messages.MoveNext());
        return NftRule.Read(messages.Current);
    }

    private static List<byte[]> Messages(byte[] datagram)
    {
        var messages = new List<byte[]>();
        for (var at = 0; at < datagram.Length;)
        {
            var length = BitConverter.ToInt32(datagram, at);
            messages.Add(datagram[at..(at + length)]);
            at += length;
        }

        return messages;
    }
}
