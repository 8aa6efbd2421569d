namespace VffNetlink;

/// <summary>A <see cref="WaitLimit"/> that has started to run. The default one has no end of its own.</summary>
internal readonly struct Patience
{
    private readonly long _deadline; // of Environment.TickCount64; 0: none
    private readonly int _milliseconds;

    public Patience(in WaitLimit limit)
    {
        Cancellation = limit.Cancellation;
        if (limit.Timeout is not { } timeout)
            return;
        HasTimeout = true;
        _milliseconds = NetlinkSocket.Milliseconds(timeout);
        _deadline = _milliseconds < 0 ? long.MaxValue : Environment.TickCount64 + _milliseconds;
    }

    public CancellationToken Cancellation { get; }

    /// <summary>Whether the socket's own time-out is overruled.</summary>
    public bool HasTimeout { get; }

    /// <summary>Whether there is anything to look at.</summary>
    public bool IsLimited => HasTimeout || Cancellation.CanBeCanceled;

    /// <summary>Milliseconds for poll; -1: without end.</summary>
    public int Left => !HasTimeout || _deadline == long.MaxValue ? -1 : (int)Math.Clamp(_deadline - Environment.TickCount64, 0, int.MaxValue);

    /// <summary>Between two waits, where the caller's patience may have ended without one.</summary>
    public void ThrowIfOver()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Left == 0)
            throw TimedOut();
    }

    public TimeoutException TimedOut() => new($"A netlink request did not come to its end within {_milliseconds} ms.");
}
