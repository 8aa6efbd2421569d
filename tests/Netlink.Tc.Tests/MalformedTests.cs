using VffNetlink.Tc.Tests.Support;

namespace VffNetlink.Tc.Tests;

/// <summary>Whatever bytes arrive, reading ends with values or with <see cref="NetlinkFormatException"/>.</summary>
public class MalformedTests
{
    private static readonly byte[][] Seeds = LoadSeeds();

    [Fact]
    public void Cut_At_Every_Byte()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 16; length <= seed.Length; length++)
            {
                var cut = seed.AsSpan(0, length).ToArray();
                BitConverter.TryWriteBytes(cut, length);
                ReadEverything(cut);
                foreach (var options in (byte[][])[cut[Math.Min(48, length)..], cut[Math.Min(52, length)..], cut[16..]])
                    ReadOptions(options);
            }
        }
    }

    [Fact]
    public void Every_Length_Wrong()
    {
        foreach (var seed in Seeds)
        {
            for (var at = 36; at + 2 <= seed.Length; at += 2)
            {
                foreach (var wrong in (ushort[])[0, 1, 3, 4, 5, 7, 0x7fff, 0xfffc, 0xffff])
                {
                    var copy = seed.ToArray();
                    BitConverter.TryWriteBytes(copy.AsSpan(at), wrong);
                    ReadEverything(copy);
                }
            }
        }
    }

    [Fact]
    public void Random_Changes()
    {
        var random = new Random(20260104);
        var read = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var copy = Seeds[random.Next(Seeds.Length)].ToArray();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                copy[random.Next(16, copy.Length)] = (byte)random.Next(256);
            read += ReadEverything(copy) ? 1 : 0;
        }

        Assert.InRange(read, 10_000, 99_999); // both ends are met
    }

    [Fact]
    public void Random_Bytes()
    {
        var random = new Random(20260105);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            ReadOptions(bytes);
        }
    }

    [Fact]
    public void Actions_That_Grow_When_They_Are_Rewritten()
    {
        // ctinfo without its zone grows by the zone; once per action, however often the options are repeated in it.
        var options = new byte[24 + 4];
        BitConverter.TryWriteBytes(options, (ushort)24);
        options[2] = (byte)Uapi.TCA_CTINFO.TCA_CTINFO_ACT;
        var message = MessageWriter.Begin(new byte[70_000], 0, default);
        using (var list = message.PutHeader<uint, Uapi.TCA_FW>(0).Nest<Uapi.TCA_ACT>(Uapi.TCA_FW.TCA_FW_ACT))
        {
            using var one = list.Nest<Uapi.TCA_ACT>((Uapi.TCA_ACT)1);
            one.PutString(Uapi.TCA_ACT.TCA_ACT_KIND, "ctinfo"u8);
            while (message.Length < 65_000)
                one.Put(Uapi.TCA_ACT.TCA_ACT_OPTIONS, options.AsSpan(0, 24));
        }

        Assert.True(FwFilter.TryRead(message.Message[20..], out var fw));
        Assert.Equal(1, fw.Actions.Count);
        Assert.True(fw.Actions.Bytes.Length < 100);
    }

    [Fact]
    public void More_Actions_Than_A_Filter_Can_Have()
    {
        var message = MessageWriter.Begin(new byte[1024], 0, default);
        using (var list = message.PutHeader<uint, Uapi.TCA_FW>(0).Nest<Uapi.TCA_ACT>(Uapi.TCA_FW.TCA_FW_ACT))
        {
            for (var i = 1; i <= 33; i++)
                list.PutFlag((Uapi.TCA_ACT)i);
        }

        var bytes = message.Message[20..].ToArray();
        Assert.Throws<NetlinkFormatException>(() => FwFilter.TryRead(bytes, out _));
    }

    [Fact]
    public void Missing_Parts_Read_As_False()
    {
        Assert.False(HtbQdisc.TryRead(default, out _));
        Assert.False(HtbClass.TryRead(default, out _));
        Assert.False(TbfQdisc.TryRead(default, out _));
        Assert.False(BfifoQdisc.TryRead(default, out _));
        Assert.False(GactAction.TryRead(default, out _));
        Assert.False(MirredAction.TryRead(default, out _));
        Assert.False(SkbeditAction.TryRead(default, out _));
        Assert.False(CtinfoAction.TryRead(default, out _));
        Assert.False(HtbClassCounters.TryRead(default, out _));
        Assert.Null(HtbQdisc.ReadDirectPackets(default));
    }

    /// <summary>Everything that can be asked of a message; false where some of it was malformed.</summary>
    private static bool ReadEverything(byte[] bytes)
    {
        try
        {
            foreach (var message in new MessageReader(bytes))
            {
                var qdisc = new QdiscView(message);
                ReadQdisc(qdisc);
                ReadClass(new ClassView(message));
                ReadFilter(new FilterView(message));
            }

            return true;
        }
        catch (NetlinkFormatException)
        {
            return false;
        }
    }

    private static void ReadQdisc(QdiscView view)
    {
        view.TryRead<HtbQdisc>(out _);
        view.TryRead<TbfQdisc>(out _);
        view.TryRead<BfifoQdisc>(out _);
        view.TryRead<IngressQdisc>(out _);
        view.TryRead<ClsactQdisc>(out _);
        view.TryReadStatistics(out _);
        _ = view.ToRecord().ToString();
    }

    private static void ReadClass(ClassView view)
    {
        view.TryRead<HtbClass>(out _);
        HtbClassCounters.TryRead(view.OwnStatistics, out _);
        _ = view.ToRecord().ToString();
    }

    private static void ReadFilter(FilterView view)
    {
        _ = view.ToRecord().ToString();
        if (view.TryRead<FwFilter>(out var fw))
            ReadActions(fw.Actions);
        if (view.TryRead<U32Filter>(out var u32))
            ReadActions(u32.Actions);
        if (view.TryRead<MatchallFilter>(out var matchall))
            ReadActions(matchall.Actions);
    }

    private static void ReadActions(ActionList actions)
    {
        foreach (var action in actions)
        {
            action.TryRead<GactAction>(out _);
            action.TryRead<MirredAction>(out _);
            action.TryRead<SkbeditAction>(out _);
            action.TryRead<CtinfoAction>(out _);
            action.TryReadStatistics(out _);
        }

        Assert.True(actions.Equals(actions));
        _ = actions.ToString();
    }

    /// <summary>The readers of options, each given bytes that may be another's.</summary>
    private static void ReadOptions(byte[] bytes)
    {
        Read(bytes, static b => HtbQdisc.TryRead(b, out _));
        Read(bytes, static b => HtbQdisc.ReadDirectPackets(b));
        Read(bytes, static b => BfifoQdisc.TryRead(b, out _));
        Read(bytes, static b => HtbClass.TryRead(b, out _));
        Read(bytes, static b => TbfQdisc.TryRead(b, out _));
        Read(bytes, static b => HtbClassCounters.TryRead(b, out _));
        Read(bytes, static b => FwFilter.TryRead(b, out _));
        Read(bytes, static b => U32Filter.TryRead(b, out _));
        Read(bytes, static b => MatchallFilter.TryRead(b, out _));
        Read(bytes, static b => GactAction.TryRead(b, out _));
        Read(bytes, static b => MirredAction.TryRead(b, out _));
        Read(bytes, static b => SkbeditAction.TryRead(b, out _));
        Read(bytes, static b => CtinfoAction.TryRead(b, out _));
        Read(bytes, static b => TcStatistics.Read(b, out _));
        Read(bytes, static b =>
        {
            foreach (var action in new ActionReader(b))
                action.TryReadStatistics(out _);
        });
    }

    private static void Read(byte[] bytes, Action<byte[]> read)
    {
        try
        {
            read(bytes);
        }
        catch (NetlinkFormatException)
        {
            // The one exception that is allowed; any other fails the test.
        }
    }

    private static byte[][] LoadSeeds()
    {
        string[] names = ["qdiscs.txt", "classes.txt", "fw.txt", "u32.txt", "matchall.txt", "actions.txt", "replies-6.18.txt", "replies-6.12.txt"];
        return [.. names.SelectMany(static n => GoldenFile.Load(n).Messages.Values).Where(static m => m.Length is > 36 and < 3000)];
    }
}
