using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class LookupExpressionTests : ExpressionTests<LookupExpression>
{
    private static NftSet Set => new() { Family = NftFamily.Inet, Table = "t", Name = "marks", KeyType = NftDataType.Mark };

    [Fact]
    public void Number_Of_The_Set_Within_Its_Transaction_Makes_No_Difference()
    {
        NftExpression named = LookupExpression.InSet("s", NftRegister.R1);
        Assert.True(named.Matches(LookupExpression.InSet("s", NftRegister.R1) with { SetId = 5 }));
        Assert.False(named.Matches(LookupExpression.InSet("other", NftRegister.R1) with { SetId = 5 }));
        Assert.False(named.Matches(LookupExpression.NotInSet("s", NftRegister.R1)));
    }

    protected override LookupExpression Create(Random random) => new()
    {
        SetName = Name(random),
        Source = Register(random),
        Destination = random.Next(3) switch { 0 => null, 1 => NftRegister.Verdict, _ => Register(random) },
        SetId = random.Next(2) == 0 ? null : (uint)random.Next(),
        Flags = (NFT_LOOKUP_F)random.Next(2),
    };

    protected override void Prepare(NftTransaction transaction)
    {
        transaction.Add(Set);
        transaction.Add(Set with { Name = "classes", DataType = NftDataType.ClassId });
        transaction.Add(Set with { Name = "verdicts", DataType = NftDataType.Verdict });
    }

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("meta mark @marks", Mark, LookupExpression.InSet("marks", NftRegister.R1)),
        new("meta mark != @marks", Mark, LookupExpression.NotInSet("marks", NftRegister.R1)),
        new(
            "meta priority set meta mark map @classes",
            Mark,
            LookupExpression.Map("classes", NftRegister.R1, NftRegister.R1),
            MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1)),
        new("meta mark vmap @verdicts", Mark, LookupExpression.Map("verdicts", NftRegister.R1, NftRegister.Verdict)),
    ];

    private static NftExpression Mark => MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1);
}
