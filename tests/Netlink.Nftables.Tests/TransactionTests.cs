using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>Transactions against a scripted kernel: what is sent, and what every kind of answer comes to.</summary>
public sealed class TransactionTests : IDisposable
{
    private readonly ScriptedTransport _kernel = new();
    private readonly NftClient _client;
    private readonly NftTransaction _transaction = new();
    private int _waits;

    public TransactionTests()
    {
        _client = new NftClient(new NetlinkSocket(_kernel));
        _kernel.OnWait = () =>
        {
            _waits++;
            return false;
        };
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public void One_Datagram_Has_Brackets_Consecutive_Numbers_And_One_Acknowledgement()
    {
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        _transaction.Add(Rulesets.Inet);
        _transaction.Add(Rulesets.ClassMap);
        _transaction.Add(Rulesets.Postrouting);
        Assert.True(_client.TryCommit(_transaction, out _));

        var messages = Split(Assert.Single(_kernel.Sent));
        Assert.Equal([0x10, 0xa00, 0xa09, 0xa03, 0x11], messages.Select(static m => (int)BitConverter.ToUInt16(m, 4)));
        Assert.Equal([false, false, false, true, false], messages.Select(static m => ((NLM_F)BitConverter.ToUInt16(m, 6)).HasFlag(NLM_F.NLM_F_ACK)));
        var first = ScriptedTransport.SequenceOf(messages[0]);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => first + (uint)i), messages.Select(static m => ScriptedTransport.SequenceOf(m)));
        Assert.All(messages, static m => Assert.True(((NLM_F)BitConverter.ToUInt16(m, 6)).HasFlag(NLM_F.NLM_F_REQUEST)));
        Assert.Equal(0, _waits);
    }

    [Fact]
    public void Generation_Goes_Into_The_First_Bracket_In_Network_Order()
    {
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        _transaction.Add(Rulesets.Inet);
        _transaction.Generation = 0x01020304;
        Assert.True(_client.TryCommit(_transaction, out _));
        Assert.Equal("0000000A" + "0800010001020304", Convert.ToHexString(Split(_kernel.Sent[0])[0].AsSpan(16)));
    }

    [Fact]
    public void Committing_Again_Sends_The_Same_Messages_Under_New_Numbers()
    {
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        _transaction.Add(Rulesets.Inet);
        _client.Commit(_transaction);
        _client.Commit(_transaction);
        var (first, second) = (Split(_kernel.Sent[0]), Split(_kernel.Sent[1]));
        Golden.Equal(first[1], second[1]);
        Assert.True(ScriptedTransport.SequenceOf(second[0]) > ScriptedTransport.SequenceOf(first[^1]));
    }

    [Fact]
    public void Empty_Transaction_Is_Not_Sent()
    {
        Assert.True(_client.TryCommit(_transaction, out _));
        Assert.Empty(_kernel.Sent);
    }

    [Fact]
    public void Every_Refused_Message_Is_Told_With_Its_Index()
    {
        Answer(static m =>
        [
            [.. ScriptedTransport.Ack(m[1], Errno.EEXIST), .. ScriptedTransport.Ack(m[3], Errno.ENOENT)],
            ScriptedTransport.Ack(m[4], 0), // the last one is acknowledged: it was in order by itself
        ]);
        for (var i = 0; i < 4; i++)
            _transaction.Add(Rulesets.Inet);
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
        Assert.Equal([(0, Errno.EEXIST), (2, Errno.ENOENT)], _transaction.Refusals.Select(static r => (r.Message, r.Error.Number)));
        Assert.Equal("NFT_MSG_NEWTABLE inet vffqos (and 1 more messages of the transaction)", Assert.Throws<NetlinkException>(() => _client.Commit(_transaction)).Request);
    }

    [Fact]
    public void Failure_To_Commit_Comes_Under_The_First_Number_Before_The_Acknowledgement()
    {
        // nfnetlink_rcv_batch: the error of ss->commit goes out first, then what was kept for the messages.
        Answer(static m => [ScriptedTransport.Ack(m[1], Errno.EOPNOTSUPP), ScriptedTransport.Ack(m[1], 0)]);
        _transaction.Add(Rulesets.Inet);
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(Errno.EOPNOTSUPP, error.Number);
        Assert.Single(_transaction.Refusals);
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        Assert.True(_client.TryCommit(_transaction, out _));
        Assert.Empty(_transaction.Refusals);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ERESTART)]
    [InlineData(Errno.EOPNOTSUPP)]
    public void Refusal_Of_The_Whole_Comes_Under_The_Brackets_Number(int errno)
    {
        Answer(m => [ScriptedTransport.Ack(m[0], errno)]);
        _transaction.Add(Rulesets.Inet);
        _transaction.Add(Rulesets.ClassMap);
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(errno, error.Number);
        Assert.Equal(-1, Assert.Single(_transaction.Refusals).Message);
    }

    [Fact]
    public void No_Answer_At_All_Is_An_Error_At_Once()
    {
        _transaction.Add(Rulesets.Inet);
        var exception = Assert.Throws<NetlinkException>(() => _client.TryCommit(_transaction, out _));
        Assert.Equal("EPROTO", exception.Error.Name);
        Assert.Equal(0, _waits);
    }

    [Fact]
    public void Lost_Answers_With_A_Refusal_Are_A_Refusal()
    {
        _transaction.Add(Rulesets.Inet);
        _kernel.OnSend = d =>
        {
            _kernel.Reply(ScriptedTransport.Ack(Split(d)[1], Errno.EEXIST));
            _kernel.Fail(Errno.ENOBUFS);
        };
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(Errno.EEXIST, error.Number);
    }

    [Fact]
    public void Lost_Answer_Alone_Leaves_The_Outcome_Unknown()
    {
        _transaction.Add(Rulesets.Inet);
        _kernel.OnSend = _ => _kernel.Fail(Errno.ENOBUFS);
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(Errno.ENOBUFS, error.Number);
        Assert.Empty(_transaction.Refusals);
    }

    [Fact]
    public void Answers_Of_Others_Are_Not_Taken_For_Ours()
    {
        Answer(static m =>
        [
            ScriptedTransport.Ack(WithSequence(m[1], 1), Errno.EEXIST), // a request that was given up long ago
            ScriptedTransport.Ack(m[^2], 0),
        ]);
        _kernel.Reply(ScriptedTransport.Message(0xa00, NLM_F.NONE, 0, new byte[4]));
        _transaction.Add(Rulesets.Inet);
        Assert.True(_client.TryCommit(_transaction, out _));

        // Another process's datagram says no; only the kernel is believed.
        _kernel.OnSend = d =>
        {
            _kernel.Reply(ScriptedTransport.Ack(Split(d)[1], Errno.EPERM), sender: 77);
            _kernel.Reply(ScriptedTransport.Ack(Split(d)[1], 0));
        };
        Assert.True(_client.TryCommit(_transaction, out _));
    }

    [Fact]
    public void Malformed_Answer_Is_A_Format_Error_And_Leaves_A_Clean_Socket()
    {
        _transaction.Add(Rulesets.Inet);
        _kernel.OnSend = d =>
        {
            _kernel.Reply([1, 2, 3]);
            _kernel.Reply(ScriptedTransport.Ack(Split(d)[1], 0));
        };
        Assert.Throws<NetlinkFormatException>(() => _client.TryCommit(_transaction, out _));
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        Assert.True(_client.TryCommit(_transaction, out _));
    }

    [Fact]
    public void Failure_To_Send_Is_Told_With_The_Size()
    {
        _kernel.SendErrno = Errno.ENOMEM;
        _transaction.Add(Rulesets.Inet);
        var exception = Assert.Throws<NetlinkException>(() => _client.Commit(_transaction));
        Assert.Equal("send a transaction of 1 messages (80 bytes)", exception.Request);
    }

    [Fact]
    public void Too_Long_For_The_Socket_Is_Refused_Unsent()
    {
        _kernel.SendRoom = 79;
        using var client = new NftClient(new NetlinkSocket(_kernel));
        _transaction.Add(Rulesets.Inet);
        var exception = Assert.Throws<NetlinkException>(() => client.Commit(_transaction));
        Assert.Equal(Errno.EMSGSIZE, exception.Error.Number);
        Assert.Empty(_kernel.Sent);
    }

    [Fact]
    public void Half_Built_Message_Spoils_The_Transaction_Until_It_Is_Cleared()
    {
        Answer(static m => [ScriptedTransport.Ack(m[^2], 0)]);
        _transaction.Add(Rulesets.Inet);
        Assert.Throws<ArgumentException>(() => _transaction.Add(Rulesets.Inet with { Name = new string('x', 256) }));
        Assert.Throws<InvalidOperationException>(() => _client.TryCommit(_transaction, out _));
        Assert.Throws<InvalidOperationException>(() => _transaction.Add(Rulesets.Inet));
        Assert.Empty(_kernel.Sent);

        _transaction.Clear();
        _transaction.Add(Rulesets.Inet);
        Assert.True(_client.TryCommit(_transaction, out _));
    }

    [Fact]
    public void Every_Wrong_Argument_Spoils_The_Transaction()
    {
        var tooLong = new byte[300];
        Action[] wrong =
        [
            () => _transaction.Add((NftTable)null!),
            () => _transaction.Add((NftChain)null!),
            () => _transaction.Append(null!),
            () => _transaction.Add((NftSet)null!),
            () => _transaction.DeleteTable(NftFamily.Inet, ""),
            () => _transaction.DeleteTable(NftFamily.Inet, "a\0b"),
            () => _transaction.DeleteChain(NftFamily.Inet, "t", null!),
            () => _transaction.DeleteRule(NftFamily.Inet, "t", "c", 0),
            () => _transaction.Replace(Rulesets.DefaultClass("eth0", 1)),
            () => _transaction.Add(Rulesets.Ingress("a-name-with-16-b")),
            () => _transaction.Add(Rulesets.ClassMap with { KeyType = new NftDataType(5) }),
            () => _transaction.AddElement(Rulesets.Classes, new NftElementView { Key = tooLong }),
            () => _transaction.AddElement(Rulesets.Classes, new NftElementView { Key = [1], UserData = tooLong }),
            () => _transaction.AddElement(Rulesets.Classes, new NftElementView { Key = [1], Timeout = TimeSpan.FromSeconds(-1) }),
            () => _transaction.AddElement(Rulesets.Classes with { Name = "" }, new NftElementView { Key = [1] }),
        ];
        foreach (var action in wrong)
        {
            _transaction.Clear();
            _transaction.Add(Rulesets.Inet);
            Assert.ThrowsAny<ArgumentException>(action);
            Assert.Throws<InvalidOperationException>(() => _client.TryCommit(_transaction, out _));
        }

        Assert.Empty(_kernel.Sent);
    }

    [Fact]
    public void List_With_An_Element_That_Could_Not_Be_Built_Cannot_Be_Ended()
    {
        foreach (var more in new[] { false, true })
        {
            _transaction.Clear();
            Assert.Throws<InvalidOperationException>(() =>
            {
                var list = _transaction.AddElements(Rulesets.Classes);
                list.Add(new NftElementView { Key = [1, 2, 3, 4] });
                try
                {
                    list.Add(new NftElementView { Key = new byte[65] });
                }
                catch (ArgumentException) when (more)
                {
                    list.Add(new NftElementView { Key = [1, 2, 3, 5] });
                }
                catch (ArgumentException)
                {
                    list.End();
                }
            });
        }

        Assert.Throws<InvalidOperationException>(() => _client.TryCommit(_transaction, out _));
    }

    [Fact]
    public void Message_That_Was_Not_Begun_Last_Cannot_Be_Committed()
    {
        var other = new NftTransaction();
        Assert.Throws<ArgumentException>(() => _transaction.Commit(MessageWriter.Begin(new byte[64], 1, NLM_F.NONE)));
        Assert.Throws<ArgumentException>(() => _transaction.Commit(other.Begin(NFT_MSG.NFT_MSG_NEWTABLE, NLM_F.NONE)));
        // The kernel would drop the whole transaction without a word for a message without its header.
        Assert.Throws<ArgumentException>(() => _transaction.Commit(_transaction.Begin(NFT_MSG.NFT_MSG_NEWTABLE, NLM_F.NONE)));
        Assert.Throws<InvalidOperationException>(() => _client.TryCommit(_transaction, out _));
    }

    [Fact]
    public void Message_Written_To_After_It_Was_Committed_Is_Not_Sent()
    {
        var message = _transaction.Begin(NFT_MSG.NFT_MSG_NEWTABLE, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, NFTA_TABLE>(default);
        _transaction.Commit(message);
        attributes.PutFlag(NFTA_TABLE.NFTA_TABLE_NAME);
        Assert.Throws<InvalidOperationException>(() => _client.TryCommit(_transaction, out _));
        Assert.Empty(_kernel.Sent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(256)]
    public void Long_List_Becomes_Several_Messages_With_All_Elements_Once(int userData)
    {
        const int Count = 20_000;
        var list = _transaction.AddElements(Rulesets.Flows6);
        Span<byte> key = stackalloc byte[44];
        Span<byte> data = stackalloc byte[userData];
        for (var i = 0; i < Count; i++)
        {
            BitConverter.TryWriteBytes(key, i);
            list.Add(new NftElementView { Key = key, Data = key[..4], UserData = data });
        }

        list.End();
        Assert.True(_transaction.Count > 10);
        var next = 0;
        for (var m = 0; m < _transaction.Count; m++)
        {
            var message = new MessageReader(_transaction.MessageAt(m));
            Assert.True(message.MoveNext());
            foreach (var element in new NftElementReader(message.Current))
                Assert.Equal(next++, BitConverter.ToInt32(element.Key));
        }

        Assert.Equal(Count, next);
    }

    [Fact]
    public void Element_At_An_Offset_Is_Found_By_Its_Number()
    {
        Answer(m => [ScriptedTransport.Ack(m[1], Errno.EEXIST, Offset(m[1], element: 2))]);
        var list = _transaction.CreateElements(Rulesets.Classes);
        for (var i = 0u; i < 5; i++)
            list.Add(new NftElementView { Key = Rulesets.Number(i), Data = Rulesets.Number(i) });
        list.End();
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal(2, Assert.Single(_transaction.Refusals).Element);
        Assert.Equal("NFTA_SET_ELEM_LIST_ELEMENTS/NFTA_LIST_ELEM", error.Attribute);
        Assert.Equal("NFT_MSG_NEWSETELEM classes in inet vffqos, element 2", Assert.Throws<NetlinkException>(() => _client.Commit(_transaction)).Request);
    }

    [Fact]
    public void Objection_To_An_Expression_Names_The_Attribute_In_It()
    {
        _transaction.Append(Rulesets.ClassOfMark("eth0", 0x3f));
        var rule = _transaction.MessageAt(0).ToArray();
        var set = rule.AsSpan().IndexOf("classes\0"u8) - 4;
        Answer(m => [ScriptedTransport.Ack(m[1], Errno.ENOENT, [8, 0, 2, 0, .. BitConverter.GetBytes(set)])]);
        Assert.False(_client.TryCommit(_transaction, out var error));
        Assert.Equal("NFTA_RULE_EXPRESSIONS/NFTA_LIST_ELEM/NFTA_EXPR_DATA/NFTA_LOOKUP_SET", error.Attribute);
    }

    [Fact]
    public void Request_Texts_Say_What_Is_Asked_Of_What()
    {
        _transaction.Add(Rulesets.Inet);
        _transaction.Add(Rulesets.Ingress("eth0"));
        _transaction.Append(Rulesets.DefaultClass("eth0", 1));
        _transaction.Replace(Rulesets.DefaultClass("eth0", 1) with { Handle = 7 });
        _transaction.DeleteRule(NftFamily.Ip6, "t", "c", 9);
        _transaction.FlushTable(NftFamily.Ip, "t");
        _transaction.Add(Rulesets.FlowMap4);
        _transaction.DeleteElement(Rulesets.Flows4, [1]);
        Assert.Equal(
            [
                "NFT_MSG_NEWTABLE inet vffqos",
                "NFT_MSG_NEWCHAIN ingress in netdev vffqos",
                "NFT_MSG_NEWRULE postrouting in inet vffqos",
                "NFT_MSG_NEWRULE handle 7 of postrouting in inet vffqos",
                "NFT_MSG_DELRULE handle 9 of c in ip6 t",
                "NFT_MSG_DELRULE ip t",
                "NFT_MSG_NEWSET flows4 in netdev vffqos",
                "NFT_MSG_DELSETELEM flows4 in netdev vffqos",
            ],
            Enumerable.Range(0, _transaction.Count).Select(_transaction.Describe));
    }

    private static byte[] Offset(byte[] message, int element)
    {
        // Five entries end the message: a nest, the key's nest and value, the data's nest and value.
        const int Entries = 5, Length = 28;
        return [8, 0, 2, 0, .. BitConverter.GetBytes(message.Length - (Entries - element) * Length)];
    }

    private static byte[] WithSequence(byte[] message, uint sequence)
    {
        var copy = message.ToArray();
        BitConverter.TryWriteBytes(copy.AsSpan(8), sequence);
        return copy;
    }

    private void Answer(Func<List<byte[]>, byte[][]> script) => _kernel.OnSend = d =>
    {
        foreach (var datagram in script(Split(d)))
            _kernel.Reply(datagram);
    };

    private static List<byte[]> Split(byte[] datagram)
    {
        var messages = new List<byte[]>();
        for (var at = 0; at < datagram.Length;)
        {
            var length = BitConverter.ToInt32(datagram, at);
            messages.Add(datagram[at..(at + length)]);
            at += length;
        }

        return messages;
    }
}
