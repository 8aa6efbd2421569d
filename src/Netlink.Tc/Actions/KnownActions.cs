using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// The kinds of actions that are known by type: the names of their attributes, how to compare two of them, and how to write one back.
/// </summary>
/// <remarks>
/// The library's own kinds enter themselves when it is loaded, a user's when it is first written or read, so that there is no list
/// of kinds to keep.
/// </remarks>
internal static class KnownActions
{
    private static readonly Lock Sync = new();
    private static volatile Known[] _kinds = [];

    private delegate bool Comparison(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    private delegate bool Rewriting(ReadOnlySpan<byte> options, AttributeWriter<TCA_ACT> action);

    public static AttributeSpace? Find(ReadOnlySpan<byte> kind) => Look(kind)?.Space;

    /// <summary>Whether two actions of one kind do the same; what the kernel counts and dates in one of them is left aside where the kind is known.</summary>
    public static bool AreSame(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right) || (Look(kind) is { } known && known.Same(left, right));

    /// <summary>
    /// Puts the options of an action that the kernel told about as they are sent to it: without what it counts and dates, which some kinds
    /// refuse (EINVAL). False, and nothing put, where the kind is not known or has no word for something in them.
    /// </summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public static bool TryRewrite(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> options, AttributeWriter<TCA_ACT> action) =>
        Look(kind) is { } known && known.Rewrite(options, action);

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
                _kinds = [.. _kinds, new Known(T.Kind.ToArray(), T.Options, AreSame<T>, TryRewrite<T>)];
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

    private static bool TryRewrite<T>(ReadOnlySpan<byte> options, AttributeWriter<TCA_ACT> action)
        where T : struct, IActionKind<T>
    {
        if (!T.TryRead(options, out var value))
            return false;
        value.Write(action);
        return true;
    }

    private sealed record Known(byte[] Kind, AttributeSpace? Space, Comparison Same, Rewriting Rewrite);

    private static class Once<T>
        where T : struct
    {
        public static bool IsDone;
    }
}
