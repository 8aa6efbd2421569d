using System.Net;
using System.Net.Sockets;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

public sealed partial class RouteClient
{
    private const byte ScopeHost = 254; // RT_SCOPE_HOST

    private static AttributeSpace Addresses => RouteCatalog.Addresses;

    /// <summary>All addresses of both families.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<LinkAddress> GetAddresses()
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETADDR, NLM_F.NLM_F_DUMP);
        message.PutHeader<ifaddrmsg, IFA>(default);
        return Dump(message.Message, Addresses, "RTM_GETADDR", static (scoped in NetlinkMessage m) => LinkAddress.Read(m));
    }

    /// <summary>Adds an address to a link (<c>RTM_NEWADDR</c>, exclusive). Its scope is global, for IPv4 loopback addresses host.</summary>
    /// <param name="linkIndex">The link.</param>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="prefixLength">Bits.</param>
    /// <param name="flags">IFA_F_*: <c>IFA_F_NODAD</c> (2) makes an IPv6 address usable at once.</param>
    /// <param name="error">EEXIST where the link has it already.</param>
    public bool TryAddAddress(int linkIndex, IPAddress address, byte prefixLength, uint flags, out NetlinkError error)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> buffer = stackalloc byte[128];
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var isLoopback = address.AddressFamily == AddressFamily.InterNetwork && bytes[0] == 127;
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg
        {
            ifa_family = NumberOf(address.AddressFamily),
            ifa_prefixlen = prefixLength,
            ifa_flags = flags <= byte.MaxValue ? (byte)flags : (byte)0,
            ifa_scope = isLoopback ? ScopeHost : (byte)0,
            ifa_index = (uint)linkIndex,
        });
        attributes.Put(IFA.IFA_LOCAL, bytes[..length]);
        if (flags > byte.MaxValue)
            attributes.Put(IFA.IFA_FLAGS, flags);
        attributes.Put(IFA.IFA_ADDRESS, bytes[..length]);
        return _socket.TryRequest(message.Message, Addresses, out error);
    }

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddAddress(int linkIndex, IPAddress address, byte prefixLength, uint flags = 0)
    {
        if (!TryAddAddress(linkIndex, address, prefixLength, flags, out var error))
            throw new NetlinkException(error, $"RTM_NEWADDR {address}/{prefixLength} on index {linkIndex}");
    }
}
