using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>Addresses.</content>
public sealed partial class RouteClient
{
    /// <summary>The addresses that a filter chooses, in the kernel.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <exception cref="NetlinkException">The kernel refused (ENODEV: there is no such link), or the table changed during each of several dumps.</exception>
    public IReadOnlyList<LinkAddress> GetAddresses(in AddressFilter filter = default)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETADDR, NLM_F.NLM_F_DUMP);
        AddressMessages.Dump(message, filter);
        return _socket.Dump(message.Message, RouteCatalog.Addresses, "RTM_GETADDR", static (scoped in NetlinkMessage m) => AddressView.TryRead(m, out var view) ? view.ToRecord() : null, limit: _limit);
    }

    /// <summary>Hands the addresses that a filter chooses to a sink, as they come. Allocates nothing per address.</summary>
    /// <param name="filter">The default value: all of both families.</param>
    /// <param name="sink">Has had what came also where the dump fails later. It must not use this client.</param>
    /// <param name="error">ENODEV: there is no such link; EINTR: addresses came or went during the dump, so that some may be missing or doubled.</param>
    public bool TryDumpAddresses<TSink>(in AddressFilter filter, ref TSink sink, out NetlinkError error)
        where TSink : struct, IViewSink<AddressView>, allows ref struct
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_GETADDR, NLM_F.NLM_F_DUMP);
        AddressMessages.Dump(message, filter);
        return TryDump<AddressView, TSink>(message.Message, RouteCatalog.Addresses, ref sink, out error);
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
        var message = MessageWriter.Begin(stackalloc byte[128], (ushort)RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        AddressMessages.Plain(message, linkIndex, address, prefixLength, flags);
        return _socket.TryRequest(message.Message, RouteCatalog.Addresses, _limit, out error);
    }

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddAddress(int linkIndex, IPAddress address, byte prefixLength, uint flags = 0)
    {
        if (!TryAddAddress(linkIndex, address, prefixLength, flags, out var error))
            throw Refused(error, $"RTM_NEWADDR {address}/{prefixLength} on index {linkIndex}", linkIndex);
    }

    /// <summary>Adds an address to a link (<c>RTM_NEWADDR</c>, exclusive).</summary>
    /// <param name="address">The address with all that belongs to it.</param>
    /// <param name="error">EEXIST where the link has it already.</param>
    /// <exception cref="ArgumentException">The addresses are not all of one family.</exception>
    public bool TryAddAddress(LinkAddress address, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL, address, out error);

    /// <summary>Adds an address to a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddAddress(LinkAddress address)
    {
        if (!TryAddAddress(address, out var error))
            throw Refused(error, $"RTM_NEWADDR {address}", address.LinkIndex);
    }

    /// <summary>Adds an address to a link, or gives one that it has other lifetimes, flags and metric.</summary>
    /// <param name="address">The address with all that belongs to it.</param>
    /// <param name="error">The kernel's answer.</param>
    /// <exception cref="ArgumentException">The addresses are not all of one family.</exception>
    public bool TryReplaceAddress(LinkAddress address, out NetlinkError error) =>
        TrySend(RTM.RTM_NEWADDR, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE, address, out error);

    /// <summary>Adds an address to a link, or gives one that it has other lifetimes, flags and metric.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ReplaceAddress(LinkAddress address)
    {
        if (!TryReplaceAddress(address, out var error))
            throw Refused(error, $"RTM_NEWADDR {address}", address.LinkIndex);
    }

    /// <summary>Removes an address (<c>RTM_DELADDR</c>).</summary>
    /// <param name="address">Link, address, prefix and label, where it has one, must be those of the address.</param>
    /// <param name="error">EADDRNOTAVAIL where the link does not have it.</param>
    /// <exception cref="ArgumentException">The addresses are not all of one family.</exception>
    public bool TryDeleteAddress(LinkAddress address, out NetlinkError error) => TrySend(RTM.RTM_DELADDR, NLM_F.NONE, address, out error);

    /// <summary>Removes an address.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteAddress(LinkAddress address)
    {
        if (!TryDeleteAddress(address, out var error))
            throw Refused(error, $"RTM_DELADDR {address}", address.LinkIndex);
    }
}
