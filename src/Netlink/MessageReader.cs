using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Walks the messages of one datagram: <c>foreach (var message in new MessageReader(datagram))</c>. The last message may
/// lack its padding, as conntrack's sometimes do.
/// </summary>
public ref struct MessageReader
{
    private ReadOnlySpan<byte> _rest;
    private nlmsghdr _header;
    private ReadOnlySpan<byte> _payload;

    /// <summary>Reads from the start of <paramref name="datagram"/>.</summary>
    public MessageReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <summary>The message that <see cref="MoveNext"/> came to.</summary>
    public readonly NetlinkMessage Current => new(_header, _payload);

    /// <summary>The bytes that were not walked yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>This reader, for <c>foreach</c>.</summary>
    public readonly MessageReader GetEnumerator() => this;

    /// <summary>Goes to the next message; false at the datagram's end.</summary>
    /// <exception cref="NetlinkFormatException">The walk ends here: a header is cut, or its length runs past the datagram or is shorter than a header.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        var rest = _rest;
        _rest = default; // where this message makes no sense, nobody knows where the next one starts
        if (rest.Length < MessageWriter.HeaderSize)
            Throw.Format($"A datagram ends in {rest.Length} bytes; a message header needs {MessageWriter.HeaderSize}.");
        _header = MemoryMarshal.Read<nlmsghdr>(rest);
        var length = _header.nlmsg_len;
        if (length < MessageWriter.HeaderSize || length > (uint)rest.Length)
            Throw.Format($"A message says that it has {length} bytes; {rest.Length} are left in its datagram.");
        _payload = rest[MessageWriter.HeaderSize..(int)length];
        _rest = rest[Math.Min(((int)length + 3) & ~3, rest.Length)..]; // NLMSG_ALIGN
        return true;
    }
}
