using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class CtExpressionTests : ExpressionTests<CtExpression>
{
    protected override CtExpression Create(Random random)
    {
        var direction = random.Next(2) == 0 ? (IP_CT_DIR?)null : (IP_CT_DIR)random.Next(2);
        return random.Next(2) == 0
            ? CtExpression.Load((NFT_CT)random.Next(100), Register(random), direction)
            : CtExpression.Set((NFT_CT)random.Next(100), Register(random), direction);
    }

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("ct mark 0x00000005", CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1), CmpExpression.Equal(NftRegister.R1, NftData.UInt32(5))),
        new("ct mark set 0x00000005", ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(5)), CtExpression.Set(NFT_CT.NFT_CT_MARK, NftRegister.R1)),
        new("meta mark set ct mark", CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1), MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)),
        new(
            "ct state established,related",
            CtExpression.Load(NFT_CT.NFT_CT_STATE, NftRegister.R1),
            BitwiseExpression.MaskXor(NftRegister.R1, 2 | 4),
            CmpExpression.NotEqual(NftRegister.R1, NftData.UInt32(0))),
        new(
            "ct original ip saddr 192.0.2.1",
            CtExpression.Load(NFT_CT.NFT_CT_SRC_IP, NftRegister.R1, IP_CT_DIR.IP_CT_DIR_ORIGINAL),
            CmpExpression.Equal(NftRegister.R1, NftData.Address(InetAddress.Parse("192.0.2.1")))),
    ];
}
