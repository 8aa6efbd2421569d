using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Writes one netlink message into a caller's buffer and allocates nothing. The running length is the message's own
/// <c>nlmsg_len</c>, so copies of a writer stay in step and the message is valid at every moment.
/// </summary>
/// <remarks>
/// <code>
///  0        4       6       8        12       16
/// | len    | type  | flags | seq    | pid    | family header | attribute | attribute | ...
/// </code>
/// The buffer must outlive the writer. A full buffer throws <see cref="InvalidOperationException"/> before anything is written.
/// </remarks>
public readonly ref struct MessageWriter
{
    internal const int HeaderSize = 16;

    private readonly ref byte _start;
    private readonly int _capacity;

    private MessageWriter(ref byte start, int capacity)
    {
        _start = ref start;
        _capacity = capacity;
    }

    /// <summary>Starts a message at the beginning of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">Room for the whole message.</param>
    /// <param name="type"><c>nlmsg_type</c>.</param>
    /// <param name="flags"><c>nlmsg_flags</c>; the socket adds the acknowledgement flag where it needs one.</param>
    /// <exception cref="InvalidOperationException">The buffer is shorter than a header.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MessageWriter Begin(Span<byte> buffer, ushort type, NLM_F flags)
    {
        if (buffer.Length < HeaderSize)
            Throw.BufferFull(HeaderSize, buffer.Length);
        ref var start = ref MemoryMarshal.GetReference(buffer);
        Unsafe.WriteUnaligned(ref start, new nlmsghdr { nlmsg_len = HeaderSize, nlmsg_type = type, nlmsg_flags = flags });
        return new MessageWriter(ref start, buffer.Length);
    }

    /// <summary>Goes on with a message that <see cref="Begin"/> started at the beginning of a buffer.</summary>
    internal static MessageWriter Continue(Span<byte> buffer) => new(ref MemoryMarshal.GetReference(buffer), buffer.Length);

    /// <summary>Length so far, header included, always a multiple of 4.</summary>
    public int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.ReadUnaligned<int>(ref _start);
    }

    /// <summary>The message as it stands, for sending. Its sequence number is filled in by the socket.</summary>
    public Span<byte> Message
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateSpan(ref _start, Length);
    }

    /// <summary>Puts the family's fixed header (<c>ifinfomsg</c>, <c>tcmsg</c>, <c>nfgenmsg</c>) and opens its attributes.</summary>
    /// <typeparam name="THeader">The header's struct.</typeparam>
    /// <typeparam name="TAttr">The attribute space behind it.</typeparam>
    /// <exception cref="InvalidOperationException">The buffer is full.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AttributeWriter<TAttr> PutHeader<THeader, TAttr>(scoped in THeader header)
        where THeader : unmanaged
        where TAttr : unmanaged, Enum
    {
        var aligned = (Unsafe.SizeOf<THeader>() + 3) & ~3;
        var offset = Length;
        if (_capacity - offset < aligned)
            Throw.BufferFull(aligned, _capacity - offset);
        if (aligned != Unsafe.SizeOf<THeader>())
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref _start, offset + aligned - 4), 0);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _start, offset), header);
        Unsafe.WriteUnaligned(ref _start, offset + aligned);
        return new AttributeWriter<TAttr>(ref _start, _capacity, 0);
    }
}
