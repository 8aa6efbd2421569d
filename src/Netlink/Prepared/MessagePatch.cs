using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VffNetlink;

/// <summary>
/// A prepared message, or a copy of it, whose values are to be set. Setting one allocates nothing and costs a nanosecond. Values that are not
/// set stay as they were.
/// </summary>
/// <remarks>Every method throws <see cref="ArgumentException"/> for a slot of another message, and then has written nothing.</remarks>
public readonly ref struct MessagePatch
{
    private readonly ref byte _start;
    private readonly PreparedMessage? _prepared;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal MessagePatch(ref byte start, PreparedMessage prepared)
    {
        _start = ref start;
        _prepared = prepared;
    }

    /// <summary>The whole message, for sending. Its sequence number is filled in by the socket.</summary>
    public Span<byte> Message
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _prepared is null ? default : MemoryMarshal.CreateSpan(ref _start, _prepared.Length);
    }

    /// <summary>Sets a number in the machine's byte order, or a struct.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set<T>(Slot<T> slot, in T value)
        where T : unmanaged => Unsafe.WriteUnaligned(ref At(slot.Owner, slot.Offset), value);

    /// <summary>Sets 16 bits in network byte order.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="value">In the machine's byte order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(BigEndianSlot<ushort> slot, ushort value) => Set(slot.Raw, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Sets 32 bits in network byte order.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="value">In the machine's byte order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(BigEndianSlot<uint> slot, uint value) => Set(slot.Raw, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Sets 64 bits in network byte order.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="value">In the machine's byte order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(BigEndianSlot<ulong> slot, ulong value) => Set(slot.Raw, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Sets an address.</summary>
    /// <exception cref="ArgumentException">The slot is another message's, or the address of another family than the slot.</exception>
    public void Set(AddressSlot slot, in InetAddress value)
    {
        if (value.Length != slot.Bytes.Length)
            throw new ArgumentException($"The address {value} does not fit a slot for {slot.Family}.", nameof(value));
        Set(slot.Bytes, value.AsSpan());
    }

    /// <summary>Sets bytes.</summary>
    /// <exception cref="ArgumentException">The slot is another message's, or it holds more bytes or fewer.</exception>
    public void Set(BytesSlot slot, scoped ReadOnlySpan<byte> value)
    {
        ref var place = ref At(slot.Owner, slot.Offset);
        if (value.Length != slot.Length)
            throw new ArgumentException($"{value.Length} bytes do not fit a slot of {slot.Length}.", nameof(value));
        value.CopyTo(MemoryMarshal.CreateSpan(ref place, value.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(PreparedMessage? owner, int offset)
    {
        if (_prepared is null || !ReferenceEquals(owner, _prepared))
            Throw.ForeignSlot();
        return ref Unsafe.Add(ref _start, offset);
    }
}
