namespace VffNetlink.Nftables.Tests;

public class CounterExpressionTests : ExpressionTests<CounterExpression>
{
    [Fact]
    public void Counts_Make_No_Difference() =>
        Assert.True(NftExpression.Of(new CounterExpression { Packets = 1, Bytes = 2 }).Matches(default(CounterExpression)));

    protected override CounterExpression Create(Random random) => new() { Packets = (ulong)random.NextInt64(), Bytes = (ulong)random.NextInt64() };

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("counter packets 0 bytes 0", default(CounterExpression)),
        new("counter packets 5 bytes 500", new CounterExpression { Packets = 5, Bytes = 500 }),
    ];
}
