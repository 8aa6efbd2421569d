namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum nfnl_cthelper_type</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>: the attributes of a helper in user space.</summary>
public enum NFCTH : ushort
{
    /// <summary>Not used.</summary>
    NFCTH_UNSPEC,

    /// <summary>string: its name.</summary>
    NFCTH_NAME,

    /// <summary>nest of <see cref="Uapi.NFCTH_TUPLE"/>: whose flows it helps.</summary>
    NFCTH_TUPLE,

    /// <summary>be32: the queue (nfnetlink_queue) that the packets go to.</summary>
    NFCTH_QUEUE_NUM,

    /// <summary>nest of <see cref="NFCTH_POLICY_SET"/>: how much it may expect.</summary>
    NFCTH_POLICY,

    /// <summary>be32: bytes that it keeps with each flow.</summary>
    NFCTH_PRIV_DATA_LEN,

    /// <summary>be32: <see cref="NFCT_HELPER_STATUS"/>.</summary>
    NFCTH_STATUS,
}
