namespace VffNetlink.Events;

/// <summary>What a notification means for a table.</summary>
public enum TableEvent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An entry is there now as the notification says, whether it was there before or not.</summary>
    Set,

    /// <summary>An entry is gone.</summary>
    Removed,

    /// <summary>An entry is gone, and the table must have it: where it has not, it is <see cref="Stale"/>.</summary>
    RemovedForCertain,

    /// <summary>The table changed in a way that no notification tells: it has to be dumped again.</summary>
    Stale,
}
