using System.Globalization;
using System.Runtime.InteropServices;
using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

public class ClassGoldenTests
{
    private static readonly Psched Clock = Psched.Parse("000003e8 00000040 000f4240 3b9aca00");
    private static readonly GoldenFile File = GoldenFile.Load("classes.txt");

    private static readonly ClassKey Key = new(4, new TcHandle(1, 0x10));
    private static readonly TcHandle Htb = new(1, 0);

    [Fact]
    public void Htb_Class()
    {
        var plain = new HtbClass(Clock, Rate.Parse("8mbit"));
        Check("class add dev d4 parent 1: classid 1:10 htb rate 8mbit", c => c.AddClass(Key, Htb, plain), b => b.AddClass(Key, Htb, plain));
        var full = new HtbClass(Clock, Rate.Parse("8mbit"), Rate.Parse("10mbit"), ByteSize.Parse("20k"), ByteSize.Parse("30k"))
        {
            Priority = 3,
            Quantum = 3000,
            MinimumPacket = 64,
            Overhead = 24,
        };
        var key = new ClassKey(4, new TcHandle(1, 0xfffe));
        Check(
            "class add dev d4 parent 1:1 classid 1:fffe htb rate 8mbit ceil 10mbit burst 20k cburst 30k prio 3 quantum 3000 mpu 64 overhead 24",
            c => c.AddClass(key, new TcHandle(1, 1), full),
            b => b.AddClass(key, new TcHandle(1, 1), full));
        var atm = plain with { LinkLayer = LinkLayer.Atm };
        Check("class change dev d4 parent 1: classid 1:10 htb rate 8mbit linklayer atm", c => c.ChangeClass(Key, Htb, atm), b => b.ChangeClass(Key, Htb, atm));
    }

    [Fact]
    public void Rates_Above_32_Bits_Saturate_The_Old_Field()
    {
        var captured = TcDifferences.Without(File.Messages["class replace dev d4 parent 1: classid 1:10 htb rate 40gbit ceil 100gbit"]);
        var fast = new HtbClass(Clock, Rate.Parse("40gbit"), Rate.Parse("100gbit"));
        // tc 6.1 makes 0 ticks of both bursts here (TcDifferences); ours are 6.15's.
        Assert.Equal((6u, 3u), (fast.Burst, fast.CeilBurst));
        BitConverter.TryWriteBytes(captured.AsSpan(captured.Length - 20), fast.Burst);
        BitConverter.TryWriteBytes(captured.AsSpan(captured.Length - 16), fast.CeilBurst);
        Golden.Equal(captured, SentMessage.Of(c => c.ReplaceClass(Key, Htb, fast)));
        Golden.Equal(captured, SentMessage.OfBatch(b => b.ReplaceClass(Key, Htb, fast)));
    }

    [Fact]
    public void Delete() => Check("class del dev d4 classid 1:10", c => c.DeleteClass(Key), b => b.DeleteClass(Key));

    [Fact]
    public void Dump()
    {
        Golden.Equal(File.Messages["class show dev d4"], SentMessage.Of(c => Assert.Empty(c.ListClasses(4))));
        Golden.Equal(File.Messages["class show dev d4 parent 1:"], SentMessage.Of(c => Assert.Empty(c.ListClasses(4, Htb))));
    }

    [Fact]
    public void Arithmetic_Is_That_Of_Tc_6_15_To_The_Byte()
    {
        foreach (var (command, captured) in GoldenFile.Load("rates-6.15.0.txt").Messages)
        {
            var htb = Parse(command);
            Assert.Equal((command, Parameters(captured)), (command, Parameters(Sent(htb))));
            Golden.Equal(Uncut(captured), Sent(htb));
        }
    }

    [Fact]
    public void Arithmetic_Is_That_Of_Tc_6_1_But_For_Its_Whole_Microseconds()
    {
        foreach (var (command, captured) in GoldenFile.Load("rates-6.1.0.txt").Messages)
        {
            var htb = Parse(command);
            var sizes = Sizes(command, htb);
            var ours = Sent(htb);
            var theirs = Uncut(captured);
            // The two numbers of ticks lie in front of quantum, level and prio, which end the message.
            Assert.Equal((command, Ticks61(htb.Rate, sizes.Burst)), (command, BitConverter.ToUInt32(theirs, theirs.Length - 20)));
            Assert.Equal((command, Ticks61(htb.Ceil, sizes.CeilBurst)), (command, BitConverter.ToUInt32(theirs, theirs.Length - 16)));
            ours.AsSpan(ours.Length - 20, 8).CopyTo(theirs.AsSpan(theirs.Length - 20));
            Golden.Equal(theirs, ours);
        }
    }

    /// <summary>tc 6.1: a double, cut to microseconds, times ticks, cut to ticks.</summary>
    private static uint Ticks61(Rate rate, ulong size) => (uint)((uint)(1e6 * ((double)size / rate.BytesPerSecond)) * 15.625);

    private static (ulong Burst, ulong CeilBurst) Sizes(string command, in HtbClass htb) => (
        Word(command, "burst") is { } burst ? ByteSize.Parse(burst).Bytes : Clock.DefaultBurst(htb.Rate).Bytes,
        Word(command, "cburst") is { } ceilBurst ? ByteSize.Parse(ceilBurst).Bytes : Clock.DefaultBurst(htb.Ceil).Bytes);

    private static HtbClass Parse(string command) => new(
        Clock,
        Rate.Parse(Word(command, "rate")!),
        Word(command, "ceil") is { } ceil ? Rate.Parse(ceil) : null,
        Word(command, "burst") is { } burst ? ByteSize.Parse(burst) : null,
        Word(command, "cburst") is { } ceilBurst ? ByteSize.Parse(ceilBurst) : null);

    private static string? Word(string command, string name)
    {
        var words = command.Split(' ');
        var at = Array.IndexOf(words, name);
        return at < 0 ? null : words[at + 1];
    }

    private static byte[] Sent(HtbClass htb) => SentMessage.Of(c => c.ReplaceClass(Key, Htb, htb));

    /// <summary>Gives a message whose end was cut off the lengths of what is left.</summary>
    private static byte[] Uncut(byte[] captured)
    {
        const int options = 44;
        var copy = captured.ToArray();
        BitConverter.TryWriteBytes(copy, copy.Length);
        BitConverter.TryWriteBytes(copy.AsSpan(options), (ushort)(copy.Length - options));
        return copy;
    }

    private static string Parameters(byte[] message)
    {
        var opt = MemoryMarshal.Read<tc_htb_opt>(message.AsSpan(message.Length - Marshal.SizeOf<tc_htb_opt>()));
        return string.Create(CultureInfo.InvariantCulture, $"rate {opt.rate.rate} ceil {opt.ceil.rate} buffer {opt.buffer} cbuffer {opt.cbuffer}");
    }

    private static void Check(string command, Action<TcClient> alone, Action<NetlinkBatch> batched)
    {
        var captured = TcDifferences.Without(File.Messages[command]);
        Golden.Equal(captured, SentMessage.Of(alone));
        Golden.Equal(captured, SentMessage.OfBatch(batched));
    }
}
