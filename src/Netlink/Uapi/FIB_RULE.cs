namespace VffNetlink.Uapi;

/// <summary><c>FIB_RULE_*</c> of <c>linux/fib_rules.h</c>: the flags of a rule.</summary>
[Flags]
public enum FIB_RULE : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>May not be deleted.</summary>
    FIB_RULE_PERMANENT = 0x1,

    /// <summary>Matches what does not match.</summary>
    FIB_RULE_INVERT = 0x2,

    /// <summary>The rule that it goes to is not there.</summary>
    FIB_RULE_UNRESOLVED = 0x4,

    /// <summary>The incoming link is not there.</summary>
    FIB_RULE_IIF_DETACHED = 0x8,

    /// <summary>The outgoing link is not there.</summary>
    FIB_RULE_OIF_DETACHED = 0x10,

    /// <summary>Look for a source address.</summary>
    FIB_RULE_FIND_SADDR = 0x10000,
}
