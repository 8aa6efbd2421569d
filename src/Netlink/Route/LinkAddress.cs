using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>An address of a link, as it is or as it shall be.</summary>
public sealed record LinkAddress : IRouteObject
{
    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>The local address (<c>IFA_LOCAL</c>, or <c>IFA_ADDRESS</c> where that is all there is, as with IPv6).</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Bits.</summary>
    public required byte PrefixLength { get; init; }

    /// <summary>RT_SCOPE_*: 0 global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>IFA_F_* (<see cref="IFA_F"/>): 0x40 tentative, 0x80 permanent.</summary>
    public uint Flags { get; init; }

    /// <summary>The other end's address on a point-to-point link; the prefix is the other end's then.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>The broadcast address of IPv4.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>The anycast address.</summary>
    public IPAddress? Anycast { get; init; }

    /// <summary>The label of an IPv4 address; null: the link's name.</summary>
    public string? Label { get; init; }

    /// <summary>The metric of the prefix's route; null: the kernel chooses.</summary>
    public uint? Metric { get; init; }

    /// <summary>Who added it, by the administrator's numbers (Linux 5.18).</summary>
    public byte? Protocol { get; init; }

    /// <summary>Seconds that it is valid; null: for ever.</summary>
    public uint? ValidLifetime { get; init; }

    /// <summary>Seconds that it is used for new connections; null: for ever.</summary>
    public uint? PreferredLifetime { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <summary>Reads an address out of an <c>RTM_NEWADDR</c> or <c>RTM_DELADDR</c>.</summary>
    /// <returns>Null where the message has no address that is IPv4 or IPv6.</returns>
    /// <exception cref="NetlinkFormatException">The message is malformed, or about something else.</exception>
    public static LinkAddress? Read(scoped in NetlinkMessage message)
    {
        if (!AddressView.TryRead(message, out var view))
            Throw.Format($"A message of type {message.Type} is not about an address.");
        return view.ToRecord();
    }

    static AttributeSpace IRouteObject.Space => RouteCatalog.Addresses;

    int IRouteObject.Room => 256 + (3 * (Label?.Length ?? 0)) + Other.Span.Length;

    /// <summary>Puts header and attributes of a message about it.</summary>
    /// <exception cref="ArgumentException">The addresses are not all of one family, IPv4 or IPv6.</exception>
    public void Write(MessageWriter message)
    {
        var own = new InetAddress(Address);
        var attributes = message.PutHeader<ifaddrmsg, IFA>(new ifaddrmsg
        {
            ifa_family = (byte)own.Family,
            ifa_prefixlen = PrefixLength,
            ifa_flags = Flags <= byte.MaxValue ? (byte)Flags : (byte)0,
            ifa_scope = Scope,
            ifa_index = (uint)LinkIndex,
        });
        attributes.Put(IFA.IFA_LOCAL, own.AsSpan());
        Put(attributes, IFA.IFA_ADDRESS, Peer, own.Family);
        Put(attributes, IFA.IFA_BROADCAST, Broadcast, own.Family);
        Put(attributes, IFA.IFA_ANYCAST, Anycast, own.Family);
        attributes.PutIf(IFA.IFA_LABEL, Label);
        attributes.PutIf(IFA.IFA_RT_PRIORITY, Metric);
        attributes.PutIf(IFA.IFA_PROTO, Protocol);
        if (Flags > byte.MaxValue)
            attributes.Put(IFA.IFA_FLAGS, Flags);
        if (Peer is null)
            attributes.Put(IFA.IFA_ADDRESS, own.AsSpan());
        if (ValidLifetime is not null || PreferredLifetime is not null)
            attributes.PutStruct(IFA.IFA_CACHEINFO, new ifa_cacheinfo { ifa_valid = ValidLifetime ?? uint.MaxValue, ifa_prefered = PreferredLifetime ?? uint.MaxValue });
        Other.Write(attributes);
    }

    /// <summary>Such as <c>192.0.2.1/24 on index 3</c>.</summary>
    public override string ToString() => $"{Address}{(Peer is null ? "" : $" peer {Peer}")}/{PrefixLength} on index {LinkIndex}";

    private static void Put(AttributeWriter<IFA> attributes, IFA id, IPAddress? address, InetFamily family)
    {
        if (address is null)
            return;
        var bytes = new InetAddress(address);
        if (bytes.Family != family)
            throw new ArgumentException($"{address} is not of the family of the address that it is put on ({id}, {family}).", nameof(address));
        attributes.Put(id, bytes.AsSpan());
    }
}
