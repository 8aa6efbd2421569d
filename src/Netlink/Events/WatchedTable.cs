using VffNetlink.Uapi;

namespace VffNetlink.Events;

/// <summary>
/// How one of the kernel's tables is dumped, which notifications tell of it, and what makes an entry the same entry: all that
/// <see cref="TableWatch{TKey, TValue}"/> has to know of it.
/// </summary>
/// <typeparam name="TKey">What tells entries apart.</typeparam>
/// <typeparam name="TValue">An entry, immutable.</typeparam>
public abstract class WatchedTable<TKey, TValue>
    where TKey : notnull
{
    /// <summary>The family of families, of the dump as well as of the notifications.</summary>
    public abstract NETLINK Protocol { get; }

    /// <summary>The groups that tell of it.</summary>
    public abstract IReadOnlyList<uint> Groups { get; }

    /// <summary>All entries, from a whole dump (<see cref="NetlinkSocket.Dump{T}(ReadOnlySpan{byte}, AttributeSpace?, string, MessageParser{T}, int, WaitLimit)"/>).</summary>
    /// <param name="socket">Of <see cref="Protocol"/>.</param>
    /// <param name="cancellation">Ends the dump.</param>
    /// <exception cref="NetlinkException">The kernel refused; EINTR where the table never held still, which the watch tries again.</exception>
    public abstract IReadOnlyList<TValue> Dump(NetlinkSocket socket, CancellationToken cancellation);

    /// <summary>What a notification means.</summary>
    /// <param name="message">The notification.</param>
    /// <param name="value">The entry where it tells of one; of one that went at least what its key needs.</param>
    /// <exception cref="NetlinkFormatException">It makes no sense.</exception>
    public abstract TableEvent Read(scoped in NetlinkMessage message, out TValue? value);

    /// <summary>What tells an entry from others.</summary>
    public abstract TKey KeyOf(TValue value);

    /// <summary>Whether two states of an entry are the same to whoever watches; what changes without a notification must not count.</summary>
    public virtual bool AreEqual(TValue one, TValue other) => EqualityComparer<TValue>.Default.Equals(one, other);
}
