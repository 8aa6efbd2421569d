using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Walks the ways of a route (<c>RTA_MULTIPATH</c>): <c>foreach (var hop in route.NextHops)</c>.</summary>
public ref struct NextHopReader
{
    private ReadOnlySpan<byte> _rest;
    private NextHopView _current;

    internal NextHopReader(ReadOnlySpan<byte> hops) => _rest = hops;

    /// <summary>The way that <see cref="MoveNext"/> came to.</summary>
    public readonly NextHopView Current => _current;

    /// <summary>This reader, for <c>foreach</c>.</summary>
    public readonly NextHopReader GetEnumerator() => this;

    /// <summary>Goes to the next way; false at the end.</summary>
    /// <exception cref="NetlinkFormatException">A length is shorter than a header or runs past the end.</exception>
    public bool MoveNext()
    {
        var size = Unsafe.SizeOf<rtnexthop>();
        if (_rest.IsEmpty)
            return false;
        if (_rest.Length < size)
            Throw.AttributeLength(nameof(RTA.RTA_MULTIPATH), _rest.Length, size);
        var hop = MemoryMarshal.Read<rtnexthop>(_rest);
        if (hop.rtnh_len < size || hop.rtnh_len > _rest.Length)
            Throw.Format($"A next hop says that it has {hop.rtnh_len} bytes; {_rest.Length} are left in {nameof(RTA.RTA_MULTIPATH)}.");
        _current = new NextHopView(hop, _rest[size..hop.rtnh_len]);
        _rest = _rest[Math.Min((hop.rtnh_len + 3) & ~3, _rest.Length)..]; // RTNH_ALIGN
        return true;
    }
}
