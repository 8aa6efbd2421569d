using System.Runtime.InteropServices;
using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc.Tests.Kernel;

/// <summary>A kind that the library lacks is one struct in the user's own code.</summary>
[Trait("Category", "Kernel")]
public sealed class OwnKindKernelTests : IDisposable
{
    private readonly TcNamespace _ns = new();

    [Fact]
    public void Kind_Of_Ones_Own_Is_Made_And_Read_Back()
    {
        var key = QdiscKey.Root(TcNamespace.D4, new TcHandle(7, 0));
        _ns.Client.AddQdisc(key, new Pfifo { Limit = 7 });
        var shown = Assert.Single(_ns.TcJson("qdisc show dev d4"));
        Assert.Equal(("pfifo", 7), (shown.GetProperty("kind").GetString(), shown.GetProperty("options").GetProperty("limit").GetInt32()));
        var read = _ns.Client.GetQdisc(key);
        Assert.True(read.TryRead<Pfifo>(out var pfifo));
        Assert.Equal(new Pfifo { Limit = 7 }, pfifo);
        Assert.False(read.TryRead<BfifoQdisc>(out _));

        // And without any type at all.
        _ns.Client.DeleteQdisc(key, "pfifo"u8);
        _ns.Client.AddQdisc(key, new RawOptions("pfifo"u8, [9, 0, 0, 0]));
        Assert.Equal(9, _ns.TcJson("qdisc show dev d4")[0].GetProperty("options").GetProperty("limit").GetInt32());
        var raw = _ns.Client.GetQdisc(key).Raw;
        _ns.Client.DeleteQdisc(key, raw.KindName);
        _ns.Client.AddQdisc(key, raw);
        Assert.Equal(raw, _ns.Client.GetQdisc(key).Raw);
        Assert.Equal("pfifo 09000000", raw.ToString());
    }

    public void Dispose() => _ns.Dispose();

    private readonly record struct Pfifo : IQdiscKind<Pfifo>
    {
        public static ReadOnlySpan<byte> Kind => "pfifo"u8;

        public uint Limit { get; init; }

        ReadOnlySpan<byte> ITcOptions.KindName => Kind;

        int ITcOptions.Room => 8;

        public static bool TryRead(ReadOnlySpan<byte> options, out Pfifo value)
        {
            value = default;
            if (options.Length < 4)
                return false;
            value = new Pfifo { Limit = MemoryMarshal.Read<tc_fifo_qopt>(options).limit };
            return true;
        }

        public void Write(AttributeWriter<TCA> message) => message.PutStruct(TCA.TCA_OPTIONS, new tc_fifo_qopt { limit = Limit });
    }
}
