using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>What a daemon does all day allocates nothing, carried out or refused.</summary>
public class AllocationTests
{
    private static readonly byte[] Key4 = Rulesets.Key("203.0.113.7", "198.51.100.1", IpProtocol.Tcp, 50123, 443);
    private static readonly byte[] Class = Rulesets.Number(0x20011);
    private static readonly byte[] Id = [0x76, 4, 1, 2, 3, 4];
    private static readonly NftTable Table = Rulesets.Inet;

    [Theory]
    [InlineData(0)]
    [InlineData(Errno.EEXIST)]
    public void Every_Message_Is_Built_And_Committed_Without_Allocation(int errno)
    {
        using var client = new NftClient(new NetlinkSocket(new AckingTransport { Errno = errno }));
        var transaction = new NftTransaction();
        var (inet, classes, postrouting) = (Rulesets.Inet with { Comment = "x" }, Rulesets.ClassMap with { Comment = "y" }, Rulesets.Postrouting with { Comment = "z" });
        var (flows, ingress) = (Rulesets.FlowMap4, Rulesets.Ingress("eth0"));
        var rules = new[] { Rulesets.ClassOfMark("eth0", 0x3f), Rulesets.ClassOfFlow(NftFamily.Ip6, 3) with { Comment = "c", Handle = 5, Position = 6 } };
        Allocations.None(() =>
        {
            transaction.Clear();
            transaction.Generation = 7;
            transaction.RemoveTable(NftFamily.Inet, Rulesets.Table);
            transaction.Add(inet);
            transaction.Create(inet);
            transaction.Add(classes);
            transaction.Create(flows);
            transaction.Add(postrouting);
            transaction.Create(ingress);
            transaction.Append(rules[0]);
            transaction.Insert(rules[1]);
            transaction.Replace(rules[1]);
            transaction.DeleteRule(NftFamily.Inet, Rulesets.Table, "postrouting", 5);
            transaction.FlushChain(NftFamily.Inet, Rulesets.Table, "postrouting");
            transaction.FlushTable(NftFamily.Inet, Rulesets.Table);
            transaction.AddElement(Rulesets.Flows4, new NftElementView { Key = Key4, Data = Class, UserData = Id });
            transaction.CreateElement(Rulesets.Flows4, new NftElementView { Key = Key4, Data = Class });
            transaction.DeleteElement(Rulesets.Flows4, Key4);
            transaction.FlushSet(Rulesets.Flows4);
            transaction.DeleteSet(Rulesets.Flows4);
            transaction.DeleteChain(NftFamily.Inet, Rulesets.Table, "postrouting");
            transaction.DeleteTable(NftFamily.Inet, Rulesets.Table);
            if (client.TryCommit(transaction, out var error) != (errno == 0) || error.Number != errno)
                throw new InvalidOperationException($"Committed with {error}.");
        });
        Assert.Equal(errno == 0 ? 0 : transaction.Count, transaction.Refusals.Count);
    }

    [Fact]
    public void Long_Lists_Are_Built_And_Committed_Without_Allocation()
    {
        using var client = new NftClient(new NetlinkSocket(new AckingTransport()));
        var transaction = new NftTransaction();
        Allocations.None(
            () =>
            {
                transaction.Clear();
                var list = transaction.AddElements(Rulesets.Flows4);
                Span<byte> key = stackalloc byte[NftKeyWriter.MaximumLength];
                for (var i = 0; i < 2000; i++)
                {
                    var flow = new NftKeyWriter(key);
                    flow.Put((uint)i);
                    flow.Put(1u);
                    flow.Put(IpProtocol.Udp);
                    flow.PutBigEndian((ushort)i);
                    flow.PutBigEndian(443);
                    list.Add(new NftElementView { Key = flow.Key, Data = Class, UserData = Id });
                }

                list.End();
                if (!client.TryCommit(transaction, out var error))
                    throw new InvalidOperationException(error.ToString());
            },
            repetitions: 500);
        Assert.True(transaction.Count > 1);
    }

    [Fact]
    [Trait("Category", "Native")]
    public void Element_Is_Added_And_Deleted_Without_Allocation()
    {
        using var scratch = WithMaps();
        var transaction = new NftTransaction();
        Allocations.None(() =>
        {
            transaction.Clear();
            transaction.CreateElement(Rulesets.Flows4, new NftElementView { Key = Key4, Data = Class, UserData = Id });
            Commit(scratch.Nft, transaction, 0);
            transaction.Clear();
            transaction.DeleteElement(Rulesets.Flows4, Key4);
            Commit(scratch.Nft, transaction, 0);
        });
    }

    [Fact]
    [Trait("Category", "Native")]
    public void Refusals_By_The_Kernel_Are_Told_Without_Allocation()
    {
        using var scratch = WithMaps();
        var transaction = new NftTransaction();
        transaction.CreateElement(Rulesets.Flows4, new NftElementView { Key = Key4, Data = Class });
        scratch.Nft.Commit(transaction);
        // A refused transaction costs the kernel a grace period, some 15 ms: the thousands are above, with a scripted kernel.
        Allocations.None(
            () =>
            {
                transaction.Clear();
                transaction.CreateElement(Rulesets.Flows4, new NftElementView { Key = Key4, Data = Class });
                transaction.DeleteElement(Rulesets.Classes, Class);
                transaction.Create(Table);
                Commit(scratch.Nft, transaction, Errno.EEXIST);
                if (transaction.Refusals is not [{ Element: 0 }, { Error.Number: Errno.ENOENT }, { Error.Attribute: "NFTA_TABLE_NAME" }])
                    throw new InvalidOperationException(string.Join(' ', transaction.Refusals));
            },
            repetitions: 20);
    }

    [Fact]
    [Trait("Category", "Native")]
    public void Batch_Of_Many_Elements_Goes_Without_Allocation()
    {
        using var scratch = WithMaps();
        var transaction = new NftTransaction();
        Allocations.None(
            () =>
            {
                transaction.Clear();
                Span<byte> key = stackalloc byte[sizeof(uint)];
                for (var i = 0u; i < 100; i++)
                {
                    BitConverter.TryWriteBytes(key, i);
                    transaction.CreateElement(Rulesets.Classes, new NftElementView { Key = key, Data = Class, UserData = Id });
                }

                var list = transaction.DeleteElements(Rulesets.Classes);
                for (var i = 0u; i < 100; i++)
                {
                    BitConverter.TryWriteBytes(key, i);
                    list.Add(new NftElementView { Key = key });
                }

                list.End();
                Commit(scratch.Nft, transaction, 0);
            },
            repetitions: 1000);
    }

    [Fact]
    [Trait("Category", "Native")]
    public void Elements_Are_Visited_Looked_Up_And_Missed_Without_Allocation()
    {
        using var scratch = WithMaps();
        var transaction = new NftTransaction();
        var list = transaction.AddElements(Rulesets.Classes);
        for (var i = 0u; i < 50; i++)
            list.Add(new NftElementView { Key = Rulesets.Number(i), Data = Class, UserData = Id });
        list.End();
        scratch.Nft.Commit(transaction);
        var absent = Rulesets.Number(4711);
        var present = Rulesets.Number(17);
        Allocations.None(
            () =>
            {
                var sum = default(Sum);
                var all = scratch.Nft.TryVisitElements(Rulesets.Classes, ref sum, out _);
                var one = scratch.Nft.TryVisitElement(Rulesets.Classes, present, ref sum, out _);
                var none = scratch.Nft.TryVisitElement(Rulesets.Classes, absent, ref sum, out var error);
                if (!all || !one || none || error.Number != Errno.ENOENT || sum.Count != 51)
                    throw new InvalidOperationException($"{all} {one} {none} {error} {sum.Count}");
                scratch.Nft.GetGeneration();
            },
            repetitions: 500);
    }

    [Fact]
    public void Datagram_Of_A_Dump_And_A_Refused_One_Are_Read_Without_Allocation()
    {
        var done = ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI, 0, new byte[4]);
        var elements = Golden.Load("answers.txt").First(static a => a[4] == (byte)NFT_MSG.NFT_MSG_NEWSETELEM);
        var kernel = new AckingTransport { Reply = [.. elements, .. done] };
        using var client = new NftClient(new NetlinkSocket(kernel));
        using var refusing = new NftClient(new NetlinkSocket(new AckingTransport { Errno = Errno.ENOENT }));
        Allocations.None(() =>
        {
            var sum = default(Every);
            var all = client.TryVisitElements(Rulesets.Classes, ref sum, out _);
            var none = refusing.TryVisitElement(Rulesets.Classes, Class, ref sum, out var error);
            if (!all || none || error.Number != Errno.ENOENT || sum.Count != 2)
                throw new InvalidOperationException($"{all} {none} {error} {sum.Count}");
        });
    }

    private static Scratch WithMaps()
    {
        var scratch = new Scratch();
        var transaction = new NftTransaction();
        transaction.Add(Rulesets.Inet);
        transaction.Add(Rulesets.ClassMap);
        transaction.Add(Rulesets.Netdev);
        transaction.Add(Rulesets.FlowMap4);
        scratch.Nft.Commit(transaction);
        return scratch;
    }

    private static void Commit(NftClient client, NftTransaction transaction, int expected)
    {
        client.TryCommit(transaction, out var error);
        if (error.Number != expected)
            throw new InvalidOperationException($"Expected error {expected}: {error}.");
    }

    private struct Sum : INftElementVisitor
    {
        public int Count { get; private set; }

        public void Visit(scoped in NftElementView element)
        {
            if (element.Key.Length == 4 && element.Data.Length == 4 && NftUserData.TryGet(element.UserData, 0x76, out var id) && id.Length == 4)
                Count++;
        }
    }

    private struct Every : INftElementVisitor
    {
        public int Count { get; private set; }

        public void Visit(scoped in NftElementView element) => Count++;
    }
}
