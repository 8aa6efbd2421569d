namespace VffNetlink.Nftables;

/// <summary>Takes elements as they are read. A struct, so that nothing is allocated.</summary>
public interface INftElementVisitor
{
    /// <summary>An element; the view is valid during the call.</summary>
    /// <remarks>Called under the client's socket: it may not use that client.</remarks>
    void Visit(scoped in NftElementView element);
}
