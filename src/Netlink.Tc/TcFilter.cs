using System.Text;

namespace VffNetlink.Tc;

/// <summary>A filter that the kernel told about.</summary>
public sealed class TcFilter
{
    /// <summary>Copies what a view shows.</summary>
    public TcFilter(scoped in FilterView view)
    {
        Key = view.Key;
        Kind = Encoding.UTF8.GetString(view.Kind);
        Raw = view.ToRaw();
        IsHead = view.IsHead;
    }

    /// <summary>What names it.</summary>
    public FilterKey Key { get; }

    /// <summary>The kind's name, such as <c>fw</c>.</summary>
    public string Kind { get; }

    /// <summary>The options as they are, whatever the kind; they can be written back.</summary>
    public RawOptions Raw { get; }

    /// <summary>
    /// Whether this is the head of a priority and no filter: a dump tells of each priority once before it tells of the filters in it.
    /// </summary>
    public bool IsHead { get; }

    /// <summary>The options; false for a head, for another kind, and where they say something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T options)
        where T : struct, IFilterKind<T>
    {
        options = default;
        return Raw.HasPayload && Raw.KindName.SequenceEqual(T.Kind) && T.TryRead(Raw.Payload, out options);
    }

    /// <summary>Such as <c>fw 1: chain 0 prio 10 IPv4 handle 0x10 on ifindex 4</c>.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
