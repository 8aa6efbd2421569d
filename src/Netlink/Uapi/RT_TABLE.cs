namespace VffNetlink.Uapi;

/// <summary><c>RT_TABLE_*</c> of <c>linux/rtnetlink.h</c>: the tables that the kernel itself knows.</summary>
public enum RT_TABLE : uint
{
    /// <summary>Not said.</summary>
    RT_TABLE_UNSPEC = 0,

    /// <summary>In <see cref="rtmsg"/>: the number has more than eight bits.</summary>
    RT_TABLE_COMPAT = 252,

    /// <summary>What is looked at last.</summary>
    RT_TABLE_DEFAULT = 253,

    /// <summary>Ordinary routes.</summary>
    RT_TABLE_MAIN = 254,

    /// <summary>Addresses of this host.</summary>
    RT_TABLE_LOCAL = 255,
}
