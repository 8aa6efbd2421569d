namespace VffNetlink.Tc.Uapi;

/// <summary>The magic number of <c>tcmsg</c> (<c>linux/rtnetlink.h</c>).</summary>
public enum TCM : uint
{
    /// <summary>In <c>tcm_ifindex</c>: the message is about a shared block of filters.</summary>
    TCM_IFINDEX_MAGIC_BLOCK = 0xFFFFFFFF,
}
