using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>A view of one action of a list, valid as long as the bytes that it was read from.</summary>
public readonly ref struct ActionView
{
    private readonly ReadOnlySpan<byte> _statistics;

    /// <summary>Reads an element of a list of actions.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    internal ActionView(ReadOnlySpan<byte> attributes)
    {
        Attributes = attributes;
        foreach (var a in new AttributeReader<TCA_ACT>(attributes))
        {
            switch (a.Id)
            {
                case TCA_ACT.TCA_ACT_KIND:
                    Kind = a.ReadUtf8();
                    break;
                case TCA_ACT.TCA_ACT_OPTIONS:
                    Options = a.Payload;
                    break;
                case TCA_ACT.TCA_ACT_STATS:
                    _statistics = a.Payload;
                    break;
            }
        }
    }

    /// <summary>The kind's name, such as <c>mirred</c>.</summary>
    public ReadOnlySpan<byte> Kind { get; }

    /// <summary>The payload of <c>TCA_ACT_OPTIONS</c>.</summary>
    public ReadOnlySpan<byte> Options { get; }

    /// <summary>All of it: attributes of <see cref="TCA_ACT"/>.</summary>
    public ReadOnlySpan<byte> Attributes { get; }

    /// <summary>What the action counted; false where the kernel did not say.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadStatistics(out TcStatistics statistics)
    {
        statistics = _statistics.IsEmpty ? default : TcStatistics.Read(_statistics, out _);
        return !_statistics.IsEmpty;
    }

    /// <summary>What the action does; false where it is of another kind, or says something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T action)
        where T : struct, IActionKind<T>
    {
        KnownActions.Remember<T>();
        action = default;
        return Kind.SequenceEqual(T.Kind) && T.TryRead(Options, out action);
    }
}
