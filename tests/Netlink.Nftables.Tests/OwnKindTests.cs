using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>A kind of expression that the library knows nothing of is one type, wherever it lives.</summary>
public class OwnKindTests
{
    private enum NFTA_LIMIT : ushort
    {
        NFTA_LIMIT_UNSPEC,
        NFTA_LIMIT_RATE,
        NFTA_LIMIT_UNIT,
    }

    [Fact]
    public void Kind_Of_Ones_Own_Reads_What_Nft_Made()
    {
        var limit = Golden.Load("answers.txt").Where(static m => m[4] == (byte)NFT_MSG.NFT_MSG_NEWRULE).SelectMany(Expressions).Single(static e => e.Is<Limit>());
        Assert.True(limit.TryRead<Limit>(out var read));
        Assert.Equal(new Limit { Rate = 5, Seconds = 1 }, read);
        Assert.True(limit.Matches(new Limit { Rate = 5, Seconds = 1 }));
        Assert.False(limit.Matches(new Limit { Rate = 6, Seconds = 1 }));
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void Kind_Of_Ones_Own_Is_Written_And_Its_Attributes_Are_Named_In_Errors()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.Postrouting);
        transaction.Append(Rulesets.DefaultClass("eth0", 1) with { Expressions = [new Limit { Rate = 7, Seconds = 60 }] });
        scratch.Nft.Commit(transaction);
        Assert.Contains("limit rate 7/minute", scratch.Ruleset(), StringComparison.Ordinal);

        // A lookup in a map that is not there: the kernel points at the expression as a whole.
        transaction.Clear();
        transaction.Append(Rulesets.ClassOfMark("eth0", 1) with { Expressions = [new Limit { Rate = 7, Seconds = 60 }, LookupExpression.InSet("absent", NftRegister.R1)] });
        Assert.False(scratch.Nft.TryCommit(transaction, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.StartsWith("NFTA_RULE_EXPRESSIONS/NFTA_LIST_ELEM", error.Attribute, StringComparison.Ordinal);
    }

    private static IEnumerable<NftExpression> Expressions(byte[] message)
    {
        var messages = new MessageReader(message);
        Assert.True(messages.MoveNext());
        return NftRule.Read(messages.Current).Expressions;
    }

    private readonly record struct Limit : INftExpression<Limit>
    {
        public static ReadOnlySpan<byte> Name => "limit"u8;

        public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_LIMIT>();

        public ulong Rate { get; init; }

        public ulong Seconds { get; init; }

        public static implicit operator NftExpression(Limit expression) => NftExpression.Of(expression);

        public void WriteData(AttributeWriter<NFTA_EXPR> expression)
        {
            using var data = expression.NestFlagged<NFTA_LIMIT>(NFTA_EXPR.NFTA_EXPR_DATA);
            data.PutBigEndian(NFTA_LIMIT.NFTA_LIMIT_RATE, Rate);
            data.PutBigEndian(NFTA_LIMIT.NFTA_LIMIT_UNIT, Seconds);
        }

        public static Limit Read(ReadOnlySpan<byte> data)
        {
            var limit = default(Limit);
            foreach (var a in new AttributeReader<NFTA_LIMIT>(data))
            {
                limit = a.Id switch
                {
                    NFTA_LIMIT.NFTA_LIMIT_RATE => limit with { Rate = a.ReadUInt64BigEndian() },
                    NFTA_LIMIT.NFTA_LIMIT_UNIT => limit with { Seconds = a.ReadUInt64BigEndian() },
                    _ => limit,
                };
            }

            return limit;
        }
    }
}
