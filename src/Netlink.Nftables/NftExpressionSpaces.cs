namespace VffNetlink.Nftables;

/// <summary>
/// The attribute names of every kind of expression that this program has written: all that the kernel can object to. Kinds
/// come in by themselves, so no list of them is kept anywhere.
/// </summary>
internal static class NftExpressionSpaces
{
    private static readonly Lock Adding = new();
    private static (byte[] Name, AttributeSpace Space)[] _known = [];

    public static void Register(ReadOnlySpan<byte> name, AttributeSpace space)
    {
        if (Find(name) is not null)
            return;
        lock (Adding)
        {
            // Readers see the old array or the new one, whole.
            if (Find(name) is null)
                Volatile.Write(ref _known, [.. _known, (name.ToArray(), space)]);
        }
    }

    /// <summary>The space of a kind, null where it is not known. Allocates nothing.</summary>
    public static AttributeSpace? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (known, space) in Volatile.Read(ref _known))
        {
            if (name.SequenceEqual(known))
                return space;
        }

        return null;
    }
}
