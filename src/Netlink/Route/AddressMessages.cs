using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about addresses, as the client sends them alone and a batch with others.</summary>
internal static class AddressMessages
{
    public static int RoomFor(LinkAddress address) => 256 + (3 * (address.Label?.Length ?? 0)) + address.Other.Span.Length;

    /// <summary>What ip makes of an address and a prefix: the scope of IPv4's own is host.</summary>
    public static LinkAddress Of(int linkIndex, IPAddress address, byte prefixLength, uint flags) => new()
    {
        LinkIndex = linkIndex,
        Address = address,
        PrefixLength = prefixLength,
        Flags = flags,
        Scope = new InetAddress(address) is { IsIPv4: true } own && own.AsSpan()[0] == 127 ? (byte)RT_SCOPE.RT_SCOPE_HOST : (byte)0,
    };

    public static void Dump(MessageWriter message, in AddressFilter filter) =>
        message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg { ifa_family = (byte)filter.Family, ifa_index = (uint)(filter.LinkIndex ?? 0) });
}
