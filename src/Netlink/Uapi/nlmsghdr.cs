using System.Runtime.InteropServices;

namespace VffNetlink.Uapi;

/// <summary><c>struct nlmsghdr</c> of <c>linux/netlink.h</c>: the head of every netlink message.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct nlmsghdr
{
    /// <summary>Length of the message, this header included, in bytes.</summary>
    public uint nlmsg_len;

    /// <summary>What the message is: one of <see cref="NLMSG"/>, or the family's own number.</summary>
    public ushort nlmsg_type;

    /// <summary>How it is to be taken.</summary>
    public NLM_F nlmsg_flags;

    /// <summary>The number that ties a reply to its request.</summary>
    public uint nlmsg_seq;

    /// <summary>The sender's port; 0 is the kernel.</summary>
    public uint nlmsg_pid;
}
