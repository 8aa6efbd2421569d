namespace VffNetlink.Tc;

/// <summary>Which filters of a place a dump tells about; the kernel leaves out the others. Its default value wants all.</summary>
public readonly record struct FilterQuery
{
    /// <summary>One chain; null: all.</summary>
    public uint? Chain { get; init; }

    /// <summary>One priority; null: all.</summary>
    public ushort? Priority { get; init; }

    /// <summary>One protocol; null: all.</summary>
    public FilterProtocol? Protocol { get; init; }
}
