namespace VffNetlink.Uapi;

/// <summary><c>IFA_F_*</c> of <c>linux/if_addr.h</c>: the flags of an address.</summary>
[Flags]
public enum IFA_F : uint
{
    /// <summary>No flag.</summary>
    NONE = 0,

    /// <summary>Not the first of its subnet; of IPv6, a temporary one.</summary>
    IFA_F_SECONDARY = 0x01,

    /// <summary>No duplicate detection.</summary>
    IFA_F_NODAD = 0x02,

    /// <summary>Usable before duplicate detection ends.</summary>
    IFA_F_OPTIMISTIC = 0x04,

    /// <summary>Duplicate detection found another owner.</summary>
    IFA_F_DADFAILED = 0x08,

    /// <summary>Home address of mobile IPv6.</summary>
    IFA_F_HOMEADDRESS = 0x10,

    /// <summary>Its preferred lifetime is over.</summary>
    IFA_F_DEPRECATED = 0x20,

    /// <summary>Duplicate detection goes on.</summary>
    IFA_F_TENTATIVE = 0x40,

    /// <summary>Without a lifetime.</summary>
    IFA_F_PERMANENT = 0x80,

    /// <summary>Temporary addresses are made for it.</summary>
    IFA_F_MANAGETEMPADDR = 0x100,

    /// <summary>No route for its prefix.</summary>
    IFA_F_NOPREFIXROUTE = 0x200,

    /// <summary>Multicast groups are joined.</summary>
    IFA_F_MCAUTOJOIN = 0x400,

    /// <summary>Made by the stable privacy algorithm.</summary>
    IFA_F_STABLE_PRIVACY = 0x800,
}
