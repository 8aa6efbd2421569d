using System.Buffers.Binary;
using System.Net;

namespace VffQos.Sources;

/// <summary>
/// The address and port that a client's packets come from. An IPv4-mapped IPv6 address is the IPv4 address that it maps: on
/// the wire, and so in conntrack, there is no other.
/// </summary>
internal readonly record struct ClientEndpoint
{
    private static readonly UInt128 MappedPrefix = new(0, 0xffff_0000_0000);

    /// <summary>An IPv4 endpoint.</summary>
    /// <param name="address">The address as a number: 10.0.0.1 is 0x0a000001.</param>
    /// <param name="port">The port in the machine's byte order.</param>
    public ClientEndpoint(uint address, ushort port)
    {
        Address = address;
        Port = port;
    }

    /// <summary>An IPv6 endpoint, or an IPv4 one where the address is mapped.</summary>
    /// <param name="address">The address as a number, most significant group first.</param>
    /// <param name="port">The port in the machine's byte order.</param>
    public ClientEndpoint(UInt128 address, ushort port)
    {
        var isMapped = address >> 32 == MappedPrefix >> 32;
        Address = isMapped ? (uint)address : address;
        IsIPv6 = !isMapped;
        Port = port;
    }

    /// <summary>The address as a number, an IPv4 one in the low 32 bits.</summary>
    public UInt128 Address { get; }

    /// <summary>Whether <see cref="Address"/> has 128 bits.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The port in the machine's byte order.</summary>
    public ushort Port { get; }

    /// <summary>An address that only this host can have: 127.0.0.0/8 and ::1.</summary>
    public bool IsLoopback => IsIPv6 ? Address == 1 : (uint)Address >> 24 == 127;

    /// <summary>Whether packets can come from here at all: no group, no broadcast, not "any", and a port.</summary>
    public bool CanBeSource => Port != 0 && (IsIPv6
        ? Address != 0 && Address >> 120 != 0xff
        : (uint)Address >> 24 != 0 && (uint)Address >> 28 != 0xe && (uint)Address != uint.MaxValue);

    /// <summary>Writes the address in network byte order.</summary>
    /// <param name="destination">Room for 16 bytes; 4 do for IPv4.</param>
    /// <returns>4 or 16.</returns>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, Address);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Address);
        return 4;
    }

    /// <summary>As <c>203.0.113.7:443</c> or <c>[2001:db8::2]:443</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        var length = WriteAddress(bytes);
        return new IPEndPoint(new IPAddress(bytes[..length]), Port).ToString();
    }
}
