using System.Net.Sockets;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>Packets through the rules of both data planes, and where they were counted.</summary>
[Trait("Category", "Kernel")]
public class PlaneTests
{
    private const int Packets = 20;
    private const uint Mask = 0x3f003fff;

    [Fact]
    public void Download_Takes_The_Class_Of_The_Connection_Mark_And_A_Miss_Takes_The_Default()
    {
        using var wire = new Wire();
        wire.AddHtb("eth0", "1", "fffe", "fe", "11", "22");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.Add(Rulesets.Postrouting);
        transaction.Append(Rulesets.DefaultClass("eth0", 0x100fe));
        transaction.Append(Rulesets.ClassOfMark("eth0", Mask, default(CounterExpression)));
        transaction.Append(Count("postrouting"));
        AddMarks(transaction, (1001, 0xc0000011), (1002, 0x22), (1003, 0x33));
        transaction.AddElement(Rulesets.Classes, new NftElementView { Key = Rulesets.Number(0x11), Data = Rulesets.Number(0x10011) });
        transaction.AddElement(Rulesets.Classes, new NftElementView { Key = Rulesets.Number(0x22), Data = Rulesets.Number(0x10022) });
        wire.Node.Nft.Commit(transaction);

        foreach (var (node, client) in new[] { (Wire.Node4, Wire.Client4), (Wire.Node6, Wire.Client6) })
        {
            foreach (var port in new ushort[] { 1001, 1002, 1003, 1004 })
            {
                using var from = wire.OpenAtNode(node, 5000);
                using var to = wire.OpenAtClient(client, port);
                Wire.Exchange(from, to, Packets);
            }
        }

        var packets = wire.PacketsByClass("eth0");
        Assert.Equal(2 * Packets, packets["1:11"]); // of the mark only our bits count
        Assert.Equal(2 * Packets, packets["1:22"]);
        // Unknown marks, no mark; and what hosts say to each other over IPv6 of their own accord.
        Assert.InRange(packets["1:fe"], 4 * Packets, 6 * Packets);
        var counters = wire.Node.Nft.GetRules(NftFamily.Inet, Rulesets.Table, "postrouting")
            .Select(static r => r.Expressions[^1].TryRead<CounterExpression>(out var c) ? (long)c.Packets : -1).ToArray();
        Assert.Equal(4 * Packets, counters[1]); // a miss ends its rule
        Assert.InRange(counters[2], 8 * Packets, 10 * Packets); // and the chain goes on
    }

    [Fact]
    public void Download_Without_A_Default_Leaves_A_Miss_Its_Own_Priority()
    {
        using var wire = new Wire();
        wire.AddHtb("eth0", "1", "fffe", "11", "22");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.Add(Rulesets.Postrouting);
        transaction.Append(Rulesets.ClassOfMark("eth0", Mask));
        AddMarks(transaction, (1001, 0x11));
        transaction.AddElement(Rulesets.Classes, new NftElementView { Key = Rulesets.Number(0x11), Data = Rulesets.Number(0x10011) });
        wire.Node.Nft.Commit(transaction);

        foreach (var port in new ushort[] { 1001, 1002 })
        {
            using var from = wire.OpenAtNode(Wire.Node4, 5000);
            using var to = wire.OpenAtClient(Wire.Client4, port);
            const int SolSocket = 1, SoPriority = 12;
            from.SetRawSocketOption(SolSocket, SoPriority, BitConverter.GetBytes(0x10022));
            Wire.Exchange(from, to, Packets);
        }

        var packets = wire.PacketsByClass("eth0");
        Assert.Equal(Packets, packets["1:11"]);
        Assert.Equal(Packets, packets["1:22"]);
    }

    [Fact]
    public void Upload_Of_Known_Flows_Goes_Through_The_Ifb_In_Its_Class_And_The_Rest_Stays_Away()
    {
        using var wire = new Wire();
        var ifb = wire.Node.AddIfb("ifb0");
        wire.AddHtb("ifb0", "2", "fffe", "11", "22", "33", "44");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Netdev);
        transaction.Add(Rulesets.FlowMap4);
        transaction.Add(Rulesets.FlowMap6);
        transaction.Add(Rulesets.Ingress("eth0"));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip, ifb.Index));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip6, ifb.Index));
        Know(transaction, Rulesets.Flows4, Wire.Client4, 5001, Wire.Node4, IpProtocol.Udp, 0x20011);
        Know(transaction, Rulesets.Flows6, Wire.Client6, 5001, Wire.Node6, IpProtocol.Udp, 0x20022);
        Know(transaction, Rulesets.Flows4, Wire.Client4, 6001, Wire.Node4, IpProtocol.Tcp, 0x20033);
        Know(transaction, Rulesets.Flows6, Wire.Client6, 6001, Wire.Node6, IpProtocol.Tcp, 0x20044);
        wire.Node.Nft.Commit(transaction);

        foreach (var (node, client) in new[] { (Wire.Node4, Wire.Client4), (Wire.Node6, Wire.Client6) })
        {
            using var to = wire.OpenAtNode(node, 443);
            using var known = wire.OpenAtClient(client, 5001);
            using var unknown = wire.OpenAtClient(client, 5002);
            Wire.Exchange(known, to, Packets);
            Wire.Exchange(unknown, to, Packets);
            wire.SendStream(node, 443, client, 6001, 100_000);
            wire.SendStream(node, 443, client, 6002, 100_000);
        }

        var packets = wire.PacketsByClass("ifb0");
        Assert.Equal(Packets, packets["2:11"]);
        Assert.Equal(Packets, packets["2:22"]);
        Assert.InRange(packets["2:33"], 4, 1000);
        Assert.InRange(packets["2:44"], 4, 1000);
        Assert.InRange(packets["2:fffe"], 0, Packets - 1); // what the IFB says to itself over IPv6

        // A flow that is forgotten goes its own way again.
        transaction.Clear();
        transaction.DeleteElement(Rulesets.Flows4, Rulesets.Key(Wire.Client4, Wire.Node4, IpProtocol.Udp, 5001, 443));
        wire.Node.Nft.Commit(transaction);
        using (var to = wire.OpenAtNode(Wire.Node4, 443))
        using (var forgotten = wire.OpenAtClient(Wire.Client4, 5001))
        {
            Wire.Exchange(forgotten, to, Packets);
        }

        Assert.Equal(packets["2:11"], wire.PacketsByClass("ifb0")["2:11"]);
        Assert.InRange(wire.PacketsByClass("ifb0")["2:fffe"], 0, Packets - 1);
    }

    [Fact]
    public void Marks_Of_Known_Flows_Reach_The_Packet_And_Others_Stay()
    {
        using var wire = new Wire();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.Postrouting);
        AddMarks(transaction, (1001, 0xc0000011), (1002, 0xc0000000));
        // ct mark & MASK != 0 meta mark set ct mark & MASK
        transaction.Append(Rule(
            "postrouting",
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, Mask),
            CmpExpression.NotEqual(NftRegister.R1, NftData.UInt32(0)),
            MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)));
        foreach (var mark in new uint[] { 0x11, 0x7 })
        {
            transaction.Append(Rule(
                "postrouting",
                MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1),
                CmpExpression.Equal(NftRegister.R1, NftData.UInt32(mark)),
                default(CounterExpression)));
        }

        wire.Node.Nft.Commit(transaction);
        foreach (var port in new ushort[] { 1001, 1002 })
        {
            using var from = wire.OpenAtNode(Wire.Node4, 5000);
            using var to = wire.OpenAtClient(Wire.Client4, port);
            const int SolSocket = 1, SoMark = 36;
            from.SetRawSocketOption(SolSocket, SoMark, BitConverter.GetBytes(0x7));
            Wire.Exchange(from, to, Packets);
        }

        var counters = wire.Node.Nft.GetRules(NftFamily.Inet, Rulesets.Table, "postrouting")
            .Select(static r => r.Expressions[^1].TryRead<CounterExpression>(out var c) ? (long)c.Packets : -1).ToArray();
        Assert.Equal([-1, Packets, Packets], counters);
    }

    /// <summary>Flows to these UDP ports get these connection marks as they begin.</summary>
    private static void AddMarks(NftTransaction transaction, params (ushort Port, uint Mark)[] marks)
    {
        transaction.Add(new NftChain
        {
            Family = NftFamily.Inet,
            Table = Rulesets.Table,
            Name = "output",
            Hook = NftHook.Inet(NF_INET.NF_INET_LOCAL_OUT, (int)NF_IP_PRI.NF_IP_PRI_MANGLE),
        });
        foreach (var (port, mark) in marks)
        {
            transaction.Append(Rule(
                "output",
                MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
                CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)IpProtocol.Udp)),
                PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, NftRegister.R1),
                CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(port)),
                ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(mark)),
                CtExpression.Set(NFT_CT.NFT_CT_MARK, NftRegister.R1)));
        }
    }

    private static void Know(NftTransaction transaction, NftSetName map, string client, ushort port, string node, IpProtocol protocol, uint classId) =>
        transaction.CreateElement(map, new NftElementView { Key = Rulesets.Key(client, node, protocol, port, 443), Data = Rulesets.Number(classId) });

    private static NftRule Count(string chain) => Rule(
        chain,
        MetaExpression.Load(NFT_META.NFT_META_OIFNAME, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.DeviceName("eth0")),
        default(CounterExpression));

    private static NftRule Rule(string chain, params NftExpression[] expressions) => new()
    {
        Family = NftFamily.Inet,
        Table = Rulesets.Table,
        Chain = chain,
        Expressions = expressions,
    };
}
