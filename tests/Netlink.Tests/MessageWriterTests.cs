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

    private static string Thrown(Action action) => Record.Exception(action)?.GetType().Name ?? "none";
}
