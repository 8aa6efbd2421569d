namespace VffNetlink.Uapi;

/// <summary><c>NTF_*</c> of <c>linux/neighbour.h</c>: the flags of a neighbour.</summary>
[Flags]
public enum NTF : byte
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Start resolution.</summary>
    NTF_USE = 1 << 0,

    /// <summary>Of the link's own table.</summary>
    NTF_SELF = 1 << 1,

    /// <summary>Of the master's table.</summary>
    NTF_MASTER = 1 << 2,

    /// <summary>Answered for by this host.</summary>
    NTF_PROXY = 1 << 3,

    /// <summary>Learnt by another than the kernel.</summary>
    NTF_EXT_LEARNED = 1 << 4,

    /// <summary>In the device, too.</summary>
    NTF_OFFLOADED = 1 << 5,

    /// <summary>Does not move to another port.</summary>
    NTF_STICKY = 1 << 6,

    /// <summary>Is a router (IPv6).</summary>
    NTF_ROUTER = 1 << 7,
}
