using System.Globalization;
using VffQos.Configuration;
using VffQos.Hosting;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Status;

/// <summary>Puts the report together from two looks at the kernel and one at the state.</summary>
internal static class StatusReader
{
    /// <summary>The fact that holds why the daemon chose the data plane.</summary>
    public const string ReasonFact = "dataPlaneReason";

    private const ushort DefaultIndex = 0xfffe;

    /// <summary>Makes the report.</summary>
    /// <param name="config">Whose bits the marks are.</param>
    /// <param name="state">Who has which mark.</param>
    /// <param name="first">The kernel some time before.</param>
    /// <param name="second">The kernel now.</param>
    /// <param name="between">The time between the two.</param>
    public static StatusReport Read(VffQosConfig config, StateContents state, ShapingSnapshot first, ShapingSnapshot second, TimeSpan between)
    {
        var users = state.Users
            .OrderBy(static u => u.Name, StringComparer.Ordinal)
            .Select(u => new UserStatus(
                u.Name,
                config.Marks.IsUsable(u.Index) ? "0x" + config.Marks.ToMark(u.Index).ToString("x", CultureInfo.InvariantCulture) : "",
                u.Index.ToString("x", CultureInfo.InvariantCulture),
                u.LastSeen,
                Direction(first.Upload, second.Upload, u.Index, between),
                Direction(first.Download, second.Download, u.Index, between)));
        return new StatusReport(
            NamespaceLock.Holder(),
            second.Plane?.ToString().ToLowerInvariant(),
            state.Facts.GetValueOrDefault(ReasonFact),
            second.Wan,
            second.Ifb,
            second.Redirects,
            second.Flows,
            Direction(first.Upload, second.Upload, DefaultIndex, between),
            Direction(first.Download, second.Download, DefaultIndex, between),
            [.. users],
            CounterBoard.Parse(state.Facts.GetValueOrDefault(CounterBoard.Fact)));
    }

    private static DirectionStatus? Direction(
        IReadOnlyDictionary<ushort, ClassCounters>? first, IReadOnlyDictionary<ushort, ClassCounters>? second, ushort index, TimeSpan between)
    {
        if (second is null || !second.TryGetValue(index, out var now))
            return null;
        // A class that was made anew between the looks counts from zero.
        var before = first is not null && first.TryGetValue(index, out var then) && then.Bytes <= now.Bytes ? then.Bytes : 0;
        var rate = between > TimeSpan.Zero ? (now.Bytes - before) * 8 / between.TotalSeconds : 0;
        return new DirectionStatus(now.Limit.BitsPerSecond, (ulong)rate, now.Bytes, now.Packets, now.Backlog, now.Drops);
    }
}
