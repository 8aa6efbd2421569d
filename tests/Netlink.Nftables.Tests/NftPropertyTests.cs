using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables.Tests;

/// <summary>Whatever is written is read as it was, and what nft sends is written again without a difference.</summary>
public class NftPropertyTests
{
    private static readonly Gen<NftFamily> Family = Gen.Elements(Enum.GetValues<NftFamily>());

    private static readonly Gen<NftRegister> Register = Gen.Choose(-1, 15).Select(static word => word < 0 ? NftRegister.Verdict : NftRegister.Word(word));

    private static readonly Gen<NftVerdict> Verdict = Gen.OneOf(
        Gen.Elements(NftVerdict.Accept, NftVerdict.Drop, NftVerdict.Return, NftVerdict.Continue),
        Any.Name.Select(NftVerdict.Jump),
        Any.Name.Select(NftVerdict.Goto));

    private static readonly Gen<NftData> Data = Gen.OneOf(Any.Bytes(1, NftData.MaximumLength).Select(static b => new NftData(b)), Verdict.Select(static v => new NftData(v)));

    private static readonly Gen<NftUserData> UserData =
        from bytes in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Any.Bytes(1, 100))
        from comment in Any.MaybeNull(Any.Text(1, 100))
        select comment is null ? new NftUserData(bytes) : default(NftUserData).WithString(NftUserData.CommentType, comment);

    private static readonly Gen<NftExpression> Expression = Gen.OneOf(
        Any.Of<MetaExpression>(OfNft).Select(static e => (NftExpression)e),
        Any.Of<CmpExpression>(OfNft).Select(static e => (NftExpression)e),
        Any.Of<CounterExpression>(OfNft).Select(static e => (NftExpression)e),
        Any.Of<ImmediateExpression>(OfNft).Select(static e => (NftExpression)e),
        Any.Of<BitwiseExpression>(OfNft).Select(static e => (NftExpression)e));

    private static readonly Gen<IReadOnlyList<NftExpression>> Expressions = Gen.Choose(0, 4).SelectMany(static count => Gen.ArrayOf(Expression, count)).Select(static e => (IReadOnlyList<NftExpression>)e);

    private static readonly Gen<TimeSpan> Time = Any.UInt32.Select(static milliseconds => TimeSpan.FromMilliseconds((long)milliseconds));

    private static readonly Gen<NftTable> Tables =
        from family in Family
        from name in Any.Name
        from flags in Gen.Elements(Enum.GetValues<NFT_TABLE_F>())
        from data in UserData
        select new NftTable { Family = family, Name = name, Flags = flags, UserData = data };

    private static readonly Gen<NftHook> Hooks =
        from number in Any.UInt32
        from priority in Any.UInt32
        from type in Any.Name
        from count in Gen.Choose(0, 3)
        from devices in Gen.ArrayOf(Any.Name.SelectMany(static name => Gen.Elements(name, $"{name[..^1]}*")).Where(static name => name != "*"), count)
        select new NftHook { Number = number, Priority = (int)priority, Type = type, Devices = devices };

    private static readonly Gen<NftChain> Chains =
        from family in Family
        from names in Any.Name.Two()
        from hook in Any.MaybeNull(Hooks)
        from policy in Any.Maybe(Gen.Elements(NFT_VERDICT.NF_ACCEPT, NFT_VERDICT.NF_DROP))
        from flags in Gen.Elements(Enum.GetValues<NFT_CHAIN>())
        from data in UserData
        select new NftChain { Family = family, Table = names.Item1, Name = names.Item2, Hook = hook, Policy = policy, Flags = flags, UserData = data };

    private static readonly Gen<NftRule> Rules =
        from family in Family
        from names in Any.Name.Two()
        from expressions in Expressions
        from data in UserData
        select new NftRule { Family = family, Table = names.Item1, Chain = names.Item2, Expressions = expressions, UserData = data };

    private static readonly Gen<NftDataType> Simple = Gen.Elements(
        NftDataType.Ipv4Addr, NftDataType.Ipv6Addr, NftDataType.EtherAddr, NftDataType.InetProto, NftDataType.InetService, NftDataType.Mark, NftDataType.ClassId, NftDataType.IfName);

    private static readonly Gen<NftDataType> KeyType = Gen.OneOf(Simple, Simple.Two().Select(static two => NftDataType.Concat(two.Item1, two.Item2)));

    private static readonly Gen<NftSet> Sets =
        from family in Family
        from names in Any.Name.Two()
        from key in KeyType
        from data in Any.Maybe(Gen.OneOf(Simple, Gen.Constant(NftDataType.Verdict)))
        from flags in Gen.Elements(NFT_SET.NONE, NFT_SET.NFT_SET_TIMEOUT, NFT_SET.NFT_SET_INTERVAL, NFT_SET.NFT_SET_CONSTANT, NFT_SET.NFT_SET_ANONYMOUS | NFT_SET.NFT_SET_EVAL)
        from size in Any.Maybe(Any.UInt32)
        from policy in Any.Maybe(Gen.Elements(Enum.GetValues<NFT_SET_POL>()))
        from times in Gen.ArrayOf(Any.Maybe(Time), 2)
        from expressions in Expressions
        from comment in Any.MaybeNull(Any.Text(1, 100))
        let isConcatenation = key.IsConcatenation && flags == NFT_SET.NFT_SET_INTERVAL
        select new NftSet
        {
            Family = family,
            Table = names.Item1,
            Name = names.Item2,
            KeyType = key,
            DataType = data,
            Flags = isConcatenation ? flags | NFT_SET.NFT_SET_CONCAT : flags,
            Size = size,
            Policy = policy,
            Timeout = times[0],
            GarbageInterval = times[1],
            Expressions = expressions,
            Comment = comment,
        };

    private static readonly Gen<NftElement> Elements =
        from key in Any.Bytes(1, NftData.MaximumLength)
        from end in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Any.Bytes(1, NftData.MaximumLength))
        from data in Gen.OneOf(Gen.Constant(Array.Empty<byte>()), Any.Bytes(1, NftData.MaximumLength))
        from verdict in Any.Maybe(Verdict)
        from flags in Gen.Elements(Enum.GetValues<NFT_SET_ELEM>())
        from timeout in Any.Maybe(Time)
        from user in UserData
        from expressions in Expressions
        select new NftElement
        {
            Key = key,
            KeyEnd = end,
            Data = verdict is null ? data : Array.Empty<byte>(),
            Verdict = verdict,
            Flags = flags,
            Timeout = timeout,
            UserData = user.Bytes.ToArray(),
            Expressions = expressions,
        };

    /// <summary>The kinds of expressions that the library has.</summary>
    public static TheoryData<Type> Kinds => [.. typeof(NftExpression).Assembly.GetExportedTypes().Where(static t => t.IsValueType
        && t.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INftExpression<>)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Expression_Of_A_Kind(Type kind) =>
        typeof(NftPropertyTests).GetMethod(nameof(ForKind), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(kind).Invoke(null, null);

    [Fact]
    public void Table() => Any.Holds(Tables, static table => Assert.Equal(table, NftTable.Read(Only(Written(NFT_MSG.NFT_MSG_NEWTABLE, table.Write))) with { Attributes = default }));

    [Fact]
    public void Chain() => Any.Holds(Chains, static chain =>
    {
        var bytes = Written(NFT_MSG.NFT_MSG_NEWCHAIN, chain.Write);
        var read = NftChain.Read(Only(bytes));
        Assert.True(chain.Matches(read) && read.Matches(chain));
        Assert.Equal(bytes, Written(NFT_MSG.NFT_MSG_NEWCHAIN, read.Write));
    });

    [Fact]
    public void Rule() => Any.Holds(Rules, static rule =>
    {
        var bytes = Written(NFT_MSG.NFT_MSG_NEWRULE, rule.Write);
        var read = NftRule.Read(Only(bytes));
        Assert.True(rule.Matches(read) && read.Matches(rule));
        Assert.Equal(bytes, Written(NFT_MSG.NFT_MSG_NEWRULE, read.Write));
    });

    [Fact]
    public void Set() => Any.Holds(Sets, static set =>
    {
        var bytes = Written(NFT_MSG.NFT_MSG_NEWSET, message => set.Write(message, 7));
        var read = NftSet.Read(Only(bytes));
        Assert.True(set.Matches(read) && read.Matches(set));
        Assert.Equal((set.Policy, set.Timeout, set.GarbageInterval, set.Comment), (read.Policy, read.Timeout, read.GarbageInterval, read.Comment));
        Assert.Equal(bytes, Written(NFT_MSG.NFT_MSG_NEWSET, message => read.Write(message, 7)));
    });

    [Fact]
    public void Element() => Any.Holds(Elements, static element =>
    {
        var set = new NftSetName(NftFamily.Inet, "t", "s");
        var bytes = Added(set, element);
        var read = ReadElement(bytes);
        Assert.Equal((element.Verdict, element.Flags, element.Timeout, element.Comment), (read.Verdict, read.Flags, read.Timeout, read.Comment));
        Assert.True(element.Key.Span.SequenceEqual(read.Key.Span) && element.KeyEnd.Span.SequenceEqual(read.KeyEnd.Span) && element.Data.Span.SequenceEqual(read.Data.Span));
        Assert.All(element.Expressions.Zip(read.Expressions), static pair => Assert.True(pair.First.Matches(pair.Second)));
        Assert.Equal(bytes, Added(set, read));
    });

    [Fact]
    public void What_Nft_Sends_Is_Written_Without_A_Difference()
    {
        var compared = 0;
        foreach (var captured in (byte[][])[.. Golden.Load("tables.txt"), .. Golden.Load("chains.txt"), .. Golden.Load("rules.txt"), .. Golden.Load("sets.txt")])
        {
            if (WriteAgain(captured) is not { } again)
                continue;
            Golden.Equal(captured, again);
            compared++;
        }

        Assert.InRange(compared, 40, int.MaxValue);
    }

    private static void ForKind<T>()
        where T : struct, INftExpression<T> => Any.Holds(Any.Of<T>(OfNft).Select(Meant), static expression =>
        {
            Assert.Equal(expression, T.Read(NftExpression.Of(expression).Data.Span));
            Assert.True(NftExpression.Of(expression).TryRead<T>(out var read));
            Assert.Equal(expression, read);
        });

    /// <summary>Some attributes have a meaning with others only, and are not sent without these.</summary>
    private static T Meant<T>(T expression)
        where T : struct => expression switch
        {
            FwdExpression { Address: null } fwd => (T)(object)(fwd with { Family = default }),
            PayloadExpression { Source: null } payload => (T)(object)(payload with { ChecksumType = default, ChecksumOffset = 0, ChecksumFlags = default }),
            _ => expression,
        };

    private static Gen<object?>? OfNft(string name, Type type) =>
        type == typeof(NftRegister) ? Any.Boxed(Register)
        : type == typeof(NftData) ? Any.Boxed(Data)
        : name == nameof(LookupExpression.SetName) ? Any.Boxed(Any.Name)
        : null;

    /// <summary>What is made of a message that makes something; null for others, and for a rule that has a place.</summary>
    private static byte[]? WriteAgain(byte[] captured)
    {
        var message = Only(captured);
        var again = MessageWriter.Begin(new byte[8192], message.Type, message.Flags);
        switch ((NFT_MSG)(message.Type & 0xff))
        {
            case NFT_MSG.NFT_MSG_NEWTABLE:
                NftTable.Read(message).Write(again);
                break;
            case NFT_MSG.NFT_MSG_NEWCHAIN:
                NftChain.Read(message).Write(again);
                break;
            case NFT_MSG.NFT_MSG_NEWRULE when NftRule.Read(message) is { Handle: 0, Position: 0 } rule:
                rule.Write(again);
                break;
            case NFT_MSG.NFT_MSG_NEWSET:
                Assert.True(message.Attributes<nfgenmsg, NFTA_SET>().TryFind(NFTA_SET.NFTA_SET_ID, out var id));
                NftSet.Read(message).Write(again, id.ReadUInt32BigEndian());
                break;
            default:
                return null;
        }

        return again.Message.ToArray();
    }

    private static byte[] Added(in NftSetName set, NftElement element)
    {
        var transaction = new NftTransaction();
        transaction.AddElement(set, element.AsView());
        return transaction.MessageAt(0).ToArray();
    }

    private static NftElement ReadElement(byte[] message)
    {
        foreach (var element in new NftElementReader(Only(message)))
            return element.ToElement();
        throw new InvalidOperationException("There is no element.");
    }

    private delegate void Writing(MessageWriter message);

    private static byte[] Written(NFT_MSG type, Writing write)
    {
        var message = MessageWriter.Begin(new byte[8192], (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8) | (int)type), NLM_F.NONE);
        write(message);
        return message.Message.ToArray();
    }

    private static NetlinkMessage Only(byte[] bytes)
    {
        var reader = new MessageReader(bytes);
        Assert.True(reader.MoveNext());
        return reader.Current;
    }
}
