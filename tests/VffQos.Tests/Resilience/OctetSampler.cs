using System.Diagnostics;
using System.Globalization;
using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.Tests.Resilience;

/// <summary>
/// What of IPv4 reached a namespace's IP layer (<c>InOctets</c> of <c>/proc/net/netstat</c>), over time: behind all shaping, and counted
/// by the kernel, so that a receiver that is late makes no burst of it.
/// </summary>
internal sealed class OctetSampler : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly List<(long Before, ulong Octets, long After)> _samples = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public OctetSampler(NetworkNamespace ns) => _thread = ns.Start("octets", Sample);

    /// <summary>How many samples there are: a place to measure from.</summary>
    public int Count
    {
        get
        {
            lock (_samples)
                return _samples.Count;
        }
    }

    /// <summary>
    /// The highest rate within any window that is at least so wide, and over all. A thread may be held up between the clock and the
    /// counter: a window is as wide as it can have been.
    /// </summary>
    /// <param name="from">A <see cref="Count"/> of before.</param>
    /// <param name="window">The width.</param>
    public (Rate Highest, Rate Mean) Measure(int from, TimeSpan window)
    {
        lock (_samples)
        {
            var highest = 0.0;
            for (int first = from, last = from; last < _samples.Count; last++)
            {
                // The narrowest window that ends here.
                while (first + 1 < last && Stopwatch.GetElapsedTime(_samples[first + 1].Before, _samples[last].After) >= window)
                    first++;
                var width = Stopwatch.GetElapsedTime(_samples[first].Before, _samples[last].After);
                if (width >= window)
                    highest = Math.Max(highest, (_samples[last].Octets - _samples[first].Octets) / width.TotalSeconds);
            }

            var (start, end) = (_samples[from], _samples[^1]);
            return (new Rate((ulong)highest), new Rate((ulong)((end.Octets - start.Octets) / Stopwatch.GetElapsedTime(start.Before, end.After).TotalSeconds)));
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Sample()
    {
        do
        {
            var before = Stopwatch.GetTimestamp();
            var octets = Read();
            var after = Stopwatch.GetTimestamp();
            lock (_samples)
                _samples.Add((before, octets, after));
        }
        while (!_stop.Wait(Interval));
    }

    private static ulong Read()
    {
        var lines = File.ReadAllLines("/proc/thread-self/net/netstat");
        var names = Array.FindIndex(lines, static l => l.StartsWith("IpExt:", StringComparison.Ordinal));
        var column = Array.IndexOf(lines[names].Split(' '), "InOctets");
        return ulong.Parse(lines[names + 1].Split(' ')[column], CultureInfo.InvariantCulture);
    }
}
