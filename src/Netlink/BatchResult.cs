namespace VffNetlink;

/// <summary>How a batch went.</summary>
/// <param name="Sent">Messages that were sent.</param>
/// <param name="Refused">Messages that the kernel is known to have refused.</param>
/// <param name="RepliesLost">
/// Everything was sent and the kernel took it, but some of its answers did not fit the receive buffer (ENOBUFS): more messages
/// than <paramref name="Refused"/> may have been refused.
/// </param>
public readonly record struct BatchResult(int Sent, int Refused, bool RepliesLost)
{
    /// <summary>Whether every message is known to have been carried out.</summary>
    public bool IsSuccess => Refused == 0 && !RepliesLost;
}
