namespace VffNetlink.Tc;

/// <summary>The kinds of qdiscs, classes and filters that are known by type, with the names of their attributes.</summary>
/// <remarks>
/// The library's own kinds enter themselves when it is loaded, a user's when it is first written, so that there is no list of kinds to keep.
/// </remarks>
internal static class KnownKinds
{
    private static readonly Lock Sync = new();
    private static volatile (byte[] Kind, Func<AttributeSpace?> Options, Func<AttributeSpace?> Statistics)[] _kinds = [];

    /// <summary>The names of a kind's options; null where it is not known. Allocates nothing.</summary>
    public static AttributeSpace? Find(ReadOnlySpan<byte> kind)
    {
        foreach (var known in _kinds)
        {
            if (kind.SequenceEqual(known.Kind))
                return known.Options();
        }

        return null;
    }

    /// <summary>The names of a kind's own statistics; null where they are not known. Allocates nothing.</summary>
    public static AttributeSpace? FindStatistics(ReadOnlySpan<byte> kind)
    {
        foreach (var known in _kinds)
        {
            if (kind.SequenceEqual(known.Kind))
                return known.Statistics();
        }

        return null;
    }

    public static void Remember<T>(in T options)
        where T : struct, ITcOptions, allows ref struct
    {
        if (Once<T>.IsDone)
            return;
        // A kind without names leaves room for a type that has some.
        if (T.Options is null)
            Once<T>.IsDone = true;
        else
            Add(options.KindName, static () => T.Options, static () => T.Statistics, ref Once<T>.IsDone);
    }

    /// <summary>Enters a kind of the library's own; its names are not made before somebody asks for them.</summary>
    public static void Enter<T>()
        where T : struct, ITcKind<T> => Add(T.Kind, static () => T.Options, static () => T.Statistics, ref Once<T>.IsDone);

    private static void Add(ReadOnlySpan<byte> kind, Func<AttributeSpace?> options, Func<AttributeSpace?> statistics, ref bool done)
    {
        lock (Sync)
        {
            if (!IsKnown(kind))
                _kinds = [.. _kinds, (kind.ToArray(), options, statistics)];
            done = true;
        }
    }

    private static bool IsKnown(ReadOnlySpan<byte> kind)
    {
        foreach (var known in _kinds)
        {
            if (kind.SequenceEqual(known.Kind))
                return true;
        }

        return false;
    }

    private static class Once<T>
        where T : struct, allows ref struct
    {
        public static bool IsDone;
    }
}
