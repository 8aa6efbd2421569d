namespace VffNetlink.Uapi;

/// <summary><c>NFNL_MSG_BATCH_*</c> of <c>linux/netfilter/nfnetlink.h</c>: the brackets of a transaction.</summary>
public enum NFNL_MSG_BATCH : ushort
{
    /// <summary>A transaction starts; <c>res_id</c> names its subsystem.</summary>
    NFNL_MSG_BATCH_BEGIN = 0x10,

    /// <summary>A transaction ends, and is carried out.</summary>
    NFNL_MSG_BATCH_END = 0x11,
}
