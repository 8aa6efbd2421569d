namespace VffNetlink.Events;

/// <summary>What happened to a watched table.</summary>
public enum TableChangeKind
{
    /// <summary>An entry came.</summary>
    Added,

    /// <summary>An entry has another value.</summary>
    Changed,

    /// <summary>An entry went.</summary>
    Removed,

    /// <summary>Notifications were lost: the table is behind the kernel's until the next <see cref="Synchronized"/>.</summary>
    Overrun,

    /// <summary>The table was dumped, and all that had changed was told: the first time the whole table.</summary>
    Synchronized,
}
