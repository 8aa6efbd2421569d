namespace VffNetlink.Conntrack;

/// <summary>The helper of a flow: what reads its packets and expects others because of them, as FTP's data connections.</summary>
/// <param name="Name">Such as <c>ftp</c>; at most 15 bytes.</param>
public sealed record FlowHelper(string Name)
{
    /// <summary>What a helper in user space keeps with the flow, at most 32 bytes; empty for helpers in the kernel. The kernel ignores it in a new flow, and takes it with a change.</summary>
    public ReadOnlyMemory<byte> Info { get; init; }

    /// <inheritdoc/>
    public bool Equals(FlowHelper? other) => other is not null && Name == other.Name && Info.Span.SequenceEqual(other.Info.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Name);
        hash.AddBytes(Info.Span);
        return hash.ToHashCode();
    }
}
