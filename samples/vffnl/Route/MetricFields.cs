using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>The metrics of a route.</summary>
internal static class MetricFields
{
    private const uint Ecn = 1; // RTAX_FEATURE_ECN

    private static readonly (RTAX Id, string Name, Func<RouteMetrics, uint?> Get)[] Fields =
    [
        (RTAX.RTAX_MTU, "mtu", static m => m.Mtu),
        (RTAX.RTAX_WINDOW, "window", static m => m.Window),
        (RTAX.RTAX_RTT, "rtt", static m => m.RoundTripTime / 8),
        (RTAX.RTAX_RTTVAR, "rttvar", static m => m.RoundTripVariation / 4),
        (RTAX.RTAX_SSTHRESH, "ssthresh", static m => m.SlowStartThreshold),
        (RTAX.RTAX_CWND, "cwnd", static m => m.CongestionWindow),
        (RTAX.RTAX_ADVMSS, "advmss", static m => m.AdvertisedSegmentSize),
        (RTAX.RTAX_REORDERING, "reordering", static m => m.Reordering),
        (RTAX.RTAX_HOPLIMIT, "hoplimit", static m => m.HopLimit),
        (RTAX.RTAX_INITCWND, "initcwnd", static m => m.InitialCongestionWindow),
        (RTAX.RTAX_FEATURES, "features", static m => m.Features),
        (RTAX.RTAX_RTO_MIN, "rto_min", static m => m.MinimumRetransmissionTime),
        (RTAX.RTAX_INITRWND, "initrwnd", static m => m.InitialReceiveWindow),
        (RTAX.RTAX_QUICKACK, "quickack", static m => m.QuickAcknowledgement),
        (RTAX.RTAX_CC_ALGO, "congestion", static _ => null),
        (RTAX.RTAX_FASTOPEN_NO_COOKIE, "fastopen_no_cookie", static m => m.FastOpenWithoutCookie),
    ];

    /// <summary>Writes the array of one object that they are.</summary>
    public static void Write(Report report, in RouteMetrics metrics)
    {
        report.BeginArray("metrics");
        report.BeginObject();
        foreach (var (id, name, get) in Fields)
            WriteOne(report, id, name, metrics, get(metrics));
        report.EndObject();
        report.EndArray();
    }

    private static void WriteOne(Report report, RTAX id, string name, in RouteMetrics metrics, uint? value)
    {
        switch (id)
        {
            case RTAX.RTAX_CC_ALGO:
                report.TextIf(name, metrics.CongestionControl);
                break;
            case RTAX.RTAX_HOPLIMIT when value is uint.MaxValue:
                break; // the system's
            case RTAX.RTAX_FEATURES when value is { } features:
                if ((features & Ecn) != 0)
                    report.Mark("ecn");
                if ((features & ~Ecn) != 0)
                    report.Hex(name, features);
                break;
            default:
                // One that is locked, and has no value, is held at 0.
                report.NumberIf(name, value ?? (((metrics.Lock ?? 0) >> (int)id & 1) != 0 ? 0u : null));
                break;
        }
    }
}
