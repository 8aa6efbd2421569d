namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>NFCT_HELPER_STATUS_*</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>.</summary>
public enum NFCT_HELPER_STATUS : uint
{
    /// <summary>Packets do not go to the queue.</summary>
    NFCT_HELPER_STATUS_DISABLED,

    /// <summary>Packets go to the queue.</summary>
    NFCT_HELPER_STATUS_ENABLED,
}
