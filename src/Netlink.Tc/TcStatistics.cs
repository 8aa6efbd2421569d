using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What a qdisc, class or action has counted.</summary>
public readonly record struct TcStatistics
{
    /// <summary>Shortest form of <c>gnet_stats_basic</c>: that of 32-bit kernels, who do not pad it.</summary>
    private const int BasicLength = 12;

    /// <summary>Bytes sent; for an action, bytes seen.</summary>
    public ulong Bytes { get; init; }

    /// <summary>Packets, 64 bits wide. A packet that the stack will split counts as what it is split into.</summary>
    public ulong Packets { get; init; }

    /// <summary>Packets dropped.</summary>
    public uint Drops { get; init; }

    /// <summary>Times that sending had to wait for the rate.</summary>
    public uint Overlimits { get; init; }

    /// <summary>Packets that the device gave back.</summary>
    public uint Requeues { get; init; }

    /// <summary>Packets queued now.</summary>
    public uint QueueLength { get; init; }

    /// <summary>Bytes queued now.</summary>
    public uint Backlog { get; init; }

    /// <summary>The estimated rate; null where no estimator runs.</summary>
    public Rate? EstimatedRate { get; init; }

    /// <summary>Packets per second; null where no estimator runs.</summary>
    public ulong? EstimatedPackets { get; init; }

    /// <summary>Reads the payload of <c>TCA_STATS2</c> or <c>TCA_ACT_STATS</c>. What is missing is zero.</summary>
    /// <param name="attributes">Attributes of <see cref="TCA_STATS"/>.</param>
    /// <param name="own">The kind's own statistics, <c>TCA_STATS_APP</c>; empty where there are none.</param>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static TcStatistics Read(ReadOnlySpan<byte> attributes, out ReadOnlySpan<byte> own)
    {
        own = default;
        var basic = default(gnet_stats_basic);
        var queue = default(gnet_stats_queue);
        gnet_stats_rate_est64? rate = null;
        ulong? packets = null;
        var last = TCA_STATS.TCA_STATS_UNSPEC;
        foreach (var a in new AttributeReader<TCA_STATS>(attributes))
        {
            switch (a.Id)
            {
                case TCA_STATS.TCA_STATS_BASIC:
                    basic = a.ReadStruct<gnet_stats_basic>(BasicLength);
                    break;
                case TCA_STATS.TCA_STATS_PKT64 when last == TCA_STATS.TCA_STATS_BASIC:
                    packets = a.ReadUInt64(); // behind BASIC_HW it tells of the device's part alone
                    break;
                case TCA_STATS.TCA_STATS_QUEUE:
                    queue = a.ReadStruct<gnet_stats_queue>();
                    break;
                case TCA_STATS.TCA_STATS_RATE_EST when rate is null:
                    var narrow = a.ReadStruct<gnet_stats_rate_est>();
                    rate = new gnet_stats_rate_est64 { bps = narrow.bps, pps = narrow.pps };
                    break;
                case TCA_STATS.TCA_STATS_RATE_EST64:
                    rate = a.ReadStruct<gnet_stats_rate_est64>();
                    break;
                case TCA_STATS.TCA_STATS_APP:
                    own = a.Payload;
                    break;
            }

            if (a.Id != TCA_STATS.TCA_STATS_PAD)
                last = a.Id;
        }

        return new TcStatistics
        {
            Bytes = basic.bytes,
            Packets = packets ?? basic.packets,
            Drops = queue.drops,
            Overlimits = queue.overlimits,
            Requeues = queue.requeues,
            QueueLength = queue.qlen,
            Backlog = queue.backlog,
            EstimatedRate = rate is { } bytes ? new Rate(bytes.bps) : null,
            EstimatedPackets = rate?.pps,
        };
    }

    /// <summary>Reads <c>TCA_STATS</c>, which kernels before 2.6.10 sent alone.</summary>
    internal static TcStatistics From(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < Unsafe.SizeOf<tc_stats>() - sizeof(uint))
            throw new NetlinkFormatException($"TCA_STATS has {payload.Length} bytes; tc_stats needs {Unsafe.SizeOf<tc_stats>()}.");
        var stats = default(tc_stats);
        payload[..Math.Min(payload.Length, Unsafe.SizeOf<tc_stats>())].CopyTo(MemoryMarshal.AsBytes(new Span<tc_stats>(ref stats)));
        return new TcStatistics
        {
            Bytes = stats.bytes,
            Packets = stats.packets,
            Drops = stats.drops,
            Overlimits = stats.overlimits,
            QueueLength = stats.qlen,
            Backlog = stats.backlog,
        };
    }
}
