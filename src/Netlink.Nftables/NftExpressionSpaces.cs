namespace VffNetlink.Nftables;

/// <summary>
/// The attribute names of the kinds of expressions: the library's own enter themselves when it is loaded, a user's when it is first written.
/// So no list of them is kept anywhere.
/// </summary>
internal static class NftExpressionSpaces
{
    private static readonly Lock Adding = new();
    private static (byte[] Name, Func<AttributeSpace> Space)[] _known = [];

    /// <summary>Enters a kind of the library's own; its names are not made before somebody asks for them.</summary>
    public static void Enter<T>()
        where T : struct, INftExpression<T>
    {
        lock (Adding)
            Volatile.Write(ref _known, [.. _known, (T.Name.ToArray(), static () => T.Space)]);
    }

    /// <summary>Enters a kind that is written; one that is known already stays as it is, and nothing is allocated.</summary>
    public static void Register(ReadOnlySpan<byte> name, AttributeSpace space)
    {
        if (Find(name) is null)
            Add(name, space);
    }

    /// <summary>The space of a kind, null where it is not known. Allocates nothing.</summary>
    public static AttributeSpace? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, space) in Volatile.Read(ref _known))
        {
            if (name.SequenceEqual(known))
                return space();
        }

        return null;
    }

    private static void Add(ReadOnlySpan<byte> name, AttributeSpace space)
    {
        lock (Adding)
        {
            // Readers see the old array or the new one, whole.
            if (Find(name) is null)
                Volatile.Write(ref _known, [.. _known, (name.ToArray(), () => space)]);
        }
    }
}
