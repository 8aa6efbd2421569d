namespace VffNetlink.Conntrack;

/// <summary>Takes the flows that could not be copied. A struct, so that nothing is boxed.</summary>
public interface IFlowCopySink
{
    /// <summary>A flow that the target refused: EEXIST where one of its tuples is there, ENOENT where its master is not, ENOMEM where the table is full.</summary>
    void Refused(Flow flow, in NetlinkError error);
}
