namespace VffNetlink.Tc.Uapi;

/// <summary>What an action says of the packet (<c>TC_ACT_*</c> of <c>linux/pkt_cls.h</c>).</summary>
public enum TC_ACT
{
    /// <summary>Go on with the next filter.</summary>
    TC_ACT_UNSPEC = -1,

    /// <summary>Let it pass, to the filter's class.</summary>
    TC_ACT_OK = 0,

    /// <summary>Start again with the first filter.</summary>
    TC_ACT_RECLASSIFY = 1,

    /// <summary>Drop it.</summary>
    TC_ACT_SHOT = 2,

    /// <summary>Go on with the next action.</summary>
    TC_ACT_PIPE = 3,

    /// <summary>Someone else has it now.</summary>
    TC_ACT_STOLEN = 4,

    /// <summary>Someone else has queued it.</summary>
    TC_ACT_QUEUED = 5,

    /// <summary>Do the action again.</summary>
    TC_ACT_REPEAT = 6,

    /// <summary>It goes elsewhere (bpf).</summary>
    TC_ACT_REDIRECT = 7,

    /// <summary>Give it to the CPU; in software as TC_ACT_STOLEN.</summary>
    TC_ACT_TRAP = 8,

    /// <summary>The value's bits of an opcode that bears one.</summary>
    TC_ACT_EXT_VAL_MASK = 0x0FFFFFFF,

    /// <summary>Skip as many actions as the value says.</summary>
    TC_ACT_JUMP = 0x10000000,

    /// <summary>Go on in the chain that the value names.</summary>
    TC_ACT_GOTO_CHAIN = 0x20000000,
}
