using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// What a message about a qdisc, class or filter is written from. Implement <see cref="IQdiscKind{TSelf}"/> and its siblings for
/// a kind of one's own; <see cref="RawOptions"/> stands for a kind that is not known before run time.
/// </summary>
public interface ITcOptions
{
    /// <summary>The kind's name, <c>TCA_KIND</c>, such as <c>htb</c>.</summary>
    ReadOnlySpan<byte> KindName { get; }

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    int Room { get; }

    /// <summary>The names of what is inside <c>TCA_OPTIONS</c>, for errors and printers; null where nothing is.</summary>
    static virtual AttributeSpace? Options => null;

    /// <summary>What the kind's own statistics are (<c>TCA_XSTATS</c>), for printers; null where it has none that are known.</summary>
    static virtual AttributeSpace? Statistics => null;

    /// <summary>Puts <c>TCA_OPTIONS</c>, or nothing where the kind has no options. Must not allocate.</summary>
    void Write(AttributeWriter<TCA> message);
}
