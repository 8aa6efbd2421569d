using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Puts the addresses of routes and rules.</summary>
internal static class PrefixAttributes
{
    /// <summary>An address, where there is one.</summary>
    /// <param name="attributes">Where it goes.</param>
    /// <param name="id">The attribute.</param>
    /// <param name="address">The address.</param>
    /// <param name="family">That of the object.</param>
    /// <param name="what">The object, for people.</param>
    /// <exception cref="ArgumentException">It is of another family.</exception>
    public static void PutAddress<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, IPAddress? address, byte family, string what)
        where TAttr : unmanaged, Enum
    {
        if (address is null)
            return;
        var bytes = new InetAddress(address);
        if ((byte)bytes.Family != family)
            throw new ArgumentException($"{address} is not of the {what}'s family ({id}, {(AF)family}).", nameof(address));
        attributes.Put(id, bytes.AsSpan());
    }

    /// <summary>An address of which the first bits count, where there is one.</summary>
    /// <param name="attributes">Where it goes.</param>
    /// <param name="id">The attribute.</param>
    /// <param name="address">The address.</param>
    /// <param name="length">How many bits; it stands in the header.</param>
    /// <param name="family">That of the object.</param>
    /// <param name="what">The object, for people.</param>
    /// <exception cref="ArgumentException">It is of another family, or none of its bits would count.</exception>
    public static void PutPrefix<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, IPAddress? address, byte length, byte family, string what)
        where TAttr : unmanaged, Enum
    {
        // The kernel would take no notice of the address: a route or rule for one host would be one for all.
        if (length == 0 && address is not null && new InetAddress(address).AsSpan().ContainsAnyExcept((byte)0))
            throw new ArgumentException($"The {what} has {address} ({id}) and a prefix length of 0, which is everything: a length says how many bits count.", nameof(length));
        attributes.PutAddress(id, address, family, what);
    }
}
