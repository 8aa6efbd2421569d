using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class ImmediateExpressionTests : ExpressionTests<ImmediateExpression>
{
    protected override ImmediateExpression Create(Random random) => random.Next(3) switch
    {
        0 => ImmediateExpression.Load(Register(random), Data(random)),
        1 => ImmediateExpression.Verdict(NftVerdict.Jump(Name(random))),
        _ => ImmediateExpression.Verdict(new NftVerdict((NFT_VERDICT)random.Next(-5, 5))),
    };

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("meta mark set 0x00000005", ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(5)), MetaExpression.Set(NFT_META.NFT_META_MARK, NftRegister.R1)),
        new("accept", ImmediateExpression.Verdict(NftVerdict.Accept)),
        new("drop", ImmediateExpression.Verdict(NftVerdict.Drop)),
        new("return", ImmediateExpression.Verdict(NftVerdict.Return)),
        new("continue", ImmediateExpression.Verdict(NftVerdict.Continue)),
        new("jump other", ImmediateExpression.Verdict(NftVerdict.Jump("other"))),
        new("goto other", ImmediateExpression.Verdict(NftVerdict.Goto("other"))),
    ];
}
