using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>An address of a link.</summary>
public sealed record LinkAddress
{
    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>The local address (<c>IFA_LOCAL</c>, or <c>IFA_ADDRESS</c> where that is all there is, as with IPv6).</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Bits.</summary>
    public required byte PrefixLength { get; init; }

    /// <summary>RT_SCOPE_*: 0 global, 253 link, 254 host.</summary>
    public byte Scope { get; init; }

    /// <summary>IFA_F_* (<c>IFA_FLAGS</c>): 0x40 tentative, 0x80 permanent.</summary>
    public uint Flags { get; init; }

    /// <summary>Reads an address out of an <c>RTM_NEWADDR</c> or <c>RTM_DELADDR</c>.</summary>
    /// <returns>Null where the message has no address that is IPv4 or IPv6.</returns>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static LinkAddress? Read(scoped in NetlinkMessage message)
    {
        var header = message.ReadHeader<ifaddrmsg>();
        IPAddress? address = null, local = null;
        uint flags = header.ifa_flags;
        foreach (var a in message.Attributes<ifaddrmsg, IFA>())
        {
            switch (a.Id)
            {
                case IFA.IFA_ADDRESS when a.Payload.Length is 4 or 16:
                    address = new IPAddress(a.Payload);
                    break;
                case IFA.IFA_LOCAL when a.Payload.Length is 4 or 16:
                    local = new IPAddress(a.Payload);
                    break;
                case IFA.IFA_FLAGS:
                    flags = a.ReadUInt32();
                    break;
            }
        }

        return (local ?? address) is not { } own ? null : new LinkAddress
        {
            LinkIndex = (int)header.ifa_index,
            Address = own,
            PrefixLength = header.ifa_prefixlen,
            Scope = header.ifa_scope,
            Flags = flags,
        };
    }
}
