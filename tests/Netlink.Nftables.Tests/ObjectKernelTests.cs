using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Objects made, read back, changed and removed on the kernel.</summary>
[Trait("Category", "Kernel")]
public class ObjectKernelTests
{
    private static readonly NftRule Rule = new() { Family = NftFamily.Inet, Table = "t", Chain = "c" };

    [Fact]
    public void Objects_Are_Read_As_They_Were_Made()
    {
        using var scratch = new Scratch();
        scratch.AddIfb("eth0");
        var ifb = scratch.AddIfb("ifb0");
        var transaction = new NftTransaction();
        transaction.Create(Rulesets.Inet with { Comment = "ours", Flags = NFT_TABLE_F.NFT_TABLE_F_DORMANT });
        transaction.Create(Rulesets.ClassMap with { Comment = "by mark" });
        transaction.Create(Rulesets.Postrouting with { Comment = "download" });
        transaction.Append(Rulesets.ClassOfMark("eth0", 0xffff) with { Comment = "rule" });
        transaction.Create(Rulesets.Netdev);
        transaction.Create(Rulesets.FlowMap6);
        transaction.Create(Rulesets.Ingress("eth0"));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip6, ifb.Index));
        scratch.Nft.Commit(transaction);

        var table = scratch.Nft.FindTable(NftFamily.Inet, Rulesets.Table)!;
        Assert.Equal(("ours", NFT_TABLE_F.NFT_TABLE_F_DORMANT, 2u), (table.Comment, table.Flags, table.Use));
        Assert.True((Rulesets.ClassMap with { Comment = "by mark" }).Matches(scratch.Nft.FindSet(Rulesets.Classes)!));
        Assert.True(Rulesets.FlowMap6.Matches(scratch.Nft.FindSet(Rulesets.Flows6)!));
        Assert.True((Rulesets.Postrouting with { Comment = "download" }).Matches(scratch.Nft.FindChain(NftFamily.Inet, Rulesets.Table, "postrouting")!));
        Assert.True(Rulesets.Ingress("eth0").Matches(scratch.Nft.FindChain(NftFamily.Netdev, Rulesets.Table, "ingress")!));
        Assert.True((Rulesets.ClassOfMark("eth0", 0xffff) with { Comment = "rule" }).Matches(Assert.Single(scratch.Nft.GetRules(NftFamily.Inet))));
        Assert.True(Rulesets.ClassOfFlow(NftFamily.Ip6, ifb.Index).Matches(Assert.Single(scratch.Nft.GetRules(NftFamily.Netdev))));

        // What was read can be written: made again, all of it is the same and nothing is refused.
        transaction.Clear();
        foreach (var t in scratch.Nft.GetTables())
            transaction.Add(t);
        foreach (var s in scratch.Nft.GetSets())
            transaction.Add(s);
        foreach (var c in scratch.Nft.GetChains())
            transaction.Add(c);
        foreach (var r in scratch.Nft.GetRules())
            transaction.Replace(r);
        var before = scratch.Ruleset();
        scratch.Nft.Commit(transaction);
        Assert.Equal(before, scratch.Ruleset());
    }

    [Fact]
    public void What_Is_Not_There_Is_Null_Or_Nothing()
    {
        using var scratch = new Scratch();
        Assert.Null(scratch.Nft.FindTable(NftFamily.Inet, "t"));
        Assert.Null(scratch.Nft.FindChain(NftFamily.Inet, "t", "c"));
        Assert.Null(scratch.Nft.FindSet(Rulesets.Classes));
        Assert.Null(scratch.Nft.FindElement(Rulesets.Classes, Rulesets.Number(1)));
        Assert.Empty(scratch.Nft.GetTables());
        Assert.Empty(scratch.Nft.GetRules(NftFamily.Inet, "t", "c"));
        Assert.Empty(scratch.Nft.GetSets(NftFamily.Inet, "t"));
        Assert.Empty(scratch.Nft.GetChains(NftFamily.Inet, "t"));
        var exception = Assert.Throws<NetlinkException>(() => scratch.Nft.GetElements(Rulesets.Classes));
        Assert.Equal("NFT_MSG_GETSETELEM classes in inet vffqos: ENOENT", exception.Message[..49]);
    }

    [Fact]
    public void Lists_Are_Of_What_Was_Asked_For()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        foreach (var (family, name) in new[] { (NftFamily.Inet, "t"), (NftFamily.Inet, "u"), (NftFamily.Ip, "t") })
        {
            transaction.Add(new NftTable { Family = family, Name = name });
            transaction.Add(Rulesets.ClassMap with { Family = family, Table = name });
            foreach (var chain in new[] { "c", "d" })
            {
                transaction.Add(new NftChain { Family = family, Table = name, Name = chain });
                transaction.Append(Rule with { Family = family, Table = name, Chain = chain, Expressions = [default(CounterExpression)] });
            }
        }

        scratch.Nft.Commit(transaction);
        Assert.Equal(3, scratch.Nft.GetTables().Count);
        Assert.Equal(2, scratch.Nft.GetTables(NftFamily.Inet).Count);
        Assert.Equal(6, scratch.Nft.GetChains().Count);
        Assert.Equal(4, scratch.Nft.GetChains(NftFamily.Inet).Count);
        Assert.Equal(["c", "d"], scratch.Nft.GetChains(NftFamily.Inet, "u").Select(static c => c.Name));
        Assert.Equal(6, scratch.Nft.GetRules().Count);
        Assert.Equal(2, scratch.Nft.GetRules(NftFamily.Inet, "u").Count);
        Assert.Equal("d", Assert.Single(scratch.Nft.GetRules(NftFamily.Inet, "u", "d")).Chain);
        Assert.Equal(3, scratch.Nft.GetSets().Count);
        Assert.Equal(2, scratch.Nft.GetSets(NftFamily.Inet).Count);
        Assert.Equal("u", Assert.Single(scratch.Nft.GetSets(NftFamily.Inet, "u")).Table);
    }

    [Fact]
    public void Rules_Go_Where_They_Are_Put()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(new NftTable { Family = NftFamily.Inet, Name = "t" });
        transaction.Add(new NftChain { Family = NftFamily.Inet, Table = "t", Name = "c" });
        transaction.Append(Named("b"));
        transaction.Append(Named("d"));
        transaction.Insert(Named("a"));
        scratch.Nft.Commit(transaction);
        Assert.Equal(["a", "b", "d"], Comments(scratch));

        transaction.Clear();
        var rules = scratch.Nft.GetRules(NftFamily.Inet, "t", "c");
        transaction.Append(Named("c") with { Position = rules[1].Handle });
        transaction.Insert(Named("0") with { Position = rules[0].Handle });
        transaction.Replace(Named("B") with { Handle = rules[1].Handle });
        transaction.DeleteRule(NftFamily.Inet, "t", "c", rules[2].Handle);
        scratch.Nft.Commit(transaction);
        Assert.Equal(["0", "a", "B", "c"], Comments(scratch));

        transaction.Clear();
        transaction.FlushChain(NftFamily.Inet, "t", "c");
        scratch.Nft.Commit(transaction);
        Assert.Empty(Comments(scratch));
    }

    [Fact]
    public void Rules_Of_Others_Are_Written_Again_As_They_Are()
    {
        using var scratch = new Scratch();
        Requires.Tool("nft");
        string[] rules =
        [
            "ct state new limit rate 5/second burst 10 packets counter packets 0 bytes 0 accept comment \"foreign\"",
            "ip saddr 192.0.2.0/24 tcp flags syn / fin,syn,rst,ack log prefix \"x\"",
            "meta mark set jhash ip saddr . ip daddr mod 16",
            "quota over 25 mbytes drop",
            "tcp dport 1000-2000 reject with tcp reset",
            "tcp option maxseg size 1400",
            "fib saddr type local meta mark set numgen inc mod 4",
            "ip ttl set 64",
        ];
        scratch.Listing(string.Join('\n', (string[])
        [
            "add table inet t",
            "add chain inet t c { type filter hook input priority 0; }",
            "add chain inet t copy { type filter hook input priority 1; }",
            .. rules.Select(static rule => $"add rule inet t c {rule}"),
        ]));

        var transaction = new NftTransaction();
        foreach (var rule in scratch.Nft.GetRules(NftFamily.Inet, "t", "c"))
            transaction.Append(rule with { Chain = "copy", Position = 0 });
        scratch.Nft.Commit(transaction);

        Assert.Equal(rules.Length, transaction.Count);
        var original = scratch.Listing("list", "chain", "inet", "t", "c").Split('\n')[3..];
        Assert.Equal(original, scratch.Listing("list", "chain", "inet", "t", "copy").Split('\n')[3..]);
        var (read, copied) = (scratch.Nft.GetRules(NftFamily.Inet, "t", "c"), scratch.Nft.GetRules(NftFamily.Inet, "t", "copy"));
        Assert.All(read.Zip(copied), static pair => Assert.True((pair.First with { Chain = "copy" }).Matches(pair.Second)));
    }

    [Fact]
    public void Chain_May_Have_Several_Devices()
    {
        using var scratch = new Scratch();
        scratch.AddIfb("eth0");
        scratch.AddIfb("eth1");
        var chain = Rulesets.Ingress("eth0") with { Hook = NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, 5, "eth0", "eth1") };
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Netdev);
        transaction.Add(chain);
        scratch.Nft.Commit(transaction);
        Assert.True(chain.Matches(Assert.Single(scratch.Nft.GetChains())));
        Assert.Contains("type filter hook ingress devices = { eth0, eth1 } priority filter + 5; policy accept;", scratch.Ruleset(), StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_May_Have_All_Devices_Of_A_Prefix()
    {
        using var scratch = new Scratch();
        scratch.AddIfb("eth0");
        var chain = Rulesets.Ingress("eth*");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Netdev);
        transaction.Add(chain);
        var done = scratch.Nft.TryCommit(transaction, out var error);
        Requires.Kernel(done || error.Number != Errno.EINVAL, "device prefixes of chains (Linux 6.18)");
        Assert.True(done, error.ToString());
        Assert.Equal(["eth*"], Assert.Single(scratch.Nft.GetChains()).Hook!.Devices);
    }

    [Fact]
    public void Chain_On_A_Device_That_Is_Not_There_Is_Refused()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Netdev);
        transaction.Add(Rulesets.Ingress("eth0"));
        if (scratch.Nft.TryCommit(transaction, out var error))
        {
            // Linux 6.16 waits for a device of that name instead.
            Assert.Equal(["eth0"], Assert.Single(scratch.Nft.GetChains()).Hook!.Devices);
            return;
        }

        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal(1, Assert.Single(transaction.Refusals).Message);
    }

    [Fact]
    public void Elements_With_Everything_Are_Read_As_They_Were_Made()
    {
        using var scratch = new Scratch();
        var set = new NftSet { Family = NftFamily.Inet, Table = "t", Name = "s", KeyType = NftDataType.Ipv4Addr, Flags = NFT_SET.NFT_SET_TIMEOUT, Size = 100 };
        var verdicts = set with { Name = "v", KeyType = NftDataType.Mark, DataType = NftDataType.Verdict, Flags = NFT_SET.NONE };
        var ranges = set with
        {
            Name = "r",
            KeyType = NftDataType.Concat(NftDataType.Ipv4Addr, NftDataType.InetService),
            Flags = NFT_SET.NFT_SET_INTERVAL | NFT_SET.NFT_SET_CONCAT,
        };
        var transaction = new NftTransaction();
        transaction.Add(new NftTable { Family = NftFamily.Inet, Name = "t" });
        transaction.Add(new NftChain { Family = NftFamily.Inet, Table = "t", Name = "c" });
        transaction.Add(set with { Expressions = [default(CounterExpression)] });
        transaction.Add(verdicts);
        transaction.Add(ranges);
        transaction.AddElement(set.FullName, new NftElementView
        {
            Key = [192, 0, 2, 1],
            Timeout = TimeSpan.FromHours(2),
            UserData = default(NftUserData).WithString(NftUserData.CommentType, "host").Bytes,
        });
        transaction.AddElement(verdicts.FullName, new NftElementView { Key = Rulesets.Number(1), Verdict = NftVerdict.Goto("c") });
        transaction.AddElement(verdicts.FullName, new NftElementView { Flags = NFT_SET_ELEM.NFT_SET_ELEM_CATCHALL, Verdict = NftVerdict.Drop });
        transaction.AddElement(ranges.FullName, new NftElementView { Key = [10, 0, 0, 0, 0, 80, 0, 0], KeyEnd = [10, 0, 0, 255, 0, 90, 0, 0] });
        scratch.Nft.Commit(transaction);

        var host = Assert.Single(scratch.Nft.GetElements(set.FullName));
        Assert.Equal(("host", TimeSpan.FromHours(2)), (host.Comment, host.Timeout));
        Assert.InRange(host.Expiration!.Value, TimeSpan.FromMinutes(119), TimeSpan.FromHours(2));
        Assert.True(Assert.Single(host.Expressions).Is<CounterExpression>());
        var elements = scratch.Nft.GetElements(verdicts.FullName);
        Assert.Equal(NftVerdict.Goto("c"), Assert.Single(elements, static e => e.Flags == NFT_SET_ELEM.NONE).Verdict);
        Assert.Equal(NftVerdict.Drop, Assert.Single(elements, static e => e.Flags == NFT_SET_ELEM.NFT_SET_ELEM_CATCHALL).Verdict);
        var range = Assert.Single(scratch.Nft.GetElements(ranges.FullName));
        Assert.Equal("0A0000FF005A0000", Convert.ToHexString(range.KeyEnd.Span));
        Assert.Contains("elements = { 192.0.2.1 counter packets 0 bytes 0 timeout 2h", scratch.Ruleset(), StringComparison.Ordinal);
        Assert.Contains("elements = { 0x00000001 : goto c, * : drop }", scratch.Ruleset(), StringComparison.Ordinal);
        Assert.Contains("elements = { 10.0.0.0/24 . 80-90 }", scratch.Ruleset(), StringComparison.Ordinal);

        // Elements that were read are deleted and made again as they are.
        transaction.Clear();
        foreach (var name in new[] { set.FullName, verdicts.FullName, ranges.FullName })
        {
            var gone = transaction.DeleteElements(name);
            foreach (var element in scratch.Nft.GetElements(name))
                gone.Add(element.AsView());
            gone.End();
            var back = transaction.CreateElements(name);
            foreach (var element in scratch.Nft.GetElements(name))
                back.Add(element.AsView());
            back.End();
        }

        scratch.Nft.Commit(transaction);
        Assert.Equal("host", Assert.Single(scratch.Nft.GetElements(set.FullName)).Comment);
        Assert.Equal(2, scratch.Nft.CountElements(verdicts.FullName));
        Assert.Equal(1, scratch.Nft.CountElements(ranges.FullName));
    }

    private static NftRule Named(string name) => Rule with { Expressions = [default(CounterExpression)], Comment = name };

    private static IEnumerable<string?> Comments(Scratch scratch) => scratch.Nft.GetRules(NftFamily.Inet, "t", "c").Select(static r => r.Comment);
}
