using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>The rules of both data planes, as the tests use them.</summary>
internal static class Rulesets
{
    public const string Table = "vffqos";

    public static readonly NftSetName Classes = new(NftFamily.Inet, Table, "classes");
    public static readonly NftSetName Flows4 = new(NftFamily.Netdev, Table, "flows4");
    public static readonly NftSetName Flows6 = new(NftFamily.Netdev, Table, "flows6");

    public static NftTable Inet => new() { Family = NftFamily.Inet, Name = Table };

    public static NftTable Netdev => new() { Family = NftFamily.Netdev, Name = Table };

    public static NftSet ClassMap => new()
    {
        Family = NftFamily.Inet,
        Table = Table,
        Name = "classes",
        KeyType = NftDataType.Mark,
        DataType = NftDataType.ClassId,
        Size = 65536,
    };

    public static NftSet FlowMap4 => new()
    {
        Family = NftFamily.Netdev,
        Table = Table,
        Name = "flows4",
        KeyType = NftDataType.Concat(NftDataType.Ipv4Addr, NftDataType.Ipv4Addr, NftDataType.InetProto, NftDataType.InetService, NftDataType.InetService),
        DataType = NftDataType.ClassId,
        Size = 131072,
    };

    public static NftSet FlowMap6 => FlowMap4 with
    {
        Name = "flows6",
        KeyType = NftDataType.Concat(NftDataType.Ipv6Addr, NftDataType.Ipv6Addr, NftDataType.InetProto, NftDataType.InetService, NftDataType.InetService),
    };

    public static NftChain Postrouting => new()
    {
        Family = NftFamily.Inet,
        Table = Table,
        Name = "postrouting",
        Hook = NftHook.Inet(NF_INET.NF_INET_POST_ROUTING, 0),
        Policy = NFT_VERDICT.NF_ACCEPT,
    };

    /// <summary><c>oifname DEVICE meta priority set CLASS</c></summary>
    public static NftRule DefaultClass(string device, uint classId) => new()
    {
        Family = NftFamily.Inet,
        Table = Table,
        Chain = "postrouting",
        Expressions =
        [
            MetaExpression.Load(NFT_META.NFT_META_OIFNAME, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.DeviceName(device)),
            ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(classId)),
            MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
        ],
    };

    /// <summary><c>oifname DEVICE meta priority set ct mark &amp; MASK map @classes</c></summary>
    public static NftRule ClassOfMark(string device, uint mask, params NftExpression[] more) => new()
    {
        Family = NftFamily.Inet,
        Table = Table,
        Chain = "postrouting",
        Expressions =
        [
            MetaExpression.Load(NFT_META.NFT_META_OIFNAME, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.DeviceName(device)),
            CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, mask),
            LookupExpression.Map("classes", NftRegister.R1, NftRegister.R1),
            MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
            .. more,
        ],
    };

    public static NftChain Ingress(string device) => new()
    {
        Family = NftFamily.Netdev,
        Table = Table,
        Name = "ingress",
        Hook = NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, int.MaxValue, device),
        Policy = NFT_VERDICT.NF_ACCEPT,
    };

    /// <summary><c>meta priority set ip saddr . ip daddr . meta l4proto . th sport . th dport map @flows4 fwd to DEVICE</c>, and for IPv6.</summary>
    public static NftRule ClassOfFlow(NftFamily ip, int device)
    {
        var (protocol, source, length, map) = ip == NftFamily.Ip ? ((ushort)0x0800, 12u, 4u, "flows4") : ((ushort)0x86dd, 8u, 16u, "flows6");
        var destination = NftRegister.R1.After((int)length);
        var transport = destination.After((int)length);
        return new NftRule
        {
            Family = NftFamily.Netdev,
            Table = Table,
            Chain = "ingress",
            Expressions =
            [
                MetaExpression.Load(NFT_META.NFT_META_PROTOCOL, NftRegister.R1),
                CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(protocol)),
                PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, source, length, NftRegister.R1),
                PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, source + length, length, destination),
                MetaExpression.Load(NFT_META.NFT_META_L4PROTO, transport),
                PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 0, 2, transport.After(1)),
                PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, transport.After(1).After(2)),
                LookupExpression.Map(map, NftRegister.R1, NftRegister.R1),
                MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
                ImmediateExpression.Load(NftRegister.R1, NftData.UInt32((uint)device)),
                FwdExpression.ToDevice(NftRegister.R1),
            ],
        };
    }

    /// <summary>A flow's key in one of the flow maps.</summary>
    public static byte[] Key(string source, string destination, IpProtocol protocol, ushort sourcePort, ushort destinationPort)
    {
        var key = new NftKeyWriter(new byte[NftKeyWriter.MaximumLength]);
        key.Put(InetAddress.Parse(source));
        key.Put(InetAddress.Parse(destination));
        key.Put(protocol);
        key.PutBigEndian(sourcePort);
        key.PutBigEndian(destinationPort);
        return key.Key.ToArray();
    }

    /// <summary>A class as data: <c>1:fffe</c> is 0x1fffe.</summary>
    public static byte[] Number(uint value) => BitConverter.GetBytes(value);
}
