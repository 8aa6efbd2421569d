using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>What TCP and IP take from a route (<c>RTA_METRICS</c>). What is null is not set.</summary>
public readonly record struct RouteMetrics
{
    /// <summary>Bytes (<c>RTAX_MTU</c>).</summary>
    public uint? Mtu { get; init; }

    /// <summary>Bytes that are advertised at most (<c>RTAX_WINDOW</c>).</summary>
    public uint? Window { get; init; }

    /// <summary>Eighths of a millisecond (<c>RTAX_RTT</c>).</summary>
    public uint? RoundTripTime { get; init; }

    /// <summary>Quarters of a millisecond (<c>RTAX_RTTVAR</c>).</summary>
    public uint? RoundTripVariation { get; init; }

    /// <summary>Packets (<c>RTAX_SSTHRESH</c>).</summary>
    public uint? SlowStartThreshold { get; init; }

    /// <summary>Packets at most, where it is locked (<c>RTAX_CWND</c>).</summary>
    public uint? CongestionWindow { get; init; }

    /// <summary>Bytes (<c>RTAX_ADVMSS</c>).</summary>
    public uint? AdvertisedSegmentSize { get; init; }

    /// <summary>Packets (<c>RTAX_REORDERING</c>).</summary>
    public uint? Reordering { get; init; }

    /// <summary>Hops (<c>RTAX_HOPLIMIT</c>).</summary>
    public uint? HopLimit { get; init; }

    /// <summary>Packets (<c>RTAX_INITCWND</c>).</summary>
    public uint? InitialCongestionWindow { get; init; }

    /// <summary>RTAX_FEATURE_*: 1 is ECN (<c>RTAX_FEATURES</c>).</summary>
    public uint? Features { get; init; }

    /// <summary>Milliseconds (<c>RTAX_RTO_MIN</c>).</summary>
    public uint? MinimumRetransmissionTime { get; init; }

    /// <summary>Packets (<c>RTAX_INITRWND</c>).</summary>
    public uint? InitialReceiveWindow { get; init; }

    /// <summary>1: always at once (<c>RTAX_QUICKACK</c>).</summary>
    public uint? QuickAcknowledgement { get; init; }

    /// <summary>The algorithm, such as <c>bbr</c> (<c>RTAX_CC_ALGO</c>).</summary>
    public string? CongestionControl { get; init; }

    /// <summary>1: without (<c>RTAX_FASTOPEN_NO_COOKIE</c>).</summary>
    public uint? FastOpenWithoutCookie { get; init; }

    /// <summary>A bit for each metric, by its number, that may not be learnt anew (<c>RTAX_LOCK</c>).</summary>
    public uint? Lock { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>Reads the payload of <c>RTA_METRICS</c>.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static RouteMetrics Read(ReadOnlySpan<byte> payload)
    {
        var attributes = new DataReader<RTAX>(payload);
        return new RouteMetrics
        {
            Mtu = attributes.UInt32(RTAX.RTAX_MTU),
            Window = attributes.UInt32(RTAX.RTAX_WINDOW),
            RoundTripTime = attributes.UInt32(RTAX.RTAX_RTT),
            RoundTripVariation = attributes.UInt32(RTAX.RTAX_RTTVAR),
            SlowStartThreshold = attributes.UInt32(RTAX.RTAX_SSTHRESH),
            CongestionWindow = attributes.UInt32(RTAX.RTAX_CWND),
            AdvertisedSegmentSize = attributes.UInt32(RTAX.RTAX_ADVMSS),
            Reordering = attributes.UInt32(RTAX.RTAX_REORDERING),
            HopLimit = attributes.UInt32(RTAX.RTAX_HOPLIMIT),
            InitialCongestionWindow = attributes.UInt32(RTAX.RTAX_INITCWND),
            Features = attributes.UInt32(RTAX.RTAX_FEATURES),
            MinimumRetransmissionTime = attributes.UInt32(RTAX.RTAX_RTO_MIN),
            InitialReceiveWindow = attributes.UInt32(RTAX.RTAX_INITRWND),
            QuickAcknowledgement = attributes.UInt32(RTAX.RTAX_QUICKACK),
            CongestionControl = attributes.Text(RTAX.RTAX_CC_ALGO),
            FastOpenWithoutCookie = attributes.UInt32(RTAX.RTAX_FASTOPEN_NO_COOKIE),
            Lock = attributes.UInt32(RTAX.RTAX_LOCK),
            Other = attributes.Others(),
        };
    }

    /// <summary>Puts <c>RTA_METRICS</c>, where anything is set.</summary>
    internal void Write(AttributeWriter<RTA> route)
    {
        if (this == default)
            return;
        using var metrics = route.Nest<RTAX>(RTA.RTA_METRICS);
        metrics.PutIf(RTAX.RTAX_MTU, Mtu);
        metrics.PutIf(RTAX.RTAX_WINDOW, Window);
        metrics.PutIf(RTAX.RTAX_RTT, RoundTripTime);
        metrics.PutIf(RTAX.RTAX_RTTVAR, RoundTripVariation);
        metrics.PutIf(RTAX.RTAX_SSTHRESH, SlowStartThreshold);
        metrics.PutIf(RTAX.RTAX_CWND, CongestionWindow);
        metrics.PutIf(RTAX.RTAX_ADVMSS, AdvertisedSegmentSize);
        metrics.PutIf(RTAX.RTAX_REORDERING, Reordering);
        metrics.PutIf(RTAX.RTAX_HOPLIMIT, HopLimit);
        metrics.PutIf(RTAX.RTAX_INITCWND, InitialCongestionWindow);
        metrics.PutIf(RTAX.RTAX_FEATURES, Features);
        metrics.PutIf(RTAX.RTAX_RTO_MIN, MinimumRetransmissionTime);
        metrics.PutIf(RTAX.RTAX_INITRWND, InitialReceiveWindow);
        metrics.PutIf(RTAX.RTAX_QUICKACK, QuickAcknowledgement);
        if (CongestionControl is not null)
            metrics.PutText(RTAX.RTAX_CC_ALGO, CongestionControl);
        metrics.PutIf(RTAX.RTAX_FASTOPEN_NO_COOKIE, FastOpenWithoutCookie);
        metrics.PutIf(RTAX.RTAX_LOCK, Lock);
        Other.Write(metrics);
    }
}
