using System.Globalization;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>What the kernel makes of transactions, carried out and refused.</summary>
[Trait("Category", "Kernel")]
public class TransactionKernelTests
{
    [Fact]
    public void Refused_Message_Is_Named_And_Nothing_Is_Changed()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.CreateElement(Rulesets.Classes, Element(1));
        scratch.Nft.Commit(transaction);

        transaction.Clear();
        transaction.CreateElement(Rulesets.Classes, Element(2));
        transaction.CreateElement(Rulesets.Classes, Element(1));
        transaction.DeleteElement(Rulesets.Classes, Rulesets.Number(7));
        transaction.CreateElement(Rulesets.Classes, Element(3));
        Assert.False(scratch.Nft.TryCommit(transaction, out var error));

        Assert.Equal("EEXIST", error.Name);
        Assert.Collection(
            transaction.Refusals,
            r => Assert.Equal((1, 0, Errno.EEXIST), (r.Message, r.Element, r.Error.Number)),
            r => Assert.Equal((2, 0, Errno.ENOENT), (r.Message, r.Element, r.Error.Number)));
        Assert.Equal("NFTA_SET_ELEM_LIST_ELEMENTS/NFTA_LIST_ELEM", error.Attribute);
        Assert.Equal(1, scratch.Nft.CountElements(Rulesets.Classes));
        var exception = Assert.Throws<NetlinkException>(() => scratch.Nft.Commit(transaction));
        Assert.Equal("NFT_MSG_NEWSETELEM classes in inet vffqos, element 0 (and 1 more messages of the transaction)", exception.Request);
    }

    [Fact]
    public void Refused_Element_Of_A_List_Is_Named()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.CreateElement(Rulesets.Classes, Element(5000));
        scratch.Nft.Commit(transaction);

        transaction.Clear();
        var list = transaction.CreateElements(Rulesets.Classes);
        for (var i = 0u; i < 6000; i++)
            list.Add(Element(i));
        list.End();
        Assert.True(transaction.Count > 1);
        Assert.False(scratch.Nft.TryCommit(transaction, out _));

        var refusal = Assert.Single(transaction.Refusals);
        var before = Enumerable.Range(0, refusal.Message).Sum(m => ElementsOf(transaction.MessageAt(m)));
        Assert.Equal(5000, before + refusal.Element);
        Assert.Equal(Errno.EEXIST, refusal.Error.Number);
    }

    [Fact]
    public void Hundred_Thousand_Elements_Go_In_One_Transaction()
    {
        using var scratch = new Scratch();
        const int Count = 100_000;
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Netdev);
        transaction.Add(Rulesets.FlowMap6);
        var list = transaction.AddElements(Rulesets.Flows6);
        Span<byte> buffer = stackalloc byte[NftKeyWriter.MaximumLength];
        Span<byte> id = stackalloc byte[6];
        for (var i = 0; i < Count; i++)
            list.Add(new NftElementView { Key = FlowKey(buffer, i), Data = Rulesets.Number((uint)i), UserData = Id(id, i) });
        list.End();
        Assert.Equal(Count, list.Count);
        scratch.Nft.Commit(transaction);

        var seen = new Seen { Data = new bool[Count] };
        Assert.True(scratch.Nft.TryVisitElements(Rulesets.Flows6, ref seen, out _));
        Assert.Equal(Count, seen.Distinct);
        Assert.Equal(Count, seen.Visits);
        Assert.Equal(Count, seen.IdsThatMatch);
        Assert.Equal(Count, scratch.Nft.CountElements(Rulesets.Flows6));
        if (scratch.Nft.FindSet(Rulesets.Flows6)!.Count is { } told)
            Assert.Equal((uint)Count, told);

        transaction.Clear();
        var gone = transaction.DeleteElements(Rulesets.Flows6);
        for (var i = 0; i < Count; i++)
            gone.Add(new NftElementView { Key = FlowKey(buffer, i) });
        gone.End();
        scratch.Nft.Commit(transaction);
        Assert.Equal(0, scratch.Nft.CountElements(Rulesets.Flows6));
    }

    [Fact]
    public void Element_Can_Be_Looked_Up_And_Replaced_With_Its_User_Data()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.AddElement(Rulesets.Classes, Element(1) with { UserData = [0x76, 1, 1] });
        scratch.Nft.Commit(transaction);

        // Adding it again leaves it as it was, user data included; other data are refused.
        transaction.Clear();
        transaction.AddElement(Rulesets.Classes, Element(1) with { UserData = [0x76, 1, 2] });
        scratch.Nft.Commit(transaction);
        Assert.Equal([0x76, 1, 1], scratch.Nft.FindElement(Rulesets.Classes, Rulesets.Number(1))!.UserData.ToArray());
        transaction.Clear();
        transaction.AddElement(Rulesets.Classes, Element(1) with { Data = Rulesets.Number(9) });
        Assert.False(scratch.Nft.TryCommit(transaction, out var error));
        Assert.True(error.Number is Errno.EBUSY or Errno.EEXIST);

        transaction.Clear();
        transaction.DeleteElement(Rulesets.Classes, Rulesets.Number(1));
        transaction.CreateElement(Rulesets.Classes, Element(1) with { Data = Rulesets.Number(9), UserData = [0x76, 1, 2] });
        scratch.Nft.Commit(transaction);
        var element = scratch.Nft.FindElement(Rulesets.Classes, Rulesets.Number(1))!;
        Assert.Equal(Rulesets.Number(9), element.Data.ToArray());
        Assert.Equal([0x76, 1, 2], element.UserData.ToArray());
        Assert.Null(scratch.Nft.FindElement(Rulesets.Classes, Rulesets.Number(2)));
        Assert.Null(scratch.Nft.FindElement(Rulesets.Flows4, Rulesets.Number(2)));
    }

    [Fact]
    public void Declared_Size_Is_The_Limit()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap with { Size = 4 });
        scratch.Nft.Commit(transaction);

        transaction.Clear();
        for (var i = 0u; i < 5; i++)
            transaction.AddElement(Rulesets.Classes, Element(i));
        Assert.False(scratch.Nft.TryCommit(transaction, out var error));
        Assert.Equal(Errno.ENFILE, error.Number);
        Assert.Equal(4, Assert.Single(transaction.Refusals).Message);
        Assert.Equal(0, scratch.Nft.CountElements(Rulesets.Classes));
    }

    [Fact]
    public void Transaction_For_An_Older_Generation_Is_Refused_Whole()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        var generation = scratch.Nft.GetGeneration();
        transaction.Add(Rulesets.Inet);
        transaction.Generation = generation.Id;
        scratch.Nft.Commit(transaction);
        Assert.NotEqual(generation.Id, scratch.Nft.GetGeneration().Id);
        Assert.NotEqual(0u, scratch.Nft.GetGeneration().ThreadId);

        Assert.False(scratch.Nft.TryCommit(transaction, out var error));
        Assert.Equal(Errno.ERESTART, error.Number);
        Assert.Equal(-1, Assert.Single(transaction.Refusals).Message);
        Assert.Equal("nf_tables transaction of 1 messages", Assert.Throws<NetlinkException>(() => scratch.Nft.Commit(transaction)).Request);

        transaction.Generation = scratch.Nft.GetGeneration().Id;
        scratch.Nft.Commit(transaction);
    }

    [Fact]
    public void Transaction_Without_Privilege_Is_Refused_Whole()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        Unprivileged.Run(() =>
        {
            Assert.False(scratch.Nft.TryCommit(transaction, out var error));
            Assert.Equal(Errno.EPERM, error.Number);
            Assert.Equal(-1, Assert.Single(transaction.Refusals).Message);
        });
        Assert.Empty(scratch.Nft.GetTables());
        scratch.Nft.Commit(transaction);
    }

    [Fact]
    public void Transaction_Longer_Than_The_Send_Buffer_Raises_It_Or_Is_Refused_Unsent()
    {
        using var scratch = new Scratch();
        using var small = NftClient.Open(new NetlinkSocketOptions { Namespace = scratch.Namespace, SendBuffer = 16 * 1024 });
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        var list = transaction.AddElements(Rulesets.Classes);
        var limit = 2 * int.Parse(File.ReadAllText("/proc/sys/net/core/wmem_max"), CultureInfo.InvariantCulture);
        var comment = default(NftUserData).WithString(NftUserData.CommentType, new string('x', 200));
        for (var i = 0u; transaction.Length <= limit; i++)
            list.Add(Element(i) with { UserData = comment.Bytes });
        list.End();

        Unprivileged.Run(() =>
        {
            var exception = Assert.Throws<NetlinkException>(() => small.TryCommit(transaction, out _));
            Assert.Equal(Errno.EMSGSIZE, exception.Error.Number);
            Assert.Contains("CAP_NET_ADMIN", exception.Message, StringComparison.Ordinal);
        });
        small.Commit(transaction);
        Assert.Equal(list.Count, small.CountElements(Rulesets.Classes));
    }

    [Fact]
    public void Refusal_After_A_Second_Run_Is_Told_Once_And_Leaves_A_Clean_Socket()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        var chain = new NftChain { Family = NftFamily.Inet, Table = Rulesets.Table, Name = "a" };
        transaction.Add(chain);
        transaction.Add(chain with { Name = "b" });
        // Only the finished ruleset has the loop, and the kernel runs the transaction again to say whose it is.
        transaction.Append(Jump("a", "b"));
        transaction.Append(Jump("b", "a"));
        transaction.Add(Rulesets.Postrouting);
        transaction.Append(Jump("postrouting", "a"));
        Assert.False(scratch.Nft.TryCommit(transaction, out var error));
        Assert.Contains(error.Name, (string[])["ELOOP", "EMLINK"]);
        Assert.Single(transaction.Refusals);
        Assert.Empty(scratch.Nft.GetTables());

        transaction.Clear();
        transaction.Add(Rulesets.Netdev);
        scratch.Nft.Commit(transaction);
        Assert.Single(scratch.Nft.GetTables());
    }

    [Fact]
    public void Removing_A_Table_Takes_All_Of_It_And_May_Be_Repeated()
    {
        using var scratch = new Scratch();
        var ifb = scratch.AddIfb("ifb0");
        scratch.AddIfb("eth0");
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet with { Family = NftFamily.Ip, Name = "foreign" });
        transaction.Add(Rulesets.Netdev);
        transaction.Add(Rulesets.FlowMap4);
        transaction.Add(Rulesets.Ingress("eth0"));
        transaction.Append(Rulesets.ClassOfFlow(NftFamily.Ip, ifb.Index));
        transaction.AddElement(Rulesets.Flows4, Element(1) with { Key = Rulesets.Key("192.0.2.1", "192.0.2.2", IpProtocol.Udp, 1, 2) });
        scratch.Nft.Commit(transaction);

        transaction.Clear();
        transaction.RemoveTable(NftFamily.Netdev, Rulesets.Table);
        transaction.RemoveTable(NftFamily.Inet, Rulesets.Table);
        scratch.Nft.Commit(transaction);
        Assert.Equal(["foreign"], scratch.Nft.GetTables().Select(t => t.Name));
        scratch.Nft.Commit(transaction);
        Assert.Equal("table ip foreign {\n}", scratch.Ruleset());
    }

    [Fact]
    public void Echo_Brings_The_Handle_Of_What_Was_Made()
    {
        using var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.Postrouting);
        var message = transaction.Begin(NFT_MSG.NFT_MSG_NEWRULE, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND | NLM_F.NLM_F_ECHO);
        Rulesets.DefaultClass("eth0", 0x1fffe).Write(message);
        transaction.Commit(message);

        var rules = new Echoes { Rules = [] };
        Assert.True(scratch.Nft.TryCommit(transaction, ref rules, out _));
        var (index, echoed) = Assert.Single(rules.Rules);
        Assert.Equal(2, index);
        Assert.Equal(Assert.Single(scratch.Nft.GetRules(NftFamily.Inet)).Handle, echoed.Handle);
        Assert.True(Rulesets.DefaultClass("eth0", 0x1fffe).Matches(echoed));
    }

    private static NftRule Jump(string from, string to) => new()
    {
        Family = NftFamily.Inet,
        Table = Rulesets.Table,
        Chain = from,
        Expressions = [ImmediateExpression.Verdict(NftVerdict.Jump(to))],
    };

    private static NftElementView Element(uint key) => new() { Key = Rulesets.Number(key), Data = Rulesets.Number(0x10000 | key) };

    private static ReadOnlySpan<byte> FlowKey(Span<byte> buffer, int i)
    {
        var key = new NftKeyWriter(buffer);
        key.Put(InetAddress.Parse("2001:db8::2"));
        key.Put(InetAddress.Parse("2001:db8::1"));
        key.Put(IpProtocol.Udp);
        key.PutBigEndian((ushort)i);
        key.PutBigEndian((ushort)(i >> 16));
        return buffer[..key.Key.Length];
    }

    private static Span<byte> Id(Span<byte> buffer, int i)
    {
        NftUserData.Put(buffer, 0x76, BitConverter.GetBytes(i));
        return buffer;
    }

    private static int ElementsOf(ReadOnlySpan<byte> message)
    {
        var messages = new MessageReader(message);
        Assert.True(messages.MoveNext());
        var count = 0;
        foreach (var _ in new NftElementReader(messages.Current))
            count++;
        return count;
    }

    private struct Seen : INftElementVisitor
    {
        public required bool[] Data { get; init; }

        public int Visits { get; private set; }

        public int IdsThatMatch { get; private set; }

        public readonly int Distinct => Data.Count(static d => d);

        public void Visit(scoped in NftElementView element)
        {
            var data = BitConverter.ToInt32(element.Data);
            Visits++;
            Data[data] = true;
            if (NftUserData.TryGet(element.UserData, 0x76, out var id) && BitConverter.ToInt32(id) == data)
                IdsThatMatch++;
        }
    }

    private readonly struct Echoes : INftReplySink
    {
        public required List<(int Index, NftRule Rule)> Rules { get; init; }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            if ((message.Type & 0xff) == (int)NFT_MSG.NFT_MSG_NEWRULE)
                Rules.Add((index, NftRule.Read(message)));
        }
    }
}
