using System.Diagnostics;
using VffNetlink.Tc;

namespace VffQos.Lab;

/// <summary>Tells how many bytes a sender owes to its offered rate.</summary>
/// <param name="rate">The offered rate.</param>
internal struct Pacer(Rate rate)
{
    /// <summary>How long a sender sleeps between two looks: short against any queue, long against a wake-up's price.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    // A sender that was held up makes up for no more than this: a longer burst would test the queue, not the rate.
    private static readonly TimeSpan LongestDebt = TimeSpan.FromMilliseconds(200);

    private long _last = Stopwatch.GetTimestamp();
    private double _due;

    /// <summary>Bytes due now; below zero after a packet larger than what was due.</summary>
    public double Due
    {
        get
        {
            var now = Stopwatch.GetTimestamp();
            _due = Math.Min(_due + rate.BytesPerSecond * Stopwatch.GetElapsedTime(_last, now).TotalSeconds, rate.BytesPerSecond * LongestDebt.TotalSeconds);
            _last = now;
            return _due;
        }
    }

    /// <summary>Takes off what was sent.</summary>
    public void Spend(int bytes) => _due -= bytes;
}
