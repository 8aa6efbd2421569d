using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What the messages about qdiscs, classes and filters have in common, read once.</summary>
internal readonly ref struct TcObject
{
    private readonly ReadOnlySpan<byte> _statistics;
    private readonly bool _isOldStatistics;

    public TcObject(scoped in NetlinkMessage message)
    {
        Header = message.ReadHeader<tcmsg>();
        var ownStatistics = ReadOnlySpan<byte>.Empty;
        foreach (var a in message.Attributes<tcmsg, TCA>())
        {
            switch (a.Id)
            {
                case TCA.TCA_KIND:
                    Kind = a.ReadUtf8();
                    break;
                case TCA.TCA_OPTIONS:
                    Options = a.Payload;
                    HasOptions = true;
                    break;
                case TCA.TCA_STATS2:
                    _statistics = a.Payload;
                    _isOldStatistics = false;
                    break;
                case TCA.TCA_STATS when _statistics.IsEmpty:
                    _statistics = a.Payload;
                    _isOldStatistics = true;
                    break;
                case TCA.TCA_XSTATS:
                    ownStatistics = a.Payload;
                    break;
                case TCA.TCA_CHAIN:
                    Chain = a.ReadUInt32();
                    break;
            }
        }

        OwnStatistics = ownStatistics;
    }

    public tcmsg Header { get; }

    public ReadOnlySpan<byte> Kind { get; }

    public ReadOnlySpan<byte> Options { get; }

    public bool HasOptions { get; }

    public ReadOnlySpan<byte> OwnStatistics { get; }

    public uint Chain { get; }

    public bool TryReadStatistics(out TcStatistics statistics)
    {
        statistics = default;
        if (_statistics.IsEmpty)
            return false;
        statistics = _isOldStatistics
            ? TcStatistics.From(_statistics)
            : TcStatistics.Read(_statistics, out _);
        return true;
    }

    public bool TryRead<T>(out T options)
        where T : struct, ITcKind<T>
    {
        options = default;
        return Kind.SequenceEqual(T.Kind) && T.TryRead(Options, out options);
    }

    public RawOptions ToRaw() => HasOptions ? new RawOptions(Kind, Options) : new RawOptions(Kind);
}
