namespace VffNetlink.Uapi;

/// <summary><c>enum nfnl_batch_attributes</c> of <c>linux/netfilter/nfnetlink.h</c>: attributes of NFNL_MSG_BATCH_BEGIN.</summary>
public enum NFNL_BATCH : ushort
{
    /// <summary>Not used.</summary>
    NFNL_BATCH_UNSPEC,

    /// <summary>u32, network order: the generation that the transaction was made for; any other refuses it (ERESTART).</summary>
    NFNL_BATCH_GENID,
}
