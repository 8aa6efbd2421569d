namespace VffNetlink.Uapi;

/// <summary><c>FR_ACT_*</c> of <c>linux/fib_rules.h</c>: what a rule does.</summary>
public enum FR_ACT : byte
{
    /// <summary>Nothing.</summary>
    FR_ACT_UNSPEC,

    /// <summary>Look up in a table.</summary>
    FR_ACT_TO_TBL,

    /// <summary>Go on with another rule.</summary>
    FR_ACT_GOTO,

    /// <summary>Nothing: go on with the next rule.</summary>
    FR_ACT_NOP,

    /// <summary>Not used.</summary>
    FR_ACT_RES3,

    /// <summary>Not used.</summary>
    FR_ACT_RES4,

    /// <summary>Drop silently.</summary>
    FR_ACT_BLACKHOLE,

    /// <summary>Drop, telling the sender that the network is unreachable.</summary>
    FR_ACT_UNREACHABLE,

    /// <summary>Drop, telling the sender that it is prohibited.</summary>
    FR_ACT_PROHIBIT,
}
