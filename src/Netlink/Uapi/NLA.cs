namespace VffNetlink.Uapi;

/// <summary>The bits of <c>nla_type</c> that are not part of the number (<c>linux/netlink.h</c>).</summary>
public static class NLA
{
    /// <summary>The payload is attributes.</summary>
    public const ushort NLA_F_NESTED = 0x8000;

    /// <summary>The payload is in network byte order.</summary>
    public const ushort NLA_F_NET_BYTEORDER = 0x4000;

    /// <summary>What is left: the attribute's number.</summary>
    public const ushort NLA_TYPE_MASK = 0x3fff;
}
