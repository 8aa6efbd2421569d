using System.Text;

namespace VffNetlink.Tc;

/// <summary>A qdisc that the kernel told about.</summary>
public sealed class TcQdisc
{
    /// <summary>Copies what a view shows.</summary>
    /// <exception cref="NetlinkFormatException">The statistics are malformed.</exception>
    public TcQdisc(scoped in QdiscView view)
    {
        Key = view.Key;
        Kind = Encoding.UTF8.GetString(view.Kind);
        Raw = view.ToRaw();
        References = view.References;
        Statistics = view.TryReadStatistics(out var statistics) ? statistics : null;
        OwnStatistics = view.OwnStatistics.ToArray();
    }

    /// <summary>What names it.</summary>
    public QdiscKey Key { get; }

    /// <summary>The kind's name, such as <c>htb</c>.</summary>
    public string Kind { get; }

    /// <summary>
    /// The options as they are, whatever the kind. Most can be written back as they are; htb's qdisc only as <see cref="HtbQdisc"/>, since it
    /// tells its version in another form than it wants to hear.
    /// </summary>
    public RawOptions Raw { get; }

    /// <summary>References to it.</summary>
    public uint References { get; }

    /// <summary>What was counted; null where the kernel did not say.</summary>
    public TcStatistics? Statistics { get; }

    /// <summary>The kind's own statistics (<c>TCA_XSTATS</c>); empty where it has none.</summary>
    public ReadOnlyMemory<byte> OwnStatistics { get; }

    /// <summary>The options; false where they are of another kind, or say something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T options)
        where T : struct, IQdiscKind<T>
    {
        options = default;
        return Raw.KindName.SequenceEqual(T.Kind) && T.TryRead(Raw.Payload, out options);
    }

    /// <summary>Such as <c>htb 1: on ifindex 4</c>.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
