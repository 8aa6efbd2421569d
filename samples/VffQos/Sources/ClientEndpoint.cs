using System.Buffers.Binary;
using VffNetlink;

namespace VffQos.Sources;

/// <summary>
/// The address and port that a client's packets come from. An IPv4-mapped IPv6 address is the IPv4 address that it maps: on
/// the wire, and so in conntrack, there is no other.
/// </summary>
/// <param name="Address">The address, never a mapped one when it was parsed.</param>
/// <param name="Port">The port in the machine's byte order.</param>
internal readonly record struct ClientEndpoint(InetAddress Address, ushort Port)
{
    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    private static ReadOnlySpan<byte> Loopback6 => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>An address that only this host can have: 127.0.0.0/8 and ::1.</summary>
    public bool IsLoopback => Address.IsIPv4 ? Address.AsSpan()[0] == 127 : Address.AsSpan().SequenceEqual(Loopback6);

    /// <summary>Whether packets can come from here at all: a port, and an address that is no group, not "any" and not everyone.</summary>
    public bool CanBeSource
    {
        get
        {
            var bytes = Address.AsSpan();
            if (Port == 0 || bytes.IsEmpty)
                return false;
            if (Address.IsIPv6)
                return bytes[0] != 0xff && bytes.ContainsAnyExcept((byte)0);
            return bytes[0] is not (0 or (>= 224 and <= 239)) && BinaryPrimitives.ReadUInt32BigEndian(bytes) != uint.MaxValue;
        }
    }

    /// <summary>
    /// Reads <c>203.0.113.7:443</c>, <c>[2001:db8::2]:443</c> or <c>[fe80::1%eth0]:443</c> in UTF-8, without allocating; a zone is left out.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ClientEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf((byte)':');
        if (colon < 0 || !TryParsePort(text[(colon + 1)..], out var port))
            return false;
        var host = text[..colon];
        var isBracketed = host is [(byte)'[', .., (byte)']'];
        if (isBracketed)
        {
            host = host[1..^1];
            var zone = host.IndexOf((byte)'%');
            if (zone >= 0 && zone == host.Length - 1)
                return false;
            if (zone >= 0)
                host = host[..zone];
        }

        if (!InetAddress.TryParse(host, out var address) || address.IsIPv6 != isBracketed)
            return false;
        endpoint = new(WithoutMapping(address), port);
        return true;
    }

    /// <summary>As <c>203.0.113.7:443</c> or <c>[2001:db8::2]:443</c>.</summary>
    public override string ToString() => Address.IsIPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

    private static InetAddress WithoutMapping(InetAddress address) =>
        address.IsIPv6 && address.AsSpan().StartsWith(MappedPrefix) ? new InetAddress(address.AsSpan()[12..]) : address;

    private static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        if (text.Length is 0 or > 5)
            return false;
        var value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (digit - '0');
        }

        port = (ushort)value;
        return value <= ushort.MaxValue;
    }
}
