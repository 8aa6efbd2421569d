namespace VffNetlink.Events;

/// <summary>What a stream of events has at one place: an event, or the news that events were lost there.</summary>
/// <typeparam name="T">What the stream's reader makes of a notification.</typeparam>
public readonly record struct EventItem<T>
{
    /// <summary>An event.</summary>
    public EventItem(T value) => Value = value;

    private EventItem(bool isOverrun) => (IsOverrun, Value) = (isOverrun, default!);

    /// <summary>Events were lost.</summary>
    internal static EventItem<T> Overrun { get; } = new(isOverrun: true);

    /// <summary>
    /// Whether the kernel dropped events here (ENOBUFS) because they were not read fast enough. All items before are older than what was lost,
    /// so that a dump made from here on and the items behind it together tell everything.
    /// </summary>
    public bool IsOverrun { get; }

    /// <summary>The event; meaningless for an overrun.</summary>
    public T Value { get; }
}
