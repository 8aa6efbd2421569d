using System.Net;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests;

/// <summary>A patched message is the message that would have been built, and a slot changes nothing but its own bytes of its own message.</summary>
public class PreparedMessageTests
{
    private const ushort Type = 0x21;

    private static readonly InetAddress Address4 = new(IPAddress.Parse("192.0.2.1"));
    private static readonly InetAddress Address6 = new(IPAddress.Parse("2001:db8::1"));

    private readonly Example _example = new();

    [Fact]
    public void Patched_In_Place_And_Copied_It_Is_The_Message_Built_From_Scratch()
    {
        var random = new Random(20_261_122);
        var batch = new NetlinkBatch();
        var buffer = new byte[256];
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent.AsSpan(sent.Length / 2), 0)); // the second message asks for it
        using var socket = new NetlinkSocket(kernel);
        for (var i = 0; i < 2_000; i++)
        {
            var values = Values.Any(random);
            var expected = values.Build();

            var patch = _example.Message.Patch();
            _example.Set(patch, values);
            Assert.Equal(expected, patch.Message);
            Assert.Equal(expected, _example.Message.Message);

            random.NextBytes(buffer);
            var rest = buffer.AsSpan(expected.Length).ToArray();
            var copied = Values.Any(random);
            var copy = _example.Message.CopyTo(buffer);
            _example.Set(copy, copied);
            Assert.Equal(copied.Build(), copy.Message);
            Assert.Equal(rest, buffer.AsSpan(expected.Length));
            Assert.Equal(expected, _example.Message.Message);

            batch.Clear();
            batch.Add(expected);
            var put = batch.Begin(_example.Message);
            _example.Set(put, copied);
            batch.Commit(put);
            Assert.Equal((2, 2 * expected.Length), (batch.Count, batch.Length));
            Assert.True(batch.Send(socket).IsSuccess);
            var sent = kernel.Sent[^1].AsSpan(expected.Length).ToArray();
            sent.AsSpan(6, 6).Clear();
            var built = copied.Build();
            built.AsSpan(6, 6).Clear(); // the socket's own: flags and sequence number
            Assert.Equal(built, sent);
        }
    }

    [Fact]
    public void Values_That_Are_Not_Set_Stay()
    {
        var values = Values.Any(new Random(1));
        _example.Set(_example.Message.Patch(), values);
        _example.Message.Patch().Set(_example.Number, 7u);
        Assert.Equal((values with { Number = 7 }).Build(), _example.Message.Message);
        var copy = _example.Message.CopyTo(new byte[_example.Message.Length]);
        copy.Set(_example.Index, 9);
        Assert.Equal((values with { Number = 7, Index = 9 }).Build(), copy.Message);
    }

    [Fact]
    public void Slot_Of_Another_Message_Is_Refused_And_Nothing_Is_Written()
    {
        var other = new Example();
        var before = other.Message.Message.ToArray();
        Refused(() => other.Message.Patch().Set(_example.Number, 1u));
        Refused(() => other.Message.Patch().Set(_example.Header, default));
        Refused(() => other.Message.Patch().Set(_example.Index, 1));
        Refused(() => other.Message.Patch().Set(_example.Port, (ushort)1));
        Refused(() => other.Message.Patch().Set(_example.Mark, 1u));
        Refused(() => other.Message.Patch().Set(_example.Wide, 1UL));
        Refused(() => other.Message.Patch().Set(_example.Address4, Address4));
        Refused(() => other.Message.Patch().Set(_example.Key, new byte[5]));
        Refused(() => other.Message.Patch().Set(default(Slot<uint>), 1u));
        Refused(() => other.Message.Patch().Set(default(BytesSlot), default));
        Refused(() => default(MessagePatch).Set(_example.Number, 1u));
        Refused(() => default(MessagePatch).Set(default(Slot<uint>), 1u));
        Assert.Equal(before, other.Message.Message);
        Assert.Throws<InvalidOperationException>(() => default(Slot<ifinfomsg>).Field(static (ref ifinfomsg m) => ref m.ifi_index));
    }

    [Fact]
    public void Values_Of_Another_Length_Are_Refused_And_Nothing_Is_Written()
    {
        var before = _example.Message.Message.ToArray();
        Refused(() => _example.Message.Patch().Set(_example.Address4, Address6));
        Refused(() => _example.Message.Patch().Set(_example.Address6, Address4));
        Refused(() => _example.Message.Patch().Set(_example.Address4, default));
        Refused(() => _example.Message.Patch().Set(_example.Key, new byte[4]));
        Refused(() => _example.Message.Patch().Set(_example.Key, new byte[6]));
        Assert.Equal(before, _example.Message.Message);
        Assert.Equal((InetFamily.IPv4, InetFamily.IPv6, InetFamily.Unspecified, 5), (_example.Address4.Family, _example.Address6.Family, default(AddressSlot).Family, _example.Key.Length));
    }

    [Fact]
    public void Field_Outside_The_Struct_Is_Refused()
    {
        var elsewhere = new int[64];
        Refused(() => _example.Header.Field((ref ifinfomsg _) => ref elsewhere[32]));
        var last = _example.Header.Field(static (ref ifinfomsg m) => ref m.ifi_change);
        Refused(() => _example.Header.Field((ref ifinfomsg m) => ref System.Runtime.CompilerServices.Unsafe.As<IFF, ulong>(ref m.ifi_change)));
        _example.Message.Patch().Set(last, (IFF)5);
        Assert.Equal(5u, BitConverter.ToUInt32(_example.Message.Message[28..]));
    }

    [Fact]
    public void Short_Buffer_Is_Refused_And_Nothing_Is_Written()
    {
        var buffer = new byte[_example.Message.Length - 1];
        Refused(() => _example.Message.CopyTo(buffer));
        Assert.All(buffer, static b => Assert.Equal(0, b));
    }

    [Fact]
    public void Builder_Refuses_Another_Messages_Attributes_And_What_Comes_After_Build()
    {
        var builder = new PreparedMessageBuilder(Type, NLM_F.NONE, 64);
        builder.PutHeader<ifinfomsg, OUTER>(default, out var attributes);
        var twice = false;
        try
        {
            builder.PutHeader<ifinfomsg, OUTER>(default, out _);
        }
        catch (InvalidOperationException)
        {
            twice = true;
        }

        Assert.True(twice);
        var foreign = MessageWriter.Begin(new byte[64], Type, NLM_F.NONE).PutHeader<ifinfomsg, OUTER>(default);
        Assert.True(Throws<ArgumentException>(builder, foreign));
        builder.Put(attributes, OUTER.OUTER_NUMBER, 1u);
        Assert.Equal(40, builder.Build().Length);
        Assert.Throws<InvalidOperationException>(builder.Build);
        Assert.True(Throws<InvalidOperationException>(builder, attributes));

        static bool Throws<T>(PreparedMessageBuilder builder, AttributeWriter<OUTER> attributes)
            where T : Exception
        {
            try
            {
                builder.Put(attributes, OUTER.OUTER_NUMBER, 1u);
                return false;
            }
            catch (T)
            {
                return true;
            }
        }
    }

    [Fact]
    public void Attribute_With_A_Slot_Cannot_Be_Taken_Back()
    {
        foreach (var replaced in (bool[])[false, true])
        {
            var builder = new PreparedMessageBuilder(Type, NLM_F.NONE, 64);
            builder.PutHeader<ifinfomsg, OUTER>(default, out var attributes);
            var mark = attributes.Mark();
            builder.Put(attributes, OUTER.OUTER_NUMBER, 1UL);
            attributes.Rewind(mark);
            if (replaced)
                attributes.Put(OUTER.OUTER_NUMBER, 1u);
            Assert.Throws<InvalidOperationException>(builder.Build);
        }
    }

    [Fact]
    public void Only_The_Message_That_Was_Begun_Last_Can_Be_Committed()
    {
        var batch = new NetlinkBatch();
        Refused(() => batch.Commit(_example.Message.Patch()));
        Refused(() => batch.Commit(default(MessagePatch)));
        Refused(() =>
        {
            var message = batch.Begin(_example.Message);
            batch.Commit(message);
            batch.Commit(message);
        });
        Assert.Equal((1, _example.Message.Length), (batch.Count, batch.Length));
    }

    [Fact]
    public void Batch_Grows_For_Prepared_Messages()
    {
        var batch = new NetlinkBatch(16);
        for (var i = 0; i < 100; i++)
            batch.Commit(batch.Begin(_example.Message));
        Assert.Equal((100, 100 * _example.Message.Length), (batch.Count, batch.Length));
    }

    [Fact]
    public void Patching_Allocates_Nothing()
    {
        var values = Values.Any(new Random(2));
        var buffer = new byte[256];
        var batch = new NetlinkBatch();
        Allocations.None(() =>
        {
            _example.Set(_example.Message.Patch(), values);
            _example.Set(_example.Message.CopyTo(buffer), values);
            batch.Clear();
            var message = batch.Begin(_example.Message);
            _example.Set(message, values);
            batch.Commit(message);
        });
    }

    private static void Refused(Action action) => Assert.Throws<ArgumentException>(action);

    /// <summary>One value for each slot.</summary>
    private sealed record Values(int Index, uint Number, ushort Port, uint Mark, ulong Wide, InetAddress Address4, InetAddress Address6, byte[] Key)
    {
        public static Values Any(Random random)
        {
            var bytes = new byte[25];
            random.NextBytes(bytes);
            return new Values(
                random.Next(), (uint)random.Next(), (ushort)random.Next(), (uint)random.Next(), (ulong)random.NextInt64(), new InetAddress(bytes.AsSpan(0, 4)), new InetAddress(bytes.AsSpan(4, 16)), bytes[20..]);
        }

        /// <summary>The message with these values, from scratch.</summary>
        public byte[] Build()
        {
            var message = MessageWriter.Begin(new byte[256], Type, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE);
            var attributes = message.PutHeader<ifinfomsg, OUTER>(new ifinfomsg { ifi_index = Index });
            attributes.PutString(OUTER.OUTER_KIND, "abc"u8);
            using (var nest = attributes.NestFlagged<INNER>(OUTER.OUTER_NEST))
            {
                nest.Put(INNER.INNER_NUMBER, Number);
                nest.PutBigEndian(INNER.INNER_NUMBER, Port);
                nest.PutBigEndian(INNER.INNER_NUMBER, Mark);
                nest.PutBigEndian(INNER.INNER_NUMBER, Wide);
            }

            attributes.Put(OUTER.OUTER_DATA, Address4.AsSpan());
            attributes.Put(OUTER.OUTER_DATA, Address6.AsSpan());
            attributes.Put(OUTER.OUTER_DATA, Key);
            return message.Message.ToArray();
        }
    }

    /// <summary>A message with a slot of every sort.</summary>
    private sealed class Example
    {
        public Example()
        {
            var builder = new PreparedMessageBuilder(Type, NLM_F.NLM_F_CREATE, 256);
            Header = builder.PutHeader<ifinfomsg, OUTER>(default, out var attributes);
            Index = Header.Field(static (ref ifinfomsg m) => ref m.ifi_index);
            attributes.PutString(OUTER.OUTER_KIND, "abc"u8);
            using (var nest = attributes.NestFlagged<INNER>(OUTER.OUTER_NEST))
            {
                Number = builder.Put(nest, INNER.INNER_NUMBER, 0u);
                Port = builder.PutBigEndian(nest, INNER.INNER_NUMBER, (ushort)0);
                Mark = builder.PutBigEndian(nest, INNER.INNER_NUMBER, 0u);
                Wide = builder.PutBigEndian(nest, INNER.INNER_NUMBER, 0UL);
            }

            Address4 = builder.PutAddress(attributes, OUTER.OUTER_DATA, PreparedMessageTests.Address4);
            Address6 = builder.PutAddress(attributes, OUTER.OUTER_DATA, PreparedMessageTests.Address6);
            Key = builder.PutBytes(attributes, OUTER.OUTER_DATA, new byte[5]);
            Message = builder.Build();
        }

        public PreparedMessage Message { get; }

        public Slot<ifinfomsg> Header { get; }

        public Slot<int> Index { get; }

        public Slot<uint> Number { get; }

        public BigEndianSlot<ushort> Port { get; }

        public BigEndianSlot<uint> Mark { get; }

        public BigEndianSlot<ulong> Wide { get; }

        public AddressSlot Address4 { get; }

        public AddressSlot Address6 { get; }

        public BytesSlot Key { get; }

        public void Set(MessagePatch message, Values values)
        {
            message.Set(Header, new ifinfomsg { ifi_index = values.Index });
            message.Set(Number, values.Number);
            message.Set(Port, values.Port);
            message.Set(Mark, values.Mark);
            message.Set(Wide, values.Wide);
            message.Set(Address4, values.Address4);
            message.Set(Address6, values.Address6);
            message.Set(Key, values.Key);
        }
    }
}
