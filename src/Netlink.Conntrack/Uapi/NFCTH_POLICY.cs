namespace VffNetlink.Conntrack.Uapi;

/// <summary><c>enum nfnl_cthelper_pol_type</c> of <c>linux/netfilter/nfnetlink_cthelper.h</c>: how much a helper may expect.</summary>
public enum NFCTH_POLICY : ushort
{
    /// <summary>Not used.</summary>
    NFCTH_POLICY_UNSPEC,

    /// <summary>string: the policy's name.</summary>
    NFCTH_POLICY_NAME,

    /// <summary>be32: expectations of one flow at most.</summary>
    NFCTH_POLICY_EXPECT_MAX,

    /// <summary>be32: seconds until one is given up.</summary>
    NFCTH_POLICY_EXPECT_TIMEOUT,
}
