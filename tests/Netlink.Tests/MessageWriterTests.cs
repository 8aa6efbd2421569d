using VffNetlink.Uapi;

namespace VffNetlink.Tests;

public class MessageWriterTests
{
    private enum OUTER : ushort
    {
        OUTER_UNSPEC,
        OUTER_U8,
        OUTER_U32,
        OUTER_NEST,
        OUTER_TEXT,
    }

    private enum INNER : ushort
    {
        INNER_UNSPEC,
        INNER_U16,
    }

    [Fact]
    public void Written_Message_Has_Lengths_Padding_And_Nests_In_Place()
    {
        var buffer = new byte[128];
        buffer.AsSpan().Fill(0xee);
        var message = MessageWriter.Begin(buffer, 0x1234, NLM_F.NLM_F_CREATE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(new nfgenmsg { nfgen_family = 2 });
        attributes.Put(OUTER.OUTER_U8, (byte)7);
        using (var nest = attributes.NestFlagged<INNER>(OUTER.OUTER_NEST))
        {
            nest.PutBigEndian(INNER.INNER_U16, (ushort)0x0102);
        }

        attributes.PutString(OUTER.OUTER_TEXT, "abc");

        Assert.Equal(
            "3000000034120004" + "0000000000000000" + "02000000" + "0500010007000000" + "0C000380" + "0600010001020000" + "0800040061626300",
            Convert.ToHexString(message.Message));
    }

    [Fact]
    public void Full_Buffer_Throws_And_Writes_Nothing()
    {
        var buffer = new byte[24];
        var message = MessageWriter.Begin(buffer, 1, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        Assert.Equal("InvalidOperationException", Thrown(() =>
        {
            var again = MessageWriter.Begin(buffer, 1, NLM_F.NONE).PutHeader<nfgenmsg, OUTER>(default);
            again.Put(OUTER.OUTER_U32, 1u);
        }));
        Assert.Equal(20, message.Length);
        attributes.PutFlag(OUTER.OUTER_U8);
        Assert.Equal(24, message.Length);
    }

    [Fact]
    public void Nest_Longer_Than_16_Bits_Is_Refused_Not_Wrapped()
    {
        var buffer = new byte[200_000];
        Assert.Equal("InvalidOperationException", Thrown(() =>
        {
            var attributes = MessageWriter.Begin(buffer, 1, NLM_F.NONE).PutHeader<nfgenmsg, OUTER>(default);
            using var nest = attributes.Nest<INNER>(OUTER.OUTER_NEST);
            nest.Put(INNER.INNER_U16, new byte[40_000]);
            nest.Put(INNER.INNER_U16, new byte[40_000]);
        }));
        Assert.Equal("InvalidOperationException", Thrown(() =>
        {
            var attributes = MessageWriter.Begin(buffer, 1, NLM_F.NONE).PutHeader<nfgenmsg, OUTER>(default);
            attributes.Put(OUTER.OUTER_U32, new byte[65_532]);
        }));
    }

    [Fact]
    public void Rewind_Drops_What_Came_After_The_Mark()
    {
        var message = MessageWriter.Begin(new byte[64], 1, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        var mark = attributes.Mark();
        attributes.Put(OUTER.OUTER_U32, 5u);
        attributes.Rewind(mark);
        Assert.Equal(20, message.Length);
    }

    [Fact]
    public void Rewind_Goes_Neither_Forward_Nor_Out_Of_Its_Nest()
    {
        Assert.Equal("ArgumentOutOfRangeException", Thrown(() =>
        {
            var attributes = MessageWriter.Begin(new byte[64], 1, NLM_F.NONE).PutHeader<nfgenmsg, OUTER>(default);
            attributes.Rewind(attributes.Mark() + 4);
        }));
        Assert.Equal("ArgumentOutOfRangeException", Thrown(() =>
        {
            var attributes = MessageWriter.Begin(new byte[64], 1, NLM_F.NONE).PutHeader<nfgenmsg, OUTER>(default);
            var outside = attributes.Mark();
            using var nest = attributes.Nest<INNER>(OUTER.OUTER_NEST);
            nest.Rewind(outside);
        }));
    }

    [Theory]
    [InlineData("", "04000400", "0500040000000000")]
    [InlineData("abc", "0700040061626300", "0800040061626300")]
    [InlineData("abcd", "0800040061626364", "090004006162636400000000")]
    [InlineData("ü€", "09000400c3bce282ac000000", "0a000400c3bce282ac000000")]
    public void Strings_End_With_A_Nul_Or_With_Their_Attribute(string text, string bare, string ended)
    {
        var buffer = new byte[64];
        Assert.Equal(bare, Written(buffer, a => a.PutText(OUTER.OUTER_TEXT, text)));
        Assert.Equal(ended, Written(buffer, a => a.PutString(OUTER.OUTER_TEXT, text)));
        Assert.Equal(ended, Written(buffer, a => a.PutString(OUTER.OUTER_TEXT, System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Padding_Is_Zero_Whatever_Was_There()
    {
        var buffer = new byte[64];
        for (var length = 1; length < 9; length++)
        {
            buffer.AsSpan().Fill(0xee);
            var written = Convert.FromHexString(Written(buffer, a => a.Put(OUTER.OUTER_TEXT, Enumerable.Repeat((byte)0xff, length).ToArray())));
            Assert.Equal(4 + ((length + 3) & ~3), written.Length);
            Assert.All(written[(4 + length)..], static b => Assert.Equal(0, b));
        }

        buffer.AsSpan().Fill(0xee);
        Assert.Equal("0102030405000000", Written(buffer, static a => a.PutRaw([1, 2, 3, 4, 5])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void Buffer_Too_Short_For_A_Header_Is_Refused(int length) =>
        Assert.Equal("InvalidOperationException", Thrown(() => MessageWriter.Begin(new byte[length], 1, NLM_F.NONE)));

    [Fact]
    public void Longest_Attribute_Fits_And_Reads_Back()
    {
        var message = MessageWriter.Begin(new byte[70_000], 1, NLM_F.NONE);
        message.PutHeader<nfgenmsg, OUTER>(default).Put(OUTER.OUTER_TEXT, new byte[65_531]);
        var reader = new MessageReader(message.Message);
        Assert.True(reader.MoveNext());
        Assert.True(reader.Current.Attributes<nfgenmsg, OUTER>().TryFind(OUTER.OUTER_TEXT, out var found));
        Assert.Equal(65_531, found.Payload.Length);
    }

    private delegate void Put(AttributeWriter<OUTER> attributes);

    private static string Written(byte[] buffer, Put put)
    {
        var message = MessageWriter.Begin(buffer, 1, NLM_F.NONE);
        put(message.PutHeader<nfgenmsg, OUTER>(default));
        return Convert.ToHexStringLower(message.Message[20..]);
    }

    private static string Thrown(Action action) => Record.Exception(action)?.GetType().Name ?? "none";
}
