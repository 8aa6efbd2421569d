using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests;

/// <summary>A newer kernel may append to its structs; what we know of them is read all the same.</summary>
public class LongerStructTests
{
    private static readonly byte[] More = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Qdiscs_And_Classes()
    {
        var glob = new byte[20 + 8];
        BitConverter.TryWriteBytes(glob.AsSpan(0), 0x30003u);
        BitConverter.TryWriteBytes(glob.AsSpan(4), 50u);
        BitConverter.TryWriteBytes(glob.AsSpan(8), 0x20u);
        Assert.True(HtbQdisc.TryRead(Attribute(TCA_HTB.TCA_HTB_INIT, glob), out var qdisc));
        Assert.Equal((0x20, 50u), ((int)qdisc.DefaultClass, qdisc.RateToQuantum));
        Assert.True(HtbQdisc.TryRead(Attribute(TCA_HTB.TCA_HTB_INIT, glob[..20]), out var same));
        Assert.Equal(qdisc, same);
        Assert.True(BfifoQdisc.TryRead([0, 16, 0, 0, .. More], out var fifo));
        Assert.Equal(4096ul, fifo.Limit?.Bytes);

        var opt = new byte[44];
        opt[8] = 7; // rate
        opt[20] = 9; // ceil
        Assert.True(HtbClass.TryRead(Attribute(TCA_HTB.TCA_HTB_PARMS, opt), out var known));
        Assert.True(HtbClass.TryRead(Attribute(TCA_HTB.TCA_HTB_PARMS, [.. opt, .. More]), out var longer));
        Assert.Equal((known, 7ul, 9ul), (longer, longer.Rate.BytesPerSecond, longer.Ceil.BytesPerSecond));
    }

    [Fact]
    public void Actions()
    {
        var parms = new byte[28];
        parms[8] = 3; // pipe
        parms[20] = 2; // mirror
        parms[24] = 6;
        Assert.True(MirredAction.TryRead(Attribute(TCA_MIRRED.TCA_MIRRED_PARMS, parms), out var mirred));
        Assert.True(MirredAction.TryRead(Attribute(TCA_MIRRED.TCA_MIRRED_PARMS, [.. parms, .. More]), out var longer));
        Assert.Equal(mirred, longer);
        Assert.True(GactAction.TryRead(Attribute(TCA_GACT.TCA_GACT_PARMS, [.. parms[..20], .. More]), out var gact));
        Assert.Equal(TcControl.Pipe, gact.Control);
    }

    [Fact]
    public void Statistics_Shorter_And_Longer()
    {
        byte[] basic = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0]; // what a 32-bit kernel sends
        byte[] queue = [3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0];
        var read = TcStatistics.Read([.. Attribute(TCA_STATS.TCA_STATS_BASIC, basic), .. Attribute(TCA_STATS.TCA_STATS_QUEUE, queue)], out _);
        Assert.Equal((1ul, 2ul, 5u), (read.Bytes, read.Packets, read.Drops));
        Assert.Equal(read, TcStatistics.Read(
            [.. Attribute(TCA_STATS.TCA_STATS_BASIC, [.. basic, 0, 0, 0, 0, .. More]), .. Attribute(TCA_STATS.TCA_STATS_QUEUE, [.. queue, .. More])], out _));
    }

    private static byte[] Attribute<TAttr>(TAttr id, byte[] payload)
        where TAttr : unmanaged, Enum
    {
        var message = MessageWriter.Begin(new byte[256], 0, NLM_F.NONE);
        message.PutHeader<uint, TAttr>(0).Put(id, payload);
        return message.Message[20..].ToArray();
    }
}
