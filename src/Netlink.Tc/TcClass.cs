using System.Text;

namespace VffNetlink.Tc;

/// <summary>A class that the kernel told about.</summary>
public sealed class TcClass
{
    /// <summary>Copies what a view shows.</summary>
    /// <exception cref="NetlinkFormatException">The statistics are malformed.</exception>
    public TcClass(scoped in ClassView view)
    {
        Key = view.Key;
        Kind = Encoding.UTF8.GetString(view.Kind);
        Raw = view.ToRaw();
        Parent = view.Parent;
        Leaf = view.Leaf;
        Statistics = view.TryReadStatistics(out var statistics) ? statistics : null;
        OwnStatistics = view.OwnStatistics.ToArray();
    }

    /// <summary>What names it.</summary>
    public ClassKey Key { get; }

    /// <summary>The kind's name, such as <c>htb</c>.</summary>
    public string Kind { get; }

    /// <summary>The options as they are, whatever the kind; they can be written back.</summary>
    public RawOptions Raw { get; }

    /// <summary>Where it hangs: the class that it borrows from; <see cref="TcHandle.Root"/> for one directly below its qdisc.</summary>
    public TcHandle Parent { get; }

    /// <summary>The qdisc that holds its packets; <see cref="TcHandle.None"/> where it is no leaf, or the kernel's own fifo does.</summary>
    public TcHandle Leaf { get; }

    /// <summary>What was counted; null where the kernel did not say.</summary>
    public TcStatistics? Statistics { get; }

    /// <summary>The kind's own statistics (<c>TCA_XSTATS</c>); empty where it has none.</summary>
    public ReadOnlyMemory<byte> OwnStatistics { get; }

    /// <summary>The options; false where they are of another kind, or say something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T options)
        where T : struct, IClassKind<T>
    {
        options = default;
        return Raw.KindName.SequenceEqual(T.Kind) && T.TryRead(Raw.Payload, out options);
    }

    /// <summary>Such as <c>htb 1:10 on ifindex 4</c>.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
