namespace VffNetlink.Tc;

/// <summary>The kinds of actions that the process has used: the names of their attributes, and how to compare two of them.</summary>
/// <remarks>A kind enters itself when it is first written or read, so that there is no list of kinds to keep.</remarks>
internal static class KnownActions
{
    private static readonly Lock Sync = new();
    private static volatile Known[] _kinds = [];

    private delegate bool Comparison(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    public static AttributeSpace? Find(ReadOnlySpan<byte> kind) => Look(kind)?.Space;

    /// <summary>Whether two actions of one kind do the same; what the kernel counts and dates in one of them is left aside where the kind is known.</summary>
    public static bool AreSame(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || (Look(kind) is { } known && known.Same(left, right));

    public static void Remember<T>()
        where T : struct, IActionKind<T>
    {
        if (!Once<T>.IsDone)
            Add<T>();
    }

    private static Known? Look(ReadOnlySpan<byte> kind)
    {
        foreach (var known in _kinds)
        {
            if (kind.SequenceEqual(known.Kind))
                return known;
        }

        return null;
    }

    private static void Add<T>()
        where T : struct, IActionKind<T>
    {
        lock (Sync)
        {
            if (Look(T.Kind) is null)
                _kinds = [.. _kinds, new Known(T.Kind.ToArray(), T.Options, AreSame<T>)];
            Once<T>.IsDone = true;
        }
    }

    private static bool AreSame<T>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        where T : struct, IActionKind<T>
    {
        try
        {
            return T.TryRead(left, out var a) && T.TryRead(right, out var b) && EqualityComparer<T>.Default.Equals(a, b);
        }
        catch (NetlinkFormatException)
        {
            return false; // malformed bytes are the same as the very same bytes only, which was looked at before
        }
    }

    private sealed record Known(byte[] Kind, AttributeSpace? Space, Comparison Same);

    private static class Once<T>
        where T : struct
    {
        public static bool IsDone;
    }
}
