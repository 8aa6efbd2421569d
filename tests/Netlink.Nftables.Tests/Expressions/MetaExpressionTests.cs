using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class MetaExpressionTests : ExpressionTests<MetaExpression>
{
    protected override MetaExpression Create(Random random) => random.Next(2) == 0
        ? MetaExpression.Load((NFT_META)random.Next(100), Register(random))
        : MetaExpression.Set((NFT_META)random.Next(100), Register(random));

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("meta mark 0x00000005", Is(NFT_META.NFT_META_MARK, NftData.UInt32(5))),
        new("iifname \"eth0\"", Is(NFT_META.NFT_META_IIFNAME, NftData.DeviceName("eth0"))),
        new("iif \"eth0\"", Is(NFT_META.NFT_META_IIF, NftData.UInt32((uint)device))),
        new("meta protocol ip6", Is(NFT_META.NFT_META_PROTOCOL, NftData.UInt16BigEndian(0x86dd))),
        new("meta nfproto ipv4", Is(NFT_META.NFT_META_NFPROTO, NftData.Byte((byte)NFPROTO.NFPROTO_IPV4))),
        new("meta l4proto udp", Is(NFT_META.NFT_META_L4PROTO, NftData.Byte((byte)IpProtocol.Udp))),
        new("meta priority 1:fffe", Is(NFT_META.NFT_META_PRIORITY, NftData.UInt32(0x1fffe))),
        new("meta priority set 1:fffe", Set(NFT_META.NFT_META_PRIORITY, 0x1fffe)),
        new("meta mark set 0x00000007", Set(NFT_META.NFT_META_MARK, 7)),
    ];

    private static NftExpression[] Is(NFT_META key, NftData value) => [MetaExpression.Load(key, NftRegister.R1), CmpExpression.Equal(NftRegister.R1, value)];

    private static NftExpression[] Set(NFT_META key, uint value) => [ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(value)), MetaExpression.Set(key, NftRegister.R1)];
}
