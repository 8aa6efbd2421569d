namespace VffNetlink.Uapi;

/// <summary><c>MACVLAN_FLAG_*</c> of <c>linux/if_link.h</c>.</summary>
[Flags]
public enum MACVLAN_FLAG : ushort
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>The link below does not become promiscuous in passthru mode.</summary>
    MACVLAN_FLAG_NOPROMISC = 1,

    /// <summary>Source mode without copies to the others.</summary>
    MACVLAN_FLAG_NODST = 2,
}
