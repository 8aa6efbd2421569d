namespace VffNetlink.Route;

/// <summary>The kinds of links that have data of their own, with the names in it.</summary>
/// <remarks>
/// The library's own kinds enter themselves when it is loaded (<c>[ModuleInitializer]</c> in the kind's file), a user's when a link of it is
/// first made, so that there is no list of kinds to keep.
/// </remarks>
internal static class KnownLinkKinds
{
    private static readonly Lock Sync = new();
    private static volatile (byte[] Kind, Func<AttributeSpace> Data)[] _kinds = [];
    private static volatile (byte[] Kind, Func<AttributeSpace> Data)[] _ports = [];

    /// <summary>The names in a kind's <c>IFLA_INFO_DATA</c>; null where it is not known. Allocates nothing.</summary>
    public static AttributeSpace? Find(ReadOnlySpan<byte> kind) => Find(_kinds, kind);

    /// <summary>The names in <c>IFLA_INFO_SLAVE_DATA</c> of what belongs to a master of a kind; null where it is not known. Allocates nothing.</summary>
    public static AttributeSpace? FindPort(ReadOnlySpan<byte> kind) => Find(_ports, kind);

    /// <summary>Enters a kind of the library's own; its names are not made before somebody asks for them.</summary>
    public static void Add(ReadOnlySpan<byte> kind, Func<AttributeSpace> data)
    {
        lock (Sync)
            _kinds = [.. _kinds, (kind.ToArray(), data)];
    }

    /// <summary>Enters what a master of the library's own kinds knows of what belongs to it.</summary>
    public static void AddPort(ReadOnlySpan<byte> kind, Func<AttributeSpace> data)
    {
        lock (Sync)
            _ports = [.. _ports, (kind.ToArray(), data)];
    }

    /// <summary>Enters a kind that is written; one that is known already stays as it is, and nothing is allocated.</summary>
    public static void Remember(ReadOnlySpan<byte> kind, AttributeSpace? data)
    {
        if (data is not null && Find(kind) is null)
            Add(kind, data);
    }

    private static void Add(ReadOnlySpan<byte> kind, AttributeSpace data) => Add(kind, () => data);

    private static AttributeSpace? Find((byte[] Kind, Func<AttributeSpace> Data)[] kinds, ReadOnlySpan<byte> kind)
    {
        foreach (var (known, data) in kinds)
        {
            if (kind.SequenceEqual(known))
                return data();
        }

        return null;
    }
}
