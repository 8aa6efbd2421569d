using VffNetlink.Tc;
using VffQos.Lab;

namespace VffQos.Tests.Traffic;

/// <summary>What some flows received per second.</summary>
internal readonly record struct TrafficRates(Rate Upload, Rate Download)
{
    public static TrafficRates Between(in TrafficSample earlier, in TrafficSample later) =>
        new(later.Since(earlier, TrafficDirection.Upload), later.Since(earlier, TrafficDirection.Download));
}
