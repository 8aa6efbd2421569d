namespace VffNetlink.Tc;

/// <summary>The kinds of qdiscs, classes and filters that the process has used, with the names of their attributes.</summary>
/// <remarks>A kind enters itself when it is first written, so that there is no list of kinds to keep.</remarks>
internal static class KnownKinds
{
    private static readonly Lock Sync = new();
    private static volatile (byte[] Kind, AttributeSpace Space)[] _kinds = [];

    public static AttributeSpace? Find(ReadOnlySpan<byte> kind)
    {
        foreach (var (known, space) in _kinds)
        {
            if (kind.SequenceEqual(known))
                return space;
        }

        return null;
    }

    public static void Remember<T>(in T options)
        where T : struct, ITcOptions, allows ref struct
    {
        if (!Once<T>.IsDone)
            Add(options.KindName, T.Options, ref Once<T>.IsDone);
    }

    private static void Add(ReadOnlySpan<byte> kind, AttributeSpace? space, ref bool done)
    {
        lock (Sync)
        {
            if (space is not null && Find(kind) is null)
                _kinds = [.. _kinds, (kind.ToArray(), space)];
            done = true;
        }
    }

    private static class Once<T>
        where T : struct, allows ref struct
    {
        public static bool IsDone;
    }
}
