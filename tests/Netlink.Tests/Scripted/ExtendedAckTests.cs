using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

public sealed class ExtendedAckTests : IDisposable
{
    private static readonly AttributeSpace Inner = Recursive();

    private static readonly AttributeSpace Shared = AttributeSpace.Of<INNER>();

    private static readonly AttributeSpace Red = AttributeSpace.Of<RED>((RED.RED_INNER, Shared));

    private static readonly AttributeSpace Blue = AttributeSpace.Of<BLUE>((BLUE.BLUE_INNER, Shared));

    private static readonly AttributeSpace Space = AttributeSpace.Of<nfgenmsg, OUTER>(
            (OUTER.OUTER_NEST, Inner),
            (OUTER.OUTER_OTHER_NEST, Inner),
            (OUTER.OUTER_HEADED, AttributeSpace.Of<rtmsg, INNER>()))
        .WithKinds(OUTER.OUTER_KIND, OUTER.OUTER_DATA, static kind => kind.SequenceEqual("red"u8) ? Red : kind.SequenceEqual("blue"u8) ? Blue : null);

    private readonly ScriptedTransport _kernel = new();
    private readonly NetlinkSocket _socket;

    public ExtendedAckTests() => _socket = new NetlinkSocket(_kernel);

    public void Dispose() => _socket.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_Has_The_Words_And_The_Attribute_Capped_Or_Not(bool capped)
    {
        var error = Refuse(Script.Request(), Script.Explain("No such thing", offset: 20), capped);
        Assert.Equal((Errno.EINVAL, "No such thing", "OUTER_NUMBER", 20, null), (error.Number, error.Message, error.Attribute, error.AttributeOffset, error.MissingAttribute));
        Assert.Equal("EINVAL: No such thing (OUTER_NUMBER)", error.ToString());
    }

    [Fact]
    public void Success_May_Carry_A_Warning()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0, Script.Explain("Deprecated")));
        Assert.True(_socket.TryRequest(Script.Request(), Space, out var error));
        Assert.Equal((true, "Deprecated", "success: Deprecated"), (error.IsSuccess, error.Message, error.ToString()));
    }

    [Fact]
    public void Done_Has_The_Same_Attributes_As_Error()
    {
        _kernel.OnSend = sent => _kernel.Reply(Script.Done(ScriptedTransport.SequenceOf(sent), Errno.EINVAL, attributes: Script.Explain("Invalid filter", offset: 20)));
        using (var replies = _socket.Exchange(Script.Request(NLM_F.NLM_F_DUMP), Space))
        {
            Assert.False(replies.MoveNext());
            Assert.Equal((Errno.EINVAL, "Invalid filter", "OUTER_NUMBER"), (replies.Error.Number, replies.Error.Message, replies.Error.Attribute));
        }

        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Offsets_Become_Paths_Through_Nests_Headers_And_Kinds()
    {
        var buffer = new byte[512];
        var message = MessageWriter.Begin(buffer, 0x21, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        var expected = new List<(int Offset, string Path)>();
        void At(MessageWriter m, string path) => expected.Add((m.Length, path));

        At(message, "OUTER_NUMBER");
        attributes.Put(OUTER.OUTER_NUMBER, (byte)1); // with padding behind it
        At(message, "OUTER_NEST");
        using (var nest = attributes.NestFlagged<INNER>(OUTER.OUTER_NEST))
        {
            At(message, "OUTER_NEST/INNER_NUMBER");
            nest.Put(INNER.INNER_NUMBER, (ushort)1);
            At(message, "OUTER_NEST/INNER_NEST");
            using var deep = nest.Nest<INNER>(INNER.INNER_NEST);
            At(message, "OUTER_NEST/INNER_NEST/77");
            deep.PutFlag((INNER)77);
        }

        At(message, "OUTER_HEADED");
        using (var headed = attributes.Nest<INNER>(OUTER.OUTER_HEADED))
        {
            headed.PutRaw(new byte[12]);
            At(message, "OUTER_HEADED/INNER_NUMBER");
            headed.Put(INNER.INNER_NUMBER, 1u);
        }

        At(message, "OUTER_KIND");
        attributes.PutString(OUTER.OUTER_KIND, "red");
        At(message, "OUTER_DATA");
        using (var red = attributes.Nest<RED>(OUTER.OUTER_DATA))
        {
            At(message, "OUTER_DATA/RED_SIZE");
            red.Put(RED.RED_SIZE, 1u);
        }

        At(message, "200");
        attributes.PutFlag((OUTER)200);

        var request = message.Message.ToArray();
        foreach (var (offset, path) in expected)
            Assert.Equal((offset, path), (offset, Refuse(request, Script.Explain(offset: offset)).Attribute));

        // Between attributes, in headers and in payloads: the number itself is told.
        foreach (var offset in Enumerable.Range(16, request.Length - 16).Except(expected.Select(static e => e.Offset)))
            Assert.Equal($"offset {offset}", Refuse(request, Script.Explain(offset: offset)).Attribute);
        Assert.Equal("offset 20", Refuse(request, Script.Explain(offset: 20), space: null).Attribute);
    }

    [Fact]
    public void Paths_Of_The_Same_Numbers_Are_Not_Mixed_Up()
    {
        // The innermost attribute, its space and all numbers on the way are the same.
        Assert.Equal("OUTER_DATA/RED_INNER/INNER_NUMBER", PathInKind("red"));
        Assert.Equal("OUTER_DATA/BLUE_INNER/INNER_NUMBER", PathInKind("blue"));
        Assert.Equal("offset 40", PathInKind("green"));

        // The same last four numbers, under different ones.
        Assert.Equal("OUTER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NUMBER", DeepPath(OUTER.OUTER_NEST));
        Assert.Equal("OUTER_OTHER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NEST/INNER_NUMBER", DeepPath(OUTER.OUTER_OTHER_NEST));
    }

    [Fact]
    public void Missing_Attribute_Is_Named_In_Its_Nest()
    {
        var buffer = new byte[128];
        var message = MessageWriter.Begin(buffer, 0x21, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        var nestAt = message.Length;
        using (var nest = attributes.Nest<INNER>(OUTER.OUTER_NEST))
        {
            nest.Put(INNER.INNER_NUMBER, 1u);
        }

        var unknownAt = message.Length;
        attributes.Put(OUTER.OUTER_OTHER_NEST + 20, 1u);
        var request = message.Message.ToArray();

        Assert.Equal("OUTER_KIND", Refuse(request, Script.Explain(missing: 2)).MissingAttribute);
        Assert.Equal("OUTER_NEST/INNER_NEST", Refuse(request, Script.Explain(missing: 2, nest: nestAt)).MissingAttribute);
        Assert.Equal("OUTER_NEST/99", Refuse(request, Script.Explain(missing: 99, nest: nestAt)).MissingAttribute);
        Assert.Equal("25/2", Refuse(request, Script.Explain(missing: 2, nest: unknownAt)).MissingAttribute);
        Assert.Equal("attribute 2", Refuse(request, Script.Explain(missing: 2, nest: nestAt + 1)).MissingAttribute);
        Assert.Equal("attribute 2", Refuse(request, Script.Explain(missing: 2, nest: -4)).MissingAttribute);
        Assert.Equal("attribute 2", Refuse(request, Script.Explain(missing: 2), space: null).MissingAttribute);
        Assert.Equal("EINVAL: Incomplete, missing OUTER_KIND", Refuse(request, Script.Explain("Incomplete", missing: 2)).ToString());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(15)]
    [InlineData(28)] // the request's end
    public void Offset_Outside_The_Request_Is_Left_Out(int offset)
    {
        var error = Refuse(Script.Request(), Script.Explain("Words", offset: offset));
        Assert.Equal((Errno.EINVAL, "Words", null, null), (error.Number, error.Message, error.Attribute, error.AttributeOffset));
    }

    [Theory]
    [InlineData("ff00010041414141")] // a text that runs past the message
    [InlineData("0300010041414141")] // shorter than its header
    [InlineData("0600020014000000")] // an offset of 2 bytes
    [InlineData("0c0002001400000000000000")] // an offset of 8 bytes
    [InlineData("0500050000000000")] // a missing attribute of 1 byte
    [InlineData("0800050000000100")] // a missing attribute above all numbers
    [InlineData("0400ff3f")] // an attribute that nobody knows
    [InlineData("41")] // less than a header
    public void Broken_Explanation_Never_Hides_The_Number(string hex)
    {
        var broken = Convert.FromHexString(hex);
        foreach (var capped in (bool[])[true, false])
        {
            Assert.Equal(new NetlinkError(Errno.EINVAL), Refuse(Script.Request(), broken, capped));
            Assert.Equal("Words", Refuse(Script.Request(), [.. Script.Explain("Words"), .. broken], capped).Message);
        }

        Script.AssertUsable(_socket, _kernel);
    }

    [Fact]
    public void Every_Cut_Of_An_Explanation_Still_Tells_The_Number()
    {
        byte[] whole = [];
        _kernel.OnSend = sent => whole = Script.Uncapped(sent, Errno.ENOSPC, Script.Explain("Words", offset: 20));
        Assert.Throws<TimeoutException>(() => _socket.TryRequest(Script.Request(), Space, out _));
        for (var length = 20; length < whole.Length; length++)
        {
            var cut = whole.AsSpan(0, length).ToArray();
            _kernel.OnSend = sent =>
            {
                sent.AsSpan(8, 4).CopyTo(cut.AsSpan(8));
                BitConverter.TryWriteBytes(cut, cut.Length);
                _kernel.Reply(cut);
            };
            Assert.False(_socket.TryRequest(Script.Request(), Space, out var error));
            Assert.Equal((length, Errno.ENOSPC), (length, error.Number));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void Uncapped_Echo_Of_A_Wrong_Length_Never_Hides_The_Number(int echoed)
    {
        _kernel.OnSend = sent =>
        {
            var answer = Script.Uncapped(sent, Errno.EBUSY, Script.Explain("Words"));
            BitConverter.TryWriteBytes(answer.AsSpan(20), echoed);
            _kernel.Reply(answer);
        };
        Assert.False(_socket.TryRequest(Script.Request(), Space, out var error));
        Assert.Equal(new NetlinkError(Errno.EBUSY), error);
    }

    [Fact]
    public void Words_Are_Read_As_Utf8_To_Their_Nul_And_Kept_Once()
    {
        Assert.Equal("Größe ≠ 4", Refuse(Script.Request(), Script.Explain("Größe ≠ 4")).Message);
        Assert.Equal("short", Refuse(Script.Request(), Script.Explain("short\0rest")).Message);
        Assert.Equal(new string('x', 900), Refuse(Script.Request(), Script.Explain(new string('x', 900))).Message);
        Assert.Same(Refuse(Script.Request(), Script.Explain("Größe ≠ 4")).Message, Refuse(Script.Request(), Script.Explain("Größe ≠ 4")).Message);
    }

    private static AttributeSpace Recursive()
    {
        var space = AttributeSpace.Of<INNER>();
        for (var i = 0; i < 6; i++)
            space = AttributeSpace.Of<INNER>((INNER.INNER_NEST, space));
        return space;
    }

    private string? PathInKind(string kind)
    {
        var message = MessageWriter.Begin(new byte[128], 0x21, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        attributes.PutString(OUTER.OUTER_KIND, kind);
        using (var data = attributes.Nest<RED>(OUTER.OUTER_DATA))
        {
            using var inner = data.Nest<INNER>(RED.RED_INNER);
            inner.Put(INNER.INNER_NUMBER, 1u);
        }

        return Refuse(message.Message.ToArray(), Script.Explain(offset: message.Length - 8)).Attribute;
    }

    private string? DeepPath(OUTER first)
    {
        var message = MessageWriter.Begin(new byte[256], 0x21, NLM_F.NONE);
        var attributes = message.PutHeader<nfgenmsg, OUTER>(default);
        using (var a = attributes.Nest<INNER>(first))
        using (var b = a.Nest<INNER>(INNER.INNER_NEST))
        using (var c = b.Nest<INNER>(INNER.INNER_NEST))
        using (var d = c.Nest<INNER>(INNER.INNER_NEST))
        using (var e = d.Nest<INNER>(INNER.INNER_NEST))
        using (var f = e.Nest<INNER>(INNER.INNER_NEST))
        {
            f.Put(INNER.INNER_NUMBER, 1u);
        }

        return Refuse(message.Message.ToArray(), Script.Explain(offset: message.Length - 8)).Attribute;
    }

    private NetlinkError Refuse(byte[] request, byte[] explanation, bool capped = true) => Refuse(request, explanation, Space, capped);

    private NetlinkError Refuse(byte[] request, byte[] explanation, AttributeSpace? space, bool capped = true)
    {
        _kernel.OnSend = sent => _kernel.Reply(capped
            ? ScriptedTransport.Ack(sent, Errno.EINVAL, explanation)
            : Script.Uncapped(sent, Errno.EINVAL, explanation));
        Assert.False(_socket.TryRequest(request, space, out var error));
        return error;
    }
}
