namespace VffNetlink.Events;

/// <summary>One change of a watched table, or news of the watch itself.</summary>
/// <typeparam name="TValue">An entry.</typeparam>
/// <param name="Kind">What happened.</param>
/// <param name="Value">The entry as it is, or as it was last where it went; default where no entry is meant.</param>
/// <param name="Previous">What a changed entry was before; default otherwise.</param>
public readonly record struct TableChange<TValue>(TableChangeKind Kind, TValue? Value = default, TValue? Previous = default);
