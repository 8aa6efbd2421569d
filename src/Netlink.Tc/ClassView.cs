namespace VffNetlink.Tc;

/// <summary>
/// A view of a message about a class, valid until the datagram's buffer is used again. <see cref="TcClass"/> is a copy to keep.
/// </summary>
public readonly ref struct ClassView
{
    private readonly TcObject _object;

    /// <summary>Reads a reply or notification whose type is one of <c>RTM_NEWTCLASS</c> and <c>RTM_DELTCLASS</c>.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public ClassView(scoped in NetlinkMessage message) => _object = new TcObject(message);

    /// <summary>The link.</summary>
    public int IfIndex => _object.Header.tcm_ifindex;

    /// <summary>Its id.</summary>
    public TcHandle ClassId => new(_object.Header.tcm_handle);

    /// <summary>Where it hangs: the class that it borrows from; <see cref="TcHandle.Root"/> for one directly below its qdisc.</summary>
    public TcHandle Parent => new(_object.Header.tcm_parent);

    /// <summary>The qdisc that holds its packets (<c>tcm_info</c>); <see cref="TcHandle.None"/> where it is no leaf, or the kernel's own fifo does.</summary>
    public TcHandle Leaf => new(_object.Header.tcm_info);

    /// <summary>What names it.</summary>
    public ClassKey Key => new(IfIndex, ClassId);

    /// <summary>The kind's name, such as <c>htb</c>.</summary>
    public ReadOnlySpan<byte> Kind => _object.Kind;

    /// <summary>The payload of <c>TCA_OPTIONS</c>; what it says is the kind's business.</summary>
    public ReadOnlySpan<byte> Options => _object.Options;

    /// <summary>Whether there was a <c>TCA_OPTIONS</c>, be it an empty one.</summary>
    public bool HasOptions => _object.HasOptions;

    /// <summary>The kind's own statistics (<c>TCA_XSTATS</c>); empty where it has none.</summary>
    public ReadOnlySpan<byte> OwnStatistics => _object.OwnStatistics;

    /// <summary>What was counted; false where the kernel did not say.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryReadStatistics(out TcStatistics statistics) => _object.TryReadStatistics(out statistics);

    /// <summary>The options; false where they are of another kind, or say something that <typeparamref name="T"/> has no word for.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool TryRead<T>(out T options)
        where T : struct, IClassKind<T> => _object.TryRead(out options);

    /// <summary>A copy to keep, and to write back.</summary>
    public TcClass ToRecord() => new(this);

    /// <summary>The options as they are, copied.</summary>
    internal RawOptions ToRaw() => _object.ToRaw();
}
