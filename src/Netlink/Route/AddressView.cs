using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A view of a message about an address, valid until the datagram's buffer is used again. <see cref="LinkAddress"/> is a copy to keep.</summary>
public readonly ref struct AddressView : IRouteView<AddressView>
{
    private static readonly UInt128 Known = AttributeIndex<IFA>.MaskOf(
        IFA.IFA_ADDRESS, IFA.IFA_LOCAL, IFA.IFA_LABEL, IFA.IFA_BROADCAST, IFA.IFA_ANYCAST, IFA.IFA_CACHEINFO, IFA.IFA_FLAGS, IFA.IFA_RT_PRIORITY, IFA.IFA_PROTO);

    private readonly ifaddrmsg _header;
    private readonly AttributeIndex<IFA> _index;

    private AddressView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELADDR;
        _header = message.ReadHeader<ifaddrmsg>();
        _index = new AttributeIndex<IFA>(message.Attributes<ifaddrmsg, IFA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>IPv4 or IPv6.</summary>
    public InetFamily Family => (InetFamily)_header.ifa_family;

    /// <summary>The link's index.</summary>
    public int LinkIndex => (int)_header.ifa_index;

    /// <summary>Bits.</summary>
    public byte PrefixLength => _header.ifa_prefixlen;

    /// <summary>How far it reaches.</summary>
    public RT_SCOPE Scope => (RT_SCOPE)_header.ifa_scope;

    /// <summary>All flags, those beyond eight bits, too.</summary>
    public IFA_F Flags => (IFA_F)(_index.UInt32(IFA.IFA_FLAGS) ?? _header.ifa_flags);

    /// <summary>The own address (<c>IFA_LOCAL</c>, or <c>IFA_ADDRESS</c> where that is all there is, as with IPv6).</summary>
    public InetAddress Address => _index.Has(IFA.IFA_LOCAL) ? _index.Address(IFA.IFA_LOCAL) : _index.Address(IFA.IFA_ADDRESS);

    /// <summary>The other end's address on a point-to-point link; the default value where there is none.</summary>
    public InetAddress Peer => Address is var own && _index.Address(IFA.IFA_ADDRESS) is var peer && peer != own ? peer : default;

    /// <summary>The broadcast address; the default value where there is none.</summary>
    public InetAddress Broadcast => _index.Address(IFA.IFA_BROADCAST);

    /// <summary>The anycast address; the default value where there is none.</summary>
    public InetAddress Anycast => _index.Address(IFA.IFA_ANYCAST);

    /// <summary>The label of an IPv4 address, the link's name as a rule.</summary>
    public ReadOnlySpan<byte> Label => _index.Utf8(IFA.IFA_LABEL);

    /// <summary>The metric of the prefix's route; null where the kernel chooses.</summary>
    public uint? Metric => _index.UInt32(IFA.IFA_RT_PRIORITY);

    /// <summary>Who added it, by the administrator's numbers (Linux 5.18); null where nobody said.</summary>
    public byte? Protocol => _index.Byte(IFA.IFA_PROTO);

    /// <summary>Lifetimes and times of change; null where the kernel did not tell.</summary>
    public ifa_cacheinfo? CacheInfo => _index.Struct<ifa_cacheinfo>(IFA.IFA_CACHEINFO);

    /// <summary>All attributes as they came, for what has no property here.</summary>
    public AttributeReader<IFA> Attributes => _index.All;

    /// <summary>Reads an <c>RTM_NEWADDR</c> or <c>RTM_DELADDR</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out AddressView view)
    {
        var isAddress = message.Type is (ushort)RTM.RTM_NEWADDR or (ushort)RTM.RTM_DELADDR;
        view = isAddress ? new AddressView(message) : default;
        return isAddress;
    }

    /// <summary>A copy to keep; null where it is no address of IPv4 or IPv6.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public LinkAddress? ToRecord()
    {
        var own = Address;
        if (own.Length == 0)
            return null;
        var times = CacheInfo;
        return new LinkAddress
        {
            LinkIndex = LinkIndex,
            Address = own.ToIPAddress(),
            PrefixLength = PrefixLength,
            Scope = _header.ifa_scope,
            Flags = (uint)Flags,
            Peer = ToIPAddress(Peer),
            Broadcast = ToIPAddress(Broadcast),
            Anycast = ToIPAddress(Anycast),
            Label = _index.Text(IFA.IFA_LABEL),
            Metric = Metric,
            Protocol = Protocol,
            ValidLifetime = Limited(times?.ifa_valid),
            PreferredLifetime = Limited(times?.ifa_prefered),
            Other = _index.Others(Known),
        };
    }

    private static IPAddress? ToIPAddress(InetAddress address) => address.Length == 0 ? null : address.ToIPAddress();

    private static uint? Limited(uint? seconds) => seconds == uint.MaxValue ? null : seconds;
}
