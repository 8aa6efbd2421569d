using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about addresses, as the client sends them alone and a batch with others.</summary>
internal static class AddressMessages
{
    /// <summary>An address and a prefix alone, without an object: the scope of IPv4's own is host.</summary>
    public static void Plain(MessageWriter message, int linkIndex, IPAddress address, byte prefixLength, uint flags)
    {
        var own = new InetAddress(address);
        var isLoopback = own.IsIPv4 && own.AsSpan()[0] == 127;
        var attributes = message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg
        {
            ifa_family = (byte)own.Family,
            ifa_prefixlen = prefixLength,
            ifa_flags = flags <= byte.MaxValue ? (byte)flags : (byte)0,
            ifa_scope = (byte)(isLoopback ? RT_SCOPE.RT_SCOPE_HOST : RT_SCOPE.RT_SCOPE_UNIVERSE),
            ifa_index = (uint)linkIndex,
        });
        attributes.Put(IFA.IFA_LOCAL, own.AsSpan());
        if (flags > byte.MaxValue)
            attributes.Put(IFA.IFA_FLAGS, flags);
        attributes.Put(IFA.IFA_ADDRESS, own.AsSpan());
    }

    public static void Dump(MessageWriter message, in AddressFilter filter) =>
        message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg { ifa_family = (byte)filter.Family, ifa_index = (uint)(filter.LinkIndex ?? 0) });
}
