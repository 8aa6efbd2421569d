using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests;

public class TcStatisticsTests
{
    private const ulong Large = 1ul << 40;

    [Theory]
    [InlineData(12)] // a 32-bit kernel's
    [InlineData(16)]
    [InlineData(24)] // a newer kernel's
    public void Basic_Statistics_Come_In_Several_Lengths(int length)
    {
        var bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, Large);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 7u);
        var statistics = Read(a => a.Put(TCA_STATS.TCA_STATS_BASIC, bytes));
        Assert.Equal(new TcStatistics { Bytes = Large, Packets = 7 }, statistics);
    }

    [Fact]
    public void Packets_Have_64_Bits()
    {
        var statistics = Read(a =>
        {
            a.PutStruct(TCA_STATS.TCA_STATS_BASIC, new gnet_stats_basic { bytes = Large, packets = 1 });
            a.PutFlag(TCA_STATS.TCA_STATS_PAD);
            a.Put(TCA_STATS.TCA_STATS_PKT64, (1ul << 32) + 1);
            a.PutStruct(TCA_STATS.TCA_STATS_BASIC_HW, new gnet_stats_basic { bytes = 5, packets = 2 });
            a.Put(TCA_STATS.TCA_STATS_PKT64, 99ul); // the device's part
        });
        Assert.Equal((1ul << 32) + 1, statistics.Packets);
        Assert.Equal(Large, statistics.Bytes);
    }

    [Fact]
    public void Device_Alone_Above_32_Bits_Changes_Nothing()
    {
        var statistics = Read(a =>
        {
            a.PutStruct(TCA_STATS.TCA_STATS_BASIC, new gnet_stats_basic { bytes = 1, packets = 3 });
            a.PutStruct(TCA_STATS.TCA_STATS_BASIC_HW, new gnet_stats_basic { bytes = 5, packets = 2 });
            a.Put(TCA_STATS.TCA_STATS_PKT64, 99ul);
        });
        Assert.Equal(3ul, statistics.Packets);
    }

    [Fact]
    public void Queue_Estimator_And_Unknown_Attributes()
    {
        var statistics = Read(a =>
        {
            a.Put((TCA_STATS)200, 1u);
            a.PutStruct(TCA_STATS.TCA_STATS_QUEUE, new gnet_stats_queue { qlen = 1, backlog = 2, drops = 3, requeues = 4, overlimits = 5 });
            a.PutStruct(TCA_STATS.TCA_STATS_RATE_EST, new gnet_stats_rate_est { bps = uint.MaxValue, pps = 6 });
            a.PutStruct(TCA_STATS.TCA_STATS_RATE_EST64, new gnet_stats_rate_est64 { bps = Large, pps = 6 });
        });
        var expected = new TcStatistics
        {
            QueueLength = 1,
            Backlog = 2,
            Drops = 3,
            Requeues = 4,
            Overlimits = 5,
            EstimatedRate = new Rate(Large),
            EstimatedPackets = 6,
        };
        Assert.Equal(expected, statistics);
    }

    [Fact]
    public void Old_Statistics_Serve_Where_There_Are_No_New_Ones()
    {
        var old = new tc_stats { bytes = Large, packets = 1, drops = 2, overlimits = 3, qlen = 4, backlog = 5 };
        Assert.Equal(
            new TcStatistics { Bytes = Large, Packets = 1, Drops = 2, Overlimits = 3, QueueLength = 4, Backlog = 5 },
            Class(a => a.PutStruct(TCA.TCA_STATS, old)));
        Assert.Equal(9ul, Class(a =>
        {
            using (var nest = a.Nest<TCA_STATS>(TCA.TCA_STATS2))
            {
                nest.PutStruct(TCA_STATS.TCA_STATS_BASIC, new gnet_stats_basic { packets = 9 });
            }

            a.PutStruct(TCA.TCA_STATS, old);
        })?.Packets);
        Assert.Null(Class(static _ => { }));
    }

    private delegate void Putter<TAttr>(AttributeWriter<TAttr> attributes)
        where TAttr : unmanaged, Enum;

    private static TcStatistics Read(Putter<TCA_STATS> put)
    {
        var message = MessageWriter.Begin(new byte[512], 0, NLM_F.NONE);
        put(message.PutHeader<uint, TCA_STATS>(0));
        return TcStatistics.Read(message.Message[20..], out _);
    }

    private static TcStatistics? Class(Putter<TCA> put)
    {
        var message = MessageWriter.Begin(new byte[512], (ushort)RTM_TC.RTM_NEWTCLASS, NLM_F.NONE);
        put(message.PutHeader<tcmsg, TCA>(default));
        return new ClassView(Support.Messages.Only(message.Message)).ToRecord().Statistics;
    }
}
