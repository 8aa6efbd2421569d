namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum nfnl_cthelper_policy_type</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>: the policies of a helper, one for each class of expectations.</summary>
public enum NFCTH_POLICY_SET : ushort
{
    /// <summary>Not used.</summary>
    NFCTH_POLICY_SET_UNSPEC,

    /// <summary>be32: how many there are.</summary>
    NFCTH_POLICY_SET_NUM,

    /// <summary>nest of <see cref="NFCTH_POLICY"/>: the first one, of class 0; <c>NFCTH_POLICY_SET</c>, too.</summary>
    NFCTH_POLICY_SET1,

    /// <summary>nest of <see cref="NFCTH_POLICY"/>: the second one.</summary>
    NFCTH_POLICY_SET2,

    /// <summary>nest of <see cref="NFCTH_POLICY"/>: the third one.</summary>
    NFCTH_POLICY_SET3,

    /// <summary>nest of <see cref="NFCTH_POLICY"/>: the fourth one.</summary>
    NFCTH_POLICY_SET4,
}
