using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Puts requests for flows into a batch: thousands of look-ups or changes in a few system calls, each with its own result. Send it
/// with <see cref="ConntrackClient.Send{TSink}"/>; a sink reads a reply with <see cref="FlowView.Read"/>.
/// </summary>
/// <remarks>Each method returns the index that the sink is told.</remarks>
public static class ConntrackBatch
{
    /// <summary>Asks for the flow with a tuple; the sink has it as a reply, or ENOENT as a refusal.</summary>
    /// <exception cref="ArgumentException">The tuple is the default value; the batch stays as it was.</exception>
    public static int GetFlow(this NetlinkBatch batch, in ConntrackTuple tuple)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_GET, NLM_F.NLM_F_REQUEST);
        FlowRequest.PutLookup(message, tuple);
        return Commit(batch, message);
    }

    /// <summary>Sets bits of the mark of the flow with a tuple, and no other bits.</summary>
    /// <exception cref="ArgumentException">The tuple is the default value; the batch stays as it was.</exception>
    public static int SetFlowMark(this NetlinkBatch batch, in ConntrackTuple tuple, MaskedMark mark)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, NLM_F.NLM_F_REQUEST);
        FlowRequest.PutSetMark(message, tuple, mark);
        return Commit(batch, message);
    }

    /// <summary>Changes the flow with a tuple.</summary>
    /// <exception cref="ArgumentException">The tuple is the default value, or a value of the change has no place in a message; the batch stays as it was.</exception>
    public static int UpdateFlow(this NetlinkBatch batch, in ConntrackTuple tuple, in FlowChange change)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, NLM_F.NLM_F_REQUEST);
        FlowRequest.PutUpdate(message, tuple, change);
        return Commit(batch, message);
    }

    /// <summary>Makes a flow.</summary>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing; the batch stays as it was.</exception>
    public static int CreateFlow(this NetlinkBatch batch, Flow flow)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, FlowRequest.CreateFlags);
        FlowRequest.PutCreate(message, flow);
        return Commit(batch, message);
    }

    /// <summary>Makes a flow, or changes the one that has its original tuple, as <see cref="FlowRequest.CreateOrUpdate"/> says.</summary>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing; the batch stays as it was.</exception>
    public static int CreateOrUpdateFlow(this NetlinkBatch batch, Flow flow)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_NEW, FlowRequest.CreateFlags & ~NLM_F.NLM_F_EXCL);
        FlowRequest.PutCreate(message, flow);
        return Commit(batch, message);
    }

    /// <summary>Deletes the flow with a tuple, or, with an id, that flow only.</summary>
    /// <exception cref="ArgumentException">The tuple is the default value; the batch stays as it was.</exception>
    public static int DeleteFlow(this NetlinkBatch batch, in ConntrackTuple tuple, uint? id = null)
    {
        var message = Begin(batch, IPCTNL_MSG.IPCTNL_MSG_CT_DELETE, NLM_F.NLM_F_REQUEST);
        FlowRequest.PutDelete(message, tuple, id);
        return Commit(batch, message);
    }

    private static MessageWriter Begin(NetlinkBatch batch, IPCTNL_MSG type, NLM_F flags)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Begin(FlowRequest.TypeOf(type), flags, FlowRequest.MaximumLength);
    }

    private static int Commit(NetlinkBatch batch, MessageWriter message)
    {
        batch.Commit(message);
        return batch.Count - 1;
    }
}
