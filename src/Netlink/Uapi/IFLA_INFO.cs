namespace VffNetlink.Uapi;

/// <summary>The attributes <c>IFLA_INFO_*</c> of <c>linux/if_link.h</c>.</summary>
public enum IFLA_INFO : ushort
{
    /// <summary>Not used.</summary>
    IFLA_INFO_UNSPEC,

    /// <summary>string: kind of link.</summary>
    IFLA_INFO_KIND,

    /// <summary>nest: by kind.</summary>
    IFLA_INFO_DATA,

    /// <summary>binary: by kind.</summary>
    IFLA_INFO_XSTATS,

    /// <summary>string: kind of the master.</summary>
    IFLA_INFO_SLAVE_KIND,

    /// <summary>nest: by the master's kind.</summary>
    IFLA_INFO_SLAVE_DATA,
}
