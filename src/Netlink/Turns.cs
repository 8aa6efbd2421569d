namespace VffNetlink;

/// <summary>
/// Threads take turns: a lock whose waiters can be cancelled, which costs two interlocked operations where nobody waits. A waiter
/// announces itself before it tries again, and whoever leaves looks for waiters after having left, so that no turn is missed.
/// </summary>
internal sealed class Turns
{
    private readonly object _queue = new();
    private int _owner; // a thread's managed id; 0: nobody's turn
    private int _waiting;

    /// <summary>Whether it is the calling thread's turn.</summary>
    public bool IsMine => Volatile.Read(ref _owner) == Environment.CurrentManagedThreadId;

    /// <summary>Waits for the turn; never again on a thread whose turn it is.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public void Take(scoped in Patience patience)
    {
        if (!TryTake())
            Wait(patience);
    }

    public void Leave()
    {
        Interlocked.Exchange(ref _owner, 0); // a full fence: the waiters are looked at behind it
        if (Volatile.Read(ref _waiting) == 0)
            return;
        lock (_queue)
            Monitor.Pulse(_queue);
    }

    private bool TryTake() => Interlocked.CompareExchange(ref _owner, Environment.CurrentManagedThreadId, 0) == 0;

    private void Wait(scoped in Patience patience)
    {
        using var registration = patience.Cancellation.UnsafeRegister(static queue =>
        {
            lock (queue!)
                Monitor.PulseAll(queue);
        }, _queue);
        Interlocked.Increment(ref _waiting);
        try
        {
            lock (_queue)
            {
                // Tried before anything else, so that a waiter that gives up has not swallowed another one's pulse.
                while (!TryTake())
                {
                    if (patience.IsLimited)
                        patience.ThrowIfOver();
                    Monitor.Wait(_queue, patience.Left);
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
