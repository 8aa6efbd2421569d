namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum nfnl_cthelper_tuple_type</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>: whose flows a helper helps.</summary>
public enum NFCTH_TUPLE : ushort
{
    /// <summary>Not used.</summary>
    NFCTH_TUPLE_UNSPEC,

    /// <summary>be16: the family.</summary>
    NFCTH_TUPLE_L3PROTONUM,

    /// <summary>u8: IPPROTO_*.</summary>
    NFCTH_TUPLE_L4PROTONUM,
}
