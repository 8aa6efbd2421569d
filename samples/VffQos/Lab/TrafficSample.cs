using System.Diagnostics;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>What some flows had received at one moment; two samples make a rate.</summary>
/// <param name="Timestamp">As <see cref="Stopwatch.GetTimestamp"/> counts.</param>
/// <param name="Upload">Bytes on the wire, all flows together.</param>
/// <param name="Download">Bytes on the wire, all flows together.</param>
internal readonly record struct TrafficSample(long Timestamp, long Upload, long Download)
{
    /// <summary>Looks now.</summary>
    /// <exception cref="InvalidOperationException">A flow failed.</exception>
    public static TrafficSample Take(IEnumerable<TrafficFlow> flows)
    {
        long upload = 0, download = 0;
        foreach (var flow in flows)
        {
            upload += flow.WireBytes(TrafficDirection.Upload);
            download += flow.WireBytes(TrafficDirection.Download);
        }

        return new(Stopwatch.GetTimestamp(), upload, download);
    }

    /// <summary>The rate between an earlier sample and this one.</summary>
    public Rate Since(in TrafficSample earlier, TrafficDirection direction)
    {
        var bytes = direction == TrafficDirection.Upload ? Upload - earlier.Upload : Download - earlier.Download;
        return new Rate((ulong)(bytes / Stopwatch.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds));
    }
}
