namespace VffNetlink.Tc.Uapi;

/// <summary>The handles with a meaning of their own, and the masks (<c>TC_H_*</c> of <c>linux/pkt_sched.h</c>).</summary>
public enum TC_H : uint
{
    /// <summary>None.</summary>
    TC_H_UNSPEC = 0,

    /// <summary>The qdisc's part of a handle.</summary>
    TC_H_MAJ_MASK = 0xFFFF0000,

    /// <summary>The class's part of a handle.</summary>
    TC_H_MIN_MASK = 0x0000FFFF,

    /// <summary>As parent: the device itself.</summary>
    TC_H_ROOT = 0xFFFFFFFF,

    /// <summary>As parent: what the device receives.</summary>
    TC_H_INGRESS = 0xFFFFFFF1,

    /// <summary>As parent: both directions' filters, without queues.</summary>
    TC_H_CLSACT = TC_H_INGRESS,

    /// <summary>Minor: the classes of mqprio.</summary>
    TC_H_MIN_PRIORITY = 0xFFE0,

    /// <summary>Minor: clsact's filters on what is received.</summary>
    TC_H_MIN_INGRESS = 0xFFF2,

    /// <summary>Minor: clsact's filters on what is sent.</summary>
    TC_H_MIN_EGRESS = 0xFFF3,
}
