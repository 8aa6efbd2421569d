using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class BitwiseExpressionTests : ExpressionTests<BitwiseExpression>
{
    protected override BitwiseExpression Create(Random random) => new()
    {
        Source = Register(random),
        Destination = Register(random),
        Operation = (NFT_BITWISE)random.Next(8),
        Length = (uint)random.Next(65),
        Mask = random.Next(2) == 0 ? null : Data(random),
        Xor = random.Next(2) == 0 ? null : Data(random),
        Data = random.Next(2) == 0 ? null : Data(random),
        Source2 = random.Next(2) == 0 ? null : Register(random),
    };

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        Mark("ct mark & 0x3f003fff", BitwiseExpression.MaskXor(NftRegister.R1, 0x3f003fff)),
        Mark("ct mark & 0xffffff11 | 0x00000011", BitwiseExpression.MaskXor(NftRegister.R1, 0xffffff00, 0x11)),
        Mark("ct mark ^ 0x00000011", BitwiseExpression.MaskXor(NftRegister.R1, 0xffffffff, 0x11)),
        Mark("ct mark << 4", BitwiseExpression.ShiftLeft(NftRegister.R1, 4)),
        Mark("ct mark >> 4", BitwiseExpression.ShiftRight(NftRegister.R1, 4)),
    ];

    private static Listed Mark(string listing, BitwiseExpression bitwise) => new(
        "meta mark set " + listing,
        CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
        bitwise,
        MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1));
}
