using System.Diagnostics;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffQos.Tests.Traffic;

/// <summary>The HTB classes of a device by their ceiling, by which a test tells its users apart, and what they had counted at one moment.</summary>
internal sealed record ClassCounts(long Timestamp, IReadOnlyDictionary<Rate, (TcHandle Id, ulong Bytes)> ByCeiling)
{
    /// <summary>Looks now.</summary>
    public static ClassCounts Of(NetworkNamespace ns, string device)
    {
        using var links = RouteClient.Open(new() { Namespace = ns });
        using var tc = TcClient.Open(new() { Namespace = ns });
        var classes = tc.ListClasses(links.GetLink(device).Index);
        var now = Stopwatch.GetTimestamp();
        var byCeiling = new Dictionary<Rate, (TcHandle, ulong)>();
        foreach (var entry in classes)
        {
            if (entry.Kind == "tbf")
                continue; // older kernels show a leaf that cuts as a class, too
            Assert.True(entry.TryRead<HtbClass>(out var htb), $"{device} has a class of another kind: {entry}");
            byCeiling[htb.Ceil] = (entry.Key.ClassId, entry.Statistics!.Value.Bytes);
        }

        return new(now, byCeiling);
    }

    /// <summary>What a class has let through so far; 0 where there is none.</summary>
    public ulong Counted(Rate ceiling) => ByCeiling.TryGetValue(ceiling, out var found) ? found.Bytes : 0;

    /// <summary>What a class let through between an earlier look and this one.</summary>
    public Rate Since(ClassCounts earlier, Rate ceiling) => new((ulong)(
        (ByCeiling[ceiling].Bytes - earlier.ByCeiling[ceiling].Bytes) / Stopwatch.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds));
}
