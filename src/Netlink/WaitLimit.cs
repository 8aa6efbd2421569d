namespace VffNetlink;

/// <summary>
/// How long one call may wait: for its turn at a socket that threads share, and for the kernel. The default is the socket's own
/// time-out and no cancellation.
/// </summary>
/// <remarks>
/// A wait that ends early leaves the socket usable: late answers are known by their sequence numbers and dropped, and a dump is read to its
/// end. What was sent is not taken back: whether a request was carried out is then not known. An answer that is there already is taken, however
/// late, and costs no more system calls than without a limit.
/// </remarks>
/// <param name="Timeout">
/// From the start of the call to its end, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>; null: each wait for the kernel may take the
/// socket's <see cref="NetlinkSocketOptions.Timeout"/>, and the turn comes when it comes.
/// </param>
/// <param name="Cancellation">Ends the wait with <see cref="OperationCanceledException"/>. Cancelled before anything is sent, nothing is.</param>
public readonly record struct WaitLimit(TimeSpan? Timeout, CancellationToken Cancellation = default)
{
    /// <summary>A call that can be cancelled.</summary>
    public static implicit operator WaitLimit(CancellationToken cancellation) => FromCancellationToken(cancellation);

    /// <summary>A call that can be cancelled.</summary>
    public static WaitLimit FromCancellationToken(CancellationToken cancellation) => new(null, cancellation);

    /// <summary>A call that may take so long.</summary>
    public static implicit operator WaitLimit(TimeSpan timeout) => FromTimeSpan(timeout);

    /// <summary>A call that may take so long.</summary>
    public static WaitLimit FromTimeSpan(TimeSpan timeout) => new(timeout);
}
