namespace VffNetlink.Uapi;

/// <summary>The <c>NLM_F_*</c> flags of <c>linux/netlink.h</c>. Some values mean different things by the kind of request.</summary>
[Flags]
public enum NLM_F : ushort
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>A request to the kernel.</summary>
    NLM_F_REQUEST = 0x01,

    /// <summary>Part of a reply of many messages, ended by NLMSG_DONE.</summary>
    NLM_F_MULTI = 0x02,

    /// <summary>Acknowledge, also where all went well.</summary>
    NLM_F_ACK = 0x04,

    /// <summary>Send the resulting notification to the requester, too.</summary>
    NLM_F_ECHO = 0x08,

    /// <summary>The table changed while it was dumped: the dump is not a snapshot.</summary>
    NLM_F_DUMP_INTR = 0x10,

    /// <summary>The dump is of what the request's filter chose.</summary>
    NLM_F_DUMP_FILTERED = 0x20,

    /// <summary>GET: the whole table's root.</summary>
    NLM_F_ROOT = 0x100,

    /// <summary>GET: all that match.</summary>
    NLM_F_MATCH = 0x200,

    /// <summary>GET: a dump.</summary>
    NLM_F_DUMP = NLM_F_ROOT | NLM_F_MATCH,

    /// <summary>NEW: replace what is there.</summary>
    NLM_F_REPLACE = 0x100,

    /// <summary>NEW: refuse (EEXIST) what is there.</summary>
    NLM_F_EXCL = 0x200,

    /// <summary>NEW: make what is not there.</summary>
    NLM_F_CREATE = 0x400,

    /// <summary>NEW: put at the end of the list.</summary>
    NLM_F_APPEND = 0x800,

    /// <summary>DELETE: without the recursion into children.</summary>
    NLM_F_NONREC = 0x100,

    /// <summary>DELETE: many at once.</summary>
    NLM_F_BULK = 0x200,

    /// <summary>ERROR: the request was not echoed in full.</summary>
    NLM_F_CAPPED = 0x100,

    /// <summary>ERROR, DONE: extended-acknowledgement attributes follow.</summary>
    NLM_F_ACK_TLVS = 0x200,
}
