using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack;

/// <summary>
/// One direction of a flow: addresses, transport and what the transport tells flows apart by. With its zone it is the key that the
/// kernel finds a flow by, and fit for one here: 40 bytes, compared and hashed without allocating.
/// </summary>
/// <remarks>
/// The default value is no tuple; requests refuse it. ICMP's identifier, type and code are in the place of the ports, as in
/// the kernel, and so is GRE's key.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct ConntrackTuple : IEquatable<ConntrackTuple>
{
    // Addresses in network order as InetAddress has them; the rest in the machine's. Five words, without a gap.
    private readonly ulong _source0;
    private readonly ulong _source1;
    private readonly ulong _destination0;
    private readonly ulong _destination1;
    private readonly ushort _sourcePort;
    private readonly ushort _destinationPort;
    private readonly ushort _zone;
    private readonly InetFamily _family;
    private readonly IpProtocol _protocol;

    /// <summary>A tuple of a transport with ports, or of one with addresses alone.</summary>
    /// <param name="protocol">TCP, UDP, SCTP, …; ICMP has constructors of its own (<see cref="Icmp"/>).</param>
    /// <param name="source">Where packets come from.</param>
    /// <param name="sourcePort">In the machine's byte order; 0 where the transport has none.</param>
    /// <param name="destination">Where they go; of the same family.</param>
    /// <param name="destinationPort">In the machine's byte order; 0 where the transport has none.</param>
    /// <param name="zone">The zone, 0 being the one that everything is in that no rule put elsewhere.</param>
    /// <exception cref="ArgumentException">The addresses are of two families, or one is none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ConntrackTuple(IpProtocol protocol, in InetAddress source, ushort sourcePort, in InetAddress destination, ushort destinationPort, ushort zone = 0)
    {
        if (source.Family != destination.Family || source.Family == InetFamily.Unspecified)
            ThrowFamilies(source, destination);
        (_source0, _source1) = source.Words;
        (_destination0, _destination1) = destination.Words;
        _sourcePort = sourcePort;
        _destinationPort = destinationPort;
        _zone = zone;
        _family = source.Family;
        _protocol = protocol;
    }

    /// <summary>A tuple of endpoints.</summary>
    /// <exception cref="ArgumentException">The addresses are of two families.</exception>
    public ConntrackTuple(IpProtocol protocol, IPEndPoint source, IPEndPoint destination, ushort zone = 0)
        : this(protocol, Address(source), (ushort)source.Port, Address(destination), (ushort)destination.Port, zone)
    {
    }

    private ConntrackTuple(in ConntrackTuple tuple, ushort zone)
    {
        this = tuple;
        _zone = zone;
    }

    /// <summary>Words as they are, for readers and <see cref="Inverted"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ConntrackTuple(
        (ulong First, ulong Second) source, ushort sourcePort, (ulong First, ulong Second) destination, ushort destinationPort, ushort zone, InetFamily family, IpProtocol protocol)
    {
        (_source0, _source1) = source;
        (_destination0, _destination1) = destination;
        _sourcePort = sourcePort;
        _destinationPort = destinationPort;
        _zone = zone;
        _family = family;
        _protocol = protocol;
    }

    /// <summary>IPv4 or IPv6; <see cref="InetFamily.Unspecified"/> for the default value.</summary>
    public InetFamily Family => _family;

    /// <summary>What the packets carry.</summary>
    public IpProtocol Protocol => _protocol;

    /// <summary>Where packets come from.</summary>
    public InetAddress Source => Address(_source0, _source1);

    /// <summary>Where they go.</summary>
    public InetAddress Destination => Address(_destination0, _destination1);

    /// <summary>The source port in the machine's byte order. ICMP: the identifier of an exchange; GRE: the key.</summary>
    public ushort SourcePort => _sourcePort;

    /// <summary>The destination port in the machine's byte order. ICMP: 256 times the type, and the code; GRE: the key.</summary>
    public ushort DestinationPort => _destinationPort;

    /// <summary>
    /// The zone that this direction of the flow is in. 0 is the default zone; the kernel does not tell it from none.
    /// </summary>
    public ushort Zone => _zone;

    /// <summary>Whether this is ICMP or ICMPv6, which have an identifier, a type and a code instead of ports.</summary>
    public bool IsIcmp => _protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    /// <summary>ICMP's identifier of an exchange; null for anything else.</summary>
    public ushort? IcmpId => IsIcmp ? _sourcePort : null;

    /// <summary>ICMP's type; null for anything else.</summary>
    public byte? IcmpType => IsIcmp ? (byte)(_destinationPort >> 8) : null;

    /// <summary>ICMP's code; null for anything else.</summary>
    public byte? IcmpCode => IsIcmp ? (byte)_destinationPort : null;

    /// <summary>A tuple of ICMP or ICMPv6, by the addresses' family.</summary>
    /// <param name="source">Where packets come from.</param>
    /// <param name="destination">Where they go.</param>
    /// <param name="type">Such as 8 or 128, which ask for an echo.</param>
    /// <param name="code">Usually 0.</param>
    /// <param name="id">What tells one exchange from another, in the machine's byte order.</param>
    /// <param name="zone">The zone, 0 being the default one.</param>
    /// <exception cref="ArgumentException">The addresses are of two families, or one is none.</exception>
    public static ConntrackTuple Icmp(InetAddress source, InetAddress destination, byte type, byte code, ushort id, ushort zone = 0) =>
        new(source.IsIPv6 ? IpProtocol.IcmpV6 : IpProtocol.Icmp, source, id, destination, (ushort)((type << 8) | code), zone);

    /// <summary>The same tuple in another zone.</summary>
    public ConntrackTuple InZone(ushort zone) => new(this, zone);

    /// <summary>The tuple of the answers, where nothing is translated: the ends change places, and ICMP's requests become replies.</summary>
    /// <exception cref="InvalidOperationException">The ICMP type is not part of an exchange, so that no flow can have it.</exception>
    public ConntrackTuple Inverted() => IsIcmp
        ? new((_destination0, _destination1), _sourcePort, (_source0, _source1), (ushort)((IcmpExchange.Counterpart(_protocol, _destinationPort >> 8) << 8) | (byte)_destinationPort), _zone, _family, _protocol)
        : new((_destination0, _destination1), _destinationPort, (_source0, _source1), _sourcePort, _zone, _family, _protocol);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(ConntrackTuple other) =>
        ((_source0 ^ other._source0) | (_source1 ^ other._source1) | (_destination0 ^ other._destination0) | (_destination1 ^ other._destination1) | (Rest ^ other.Rest)) == 0;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ConntrackTuple other && Equals(other);

    /// <summary>A hash that those who choose ports and addresses cannot foresee: it is seeded anew in every process.</summary>
    public override int GetHashCode()
    {
        if (_family == InetFamily.IPv6)
            return Hash(MemoryMarshal.CreateReadOnlySpan(in _source0, 5));
        // Of an IPv4 address only one half of the first word is not zero.
        Span<ulong> words = [_source0 | ulong.RotateRight(_destination0, 32), Rest];
        return Hash(words);
    }

    /// <summary>Whether addresses, transport and zone are the same.</summary>
    public static bool operator ==(in ConntrackTuple left, in ConntrackTuple right) => left.Equals(right);

    /// <summary>Whether addresses, transport or zone differ.</summary>
    public static bool operator !=(in ConntrackTuple left, in ConntrackTuple right) => !left.Equals(right);

    private ulong Rest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.AsRef(in _sourcePort)));
    }

    // string's hash, and no other of the base class library, is made to withstand chosen keys.
    private static int Hash(ReadOnlySpan<ulong> words) => string.GetHashCode(MemoryMarshal.Cast<ulong, char>(words));

    private static InetAddress Address(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new InetAddress(endpoint.Address);
    }

    private InetAddress Address(ulong first, ulong second)
    {
        ReadOnlySpan<ulong> words = [first, second];
        var bytes = MemoryMarshal.AsBytes(words);
        InetAddress.TryRead(_family switch { InetFamily.IPv4 => bytes[..4], InetFamily.IPv6 => bytes, _ => default }, out var address);
        return address;
    }

    [DoesNotReturn]
    private static void ThrowFamilies(in InetAddress source, in InetAddress destination) =>
        throw new ArgumentException($"A tuple needs two addresses of one family, not {source} and {destination}.", nameof(destination));
}
