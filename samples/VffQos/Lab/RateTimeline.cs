using System.Diagnostics;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>How many bytes arrived when, in buckets of 10 ms since it was made.</summary>
internal sealed class RateTimeline
{
    /// <summary>The width of a bucket.</summary>
    public static readonly TimeSpan Bucket = TimeSpan.FromMilliseconds(10);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private long[] _bytes = new long[1024];
    private int _last = -1;

    /// <summary>How long ago it was made.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>Counts bytes as arrived now.</summary>
    public void Add(long bytes)
    {
        lock (_lock)
        {
            var bucket = (int)(Now / Bucket);
            if (bucket >= _bytes.Length)
                Array.Resize(ref _bytes, Math.Max(bucket + 1, _bytes.Length * 2));
            _bytes[bucket] += bytes;
            _last = bucket;
        }
    }

    /// <summary>The highest rate over any window of a width whose start lies in a period.</summary>
    /// <param name="from">The start of the period, as <see cref="Now"/> told it.</param>
    /// <param name="to">Its end.</param>
    /// <param name="window">Whole buckets.</param>
    public Rate Highest(TimeSpan from, TimeSpan to, TimeSpan window)
    {
        var width = (int)(window / Bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1, nameof(window));
        lock (_lock)
        {
            long sum = 0, highest = 0;
            var first = Math.Max(0, (int)(from / Bucket));
            var end = (int)Math.Min(to / Bucket + width, _last + 1);
            for (var i = first; i < end; i++)
            {
                sum += _bytes[i];
                if (i - width >= first)
                    sum -= _bytes[i - width];
                highest = Math.Max(highest, sum);
            }

            return new Rate((ulong)(highest / window.TotalSeconds));
        }
    }
}
