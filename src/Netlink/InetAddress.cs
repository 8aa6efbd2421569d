using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VffNetlink;

/// <summary>
/// An IPv4 or IPv6 address as a value: what <see cref="IPAddress"/> is, without an object. Parsing, formatting, comparing and
/// hashing allocate nothing.
/// </summary>
/// <remarks>
/// An IPv6 address has no zone (scope) here, and an IPv4-mapped one (<c>::ffff:192.0.2.1</c>) stays IPv6 and differs from the
/// IPv4 address that it maps: to the kernel they are two. The default value is no address at all.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct InetAddress : IEquatable<InetAddress>
{
    // In network order, as in a message: an IPv4 address is the first four bytes, and zeros follow.
    private readonly ulong _first;
    private readonly ulong _second;

    /// <summary>An address from its bytes in network order.</summary>
    /// <param name="bytes">4 for IPv4, 16 for IPv6.</param>
    /// <exception cref="ArgumentException">Any other length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public InetAddress(ReadOnlySpan<byte> bytes)
    {
        if (!TryRead(bytes, out this))
            Throw.AddressLength(bytes.Length);
    }

    /// <summary>The same address as <paramref name="address"/>, whose scope is dropped.</summary>
    public InetAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        TryRead(bytes[..length], out this);
    }

    private InetAddress(ulong first, ulong second, InetFamily family)
    {
        _first = first;
        _second = second;
        Family = family;
    }

    /// <summary>IPv4 or IPv6; <see cref="InetFamily.Unspecified"/> for the default value.</summary>
    public InetFamily Family { get; }

    /// <summary>Whether this is an IPv4 address.</summary>
    public bool IsIPv4 => Family == InetFamily.IPv4;

    /// <summary>Whether this is an IPv6 address.</summary>
    public bool IsIPv6 => Family == InetFamily.IPv6;

    /// <summary>
    /// The bytes in network order as two words that lie in memory as they do, an IPv4 address being the first four and zeros behind: for keys
    /// and messages that hold addresses of both families in one place.
    /// </summary>
    public (ulong First, ulong Second) Words
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (_first, _second);
    }

    /// <summary>Bytes of the address: 4, 16, or 0 for the default value.</summary>
    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Family == InetFamily.IPv4 ? 4 : Family == InetFamily.IPv6 ? 16 : 0;
    }

    /// <summary>An IPv4 address as the number that it is, so that those of a network can be counted through.</summary>
    /// <param name="address">In the machine's byte order: 0xc0000201 is 192.0.2.1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InetAddress FromIPv4(uint address) =>
        new(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(address) : (ulong)address << 32, 0, InetFamily.IPv4);

    /// <summary>Takes an address from its bytes in network order; false where they are neither 4 nor 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, out InetAddress address)
    {
        if (bytes.Length == 4)
        {
            var word = MemoryMarshal.Read<uint>(bytes);
            // The first four bytes in memory, whatever the machine's byte order.
            address = new InetAddress(BitConverter.IsLittleEndian ? word : (ulong)word << 32, 0, InetFamily.IPv4);
            return true;
        }

        if (bytes.Length == 16)
        {
            address = new InetAddress(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[8..]), InetFamily.IPv6);
            return true;
        }

        address = default;
        return false;
    }

    /// <summary>The bytes in network order, for a message: 4 or 16. A view of this value, valid as long as it is.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in _first, 2))[..Length];

    /// <summary>The address as an object of the base class library.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public IPAddress ToIPAddress() =>
        Length == 0 ? throw new InvalidOperationException("The default value is no address.") : new IPAddress(AsSpan());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(InetAddress other) => _first == other._first && _second == other._second && Family == other.Family;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is InetAddress other && Equals(other);

    /// <summary>A hash that those who choose addresses cannot foresee: it is seeded anew in every process.</summary>
    public override int GetHashCode() => string.GetHashCode(MemoryMarshal.Cast<byte, char>(AsSpan()));

    /// <summary>Whether both are the same address of the same family.</summary>
    public static bool operator ==(InetAddress left, InetAddress right) => left.Equals(right);

    /// <summary>Whether they differ in address or family.</summary>
    public static bool operator !=(InetAddress left, InetAddress right) => !left.Equals(right);
}
