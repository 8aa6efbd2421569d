using VffNetlink.Conntrack;
using VffQos.Sources;

namespace VffQos.Flows;

/// <summary>Lines that were faster than their flow.</summary>
internal sealed partial class FlowEngine
{
    /// <summary>Look-ups at most between two looks at what else there is to do.</summary>
    private const int RetrySlice = 512;

    /// <summary>Looking again for lines takes one part of so many of the time.</summary>
    private const int RetryShare = 10;

    private long _retryAt;

    /// <summary>Whether anything is known of a tuple: whose it is, or that a line of its client waits.</summary>
    public bool Knows(in ConntrackTuple tuple) =>
        FlowMemory.IsFound(ref Memory.Find(tuple)) || _waiting.Has(new ClientEndpoint(tuple.Source, tuple.SourcePort));

    private void RetryLater(in PendingLine line, bool isUncertain)
    {
        if (line.IsHistory && !isUncertain)
        {
            Counters.Historic++;
            return;
        }

        var now = Now;
        if (now - line.Since >= _options.Patience.TotalMilliseconds)
            Counters.Unmatched++;
        else
            Counters.Dropped += _waiting.Add(line, now);
    }

    /// <summary>
    /// Looks again for lines that are due, as long as that takes no more than its share: lines of clients who never have a flow, a fronting
    /// proxy's, must not hold up others.
    /// </summary>
    private void Retry(long now)
    {
        if (now < _retryAt)
            return;
        var lookups = 0;
        while (lookups < RetrySlice && _waiting.TryTakeDue(now, out var line))
        {
            lookups += CandidatesOf(line).Count;
            Add(line);
        }

        if (_pending.Count == 0)
            return;
        var started = _time.GetTimestamp();
        Flush();
        _retryAt = now + (long)((RetryShare - 1) * _time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>When <see cref="Retry"/> has something to do next.</summary>
    private long? NextRetry => _waiting.NextDue is { } due ? Math.Max(due, _retryAt) : null;

    /// <summary>Lines that wait for a flow of this client are looked for with the next <see cref="Flush"/>.</summary>
    private void Wake(in ClientEndpoint client)
    {
        while (_waiting.TryTake(client, out var line))
            Add(line);
    }
}
