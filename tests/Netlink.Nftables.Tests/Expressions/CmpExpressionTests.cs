using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class CmpExpressionTests : ExpressionTests<CmpExpression>
{
    protected override CmpExpression Create(Random random) => new() { Source = Register(random), Operation = (NFT_CMP)random.Next(10), Data = Data(random) };

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        Port("80", NFT_CMP.NFT_CMP_EQ),
        Port("!= 80", NFT_CMP.NFT_CMP_NEQ),
        Port("< 80", NFT_CMP.NFT_CMP_LT),
        Port("<= 80", NFT_CMP.NFT_CMP_LTE),
        Port("> 80", NFT_CMP.NFT_CMP_GT),
        Port(">= 80", NFT_CMP.NFT_CMP_GTE),
        new("iifname \"eth*\"", MetaExpression.Load(NFT_META.NFT_META_IIFNAME, NftRegister.R1), CmpExpression.Equal(NftRegister.R1, new NftData("eth"u8))),
    ];

    private static Listed Port(string listing, NFT_CMP operation) => new(
        "udp dport " + listing,
        MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)IpProtocol.Udp)),
        PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2, NftRegister.R1),
        new CmpExpression { Source = NftRegister.R1, Operation = operation, Data = NftData.UInt16BigEndian(80) });
}
