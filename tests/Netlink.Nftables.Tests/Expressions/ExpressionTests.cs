using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>
/// What holds for every kind of expression. A kind's own test derives from this, says how to make one at random, and gives rules
/// with what <c>nft</c> prints of them.
/// </summary>
/// <typeparam name="T">The kind.</typeparam>
public abstract class ExpressionTests<T>
    where T : struct, INftExpression<T>
{
    /// <summary>A rule, and what nft prints of it.</summary>
    /// <param name="Listing">As <c>nft list chain</c> prints it.</param>
    /// <param name="Expressions">What it does.</param>
    protected sealed record Listed(string Listing, params NftExpression[] Expressions);

    /// <summary>Where the rules go: inet (hook prerouting) or netdev (hook ingress on eth0).</summary>
    protected virtual NftFamily Family => NftFamily.Inet;

    /// <summary>Any expression of the kind that can be written.</summary>
    protected abstract T Create(Random random);

    /// <summary>Rules that use the kind. <c>{0}</c> in a listing stands for what nft prints of the device eth0.</summary>
    /// <param name="device">The index of eth0.</param>
    protected abstract IReadOnlyList<Listed> Rules(int device);

    /// <summary>What the rules need to be there.</summary>
    /// <param name="transaction">Has the table <c>t</c> already.</param>
    protected virtual void Prepare(NftTransaction transaction)
    {
    }

    [Fact]
    public void What_Is_Written_Is_Read()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var written = Create(random);
            var expression = NftExpression.Of(written);
            Assert.True(expression.TryRead<T>(out var read));
            Assert.Equal(written, read);
            Assert.True(expression.Matches(NftExpression.Of(read)));
            Assert.True(expression.Is<T>());
        }
    }

    [Fact]
    public void Other_Kinds_Are_Not_Read()
    {
        NftExpression other = typeof(T) == typeof(CounterExpression) ? MetaExpression.Load(NFT_META.NFT_META_MARK, NftRegister.R1) : default(CounterExpression);
        Assert.False(other.TryRead<T>(out _));
        Assert.False(other.Is<T>());
        Assert.False(other.Matches(NftExpression.Of(Create(new Random(1)))));
    }

    [Fact]
    public void Unknown_Attributes_Are_Skipped()
    {
        var expression = NftExpression.Of(Create(new Random(2)));
        Assert.True(expression.TryRead<T>(out var known));
        Assert.Equal(known, T.Read([.. expression.Data.Span, 8, 0, 0x39, 0x30, 1, 2, 3, 4]));
    }

    [Fact]
    public void Cut_Or_Random_Bytes_Throw_Nothing_But_A_Format_Error()
    {
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var bytes = NftExpression.Of(Create(random)).Data.ToArray();
            for (var length = 0; length <= bytes.Length; length++)
                Read(bytes[..length]);
            for (var n = 0; n < 30 && bytes.Length > 0; n++)
            {
                var changed = bytes.ToArray();
                changed[random.Next(bytes.Length)] = (byte)random.Next(256);
                changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                Read(changed);
            }
        }
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void Kernel_Takes_It_And_Reports_The_Same()
    {
        using var scratch = new Scratch();
        Requires.Tool("nft");
        var rules = Rules(scratch.AddIfb("eth0").Index);
        var transaction = new NftTransaction();
        transaction.Add(new NftTable { Family = Family, Name = "t" });
        transaction.Add(new NftChain
        {
            Family = Family,
            Table = "t",
            Name = "c",
            Hook = Family == NftFamily.Netdev ? NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, 0, "eth0") : NftHook.Inet(NF_INET.NF_INET_PRE_ROUTING, 0),
        });
        transaction.Add(new NftChain { Family = Family, Table = "t", Name = "other" });
        Prepare(transaction);
        var rule = new NftRule { Family = Family, Table = "t", Chain = "c" };
        foreach (var listed in rules)
            transaction.Append(rule with { Expressions = listed.Expressions });
        scratch.Nft.Commit(transaction);

        var reported = scratch.Nft.GetRules(Family, "t", "c");
        Assert.Equal(rules.Count, reported.Count);
        for (var i = 0; i < rules.Count; i++)
        {
            Assert.True((rule with { Expressions = rules[i].Expressions }).Matches(reported[i]), $"rule {i}: {string.Join(" | ", reported[i].Expressions)}");
            // What the kernel reported it takes back.
            transaction.Clear();
            transaction.Replace(reported[i]);
            scratch.Nft.Commit(transaction);
        }

        var lines = scratch.Listing("list", "chain", Family == NftFamily.Netdev ? "netdev" : "inet", "t", "c").Split('\n');
        Assert.Equal(rules.Select(static r => r.Listing), lines[3..^2]);
    }

    /// <summary>Any register for data.</summary>
    protected static NftRegister Register(Random random) => NftRegister.Word(random.Next(16));

    /// <summary>Any bytes that fit into a register.</summary>
    protected static NftData Data(Random random)
    {
        var bytes = new byte[random.Next(1, NftData.MaximumLength + 1)];
        random.NextBytes(bytes);
        return new NftData(bytes);
    }

    /// <summary>Any name.</summary>
    protected static string Name(Random random) => new([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next('a', 'z' + 1))]);

    private static void Read(byte[] bytes)
    {
        try
        {
            T.Read(bytes);
        }
        catch (NetlinkFormatException)
        {
            // The one exception that bytes may cause.
        }
    }
}
