using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Puts attributes of one attribute space behind a message's header, or inside a nest. Lengths, padding (zeroed) and
/// nesting are its business alone; an id of another space does not compile.
/// </summary>
/// <typeparam name="TAttr">The space, an <c>enum : ushort</c> with the kernel's names.</typeparam>
/// <remarks>
/// <code>
///  0      2      4
/// | len  | type | payload ... | zeros up to a multiple of 4 |
/// </code>
/// A nest ends with <see cref="Dispose"/>, so it reads <c>using (var options = w.Nest&lt;TCA_HTB&gt;(TCA.TCA_OPTIONS)) { … }</c>;
/// brace it, since a parent's attribute put while the nest is open would land inside it.
/// Every method throws <see cref="InvalidOperationException"/> where the buffer is full or a length passes 65,535, and then has written nothing.
/// </remarks>
public readonly ref struct AttributeWriter<TAttr>
    where TAttr : unmanaged, Enum
{
    private const int HeaderSize = 4;

    private readonly ref byte _start;
    private readonly int _capacity;
    private readonly int _nest;

    internal AttributeWriter(ref byte start, int capacity, int nest)
    {
        _start = ref start;
        _capacity = capacity;
        _nest = nest;
    }

    private int Length
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.ReadUnaligned<int>(ref _start);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Unsafe.WriteUnaligned(ref _start, value);
    }

    /// <summary>A byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TAttr id, byte value) => Unsafe.WriteUnaligned(ref Reserve(id, 1), value);

    /// <summary>16 bits in the machine's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TAttr id, ushort value) => Unsafe.WriteUnaligned(ref Reserve(id, 2), value);

    /// <summary>32 bits in the machine's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TAttr id, uint value) => Unsafe.WriteUnaligned(ref Reserve(id, 4), value);

    /// <summary>32 bits in the machine's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TAttr id, int value) => Unsafe.WriteUnaligned(ref Reserve(id, 4), value);

    /// <summary>64 bits in the machine's byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(TAttr id, ulong value) => Unsafe.WriteUnaligned(ref Reserve(id, 8), value);

    /// <summary>16 bits in network byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutBigEndian(TAttr id, ushort value) => Put(id, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>32 bits in network byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutBigEndian(TAttr id, uint value) => Put(id, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>64 bits in network byte order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutBigEndian(TAttr id, ulong value) => Put(id, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Bytes as they are.</summary>
    public void Put(TAttr id, scoped ReadOnlySpan<byte> payload) =>
        payload.CopyTo(MemoryMarshal.CreateSpan(ref Reserve(id, payload.Length), payload.Length));

    /// <summary>A fixed struct as the kernel lays it out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutStruct<T>(TAttr id, in T value)
        where T : unmanaged => Unsafe.WriteUnaligned(ref Reserve(id, Unsafe.SizeOf<T>()), value);

    /// <summary>An attribute whose payload the caller writes in place; until then it is whatever the buffer held.</summary>
    /// <param name="id">The attribute.</param>
    /// <param name="length">Of the payload; the padding behind it is zeroed.</param>
    /// <returns>The payload's room, all of which is to be written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> PutRoom(TAttr id, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return MemoryMarshal.CreateSpan(ref Reserve(id, length), length);
    }

    /// <summary>An attribute whose presence is its value.</summary>
    public void PutFlag(TAttr id) => Reserve(id, 0);

    /// <summary>A string in UTF-8, ended by a NUL.</summary>
    /// <param name="id">The attribute.</param>
    /// <param name="utf8">The string without the NUL.</param>
    public void PutString(TAttr id, scoped ReadOnlySpan<byte> utf8)
    {
        var room = MemoryMarshal.CreateSpan(ref Reserve(id, utf8.Length + 1), utf8.Length + 1);
        utf8.CopyTo(room);
        room[^1] = 0;
    }

    /// <summary>A string in UTF-8, ended by a NUL.</summary>
    public void PutString(TAttr id, scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var room = MemoryMarshal.CreateSpan(ref Reserve(id, length + 1), length + 1);
        Encoding.UTF8.GetBytes(value, room);
        room[^1] = 0;
    }

    /// <summary>A string in UTF-8 without a NUL, whose end is the attribute's.</summary>
    public void PutText(TAttr id, scoped ReadOnlySpan<char> value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, MemoryMarshal.CreateSpan(ref Reserve(id, length), length));
    }

    /// <summary>Opens a nest without <c>NLA_F_NESTED</c>, as rtnetlink and traffic control have it.</summary>
    /// <typeparam name="TChild">The space inside.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AttributeWriter<TChild> Nest<TChild>(TAttr id)
        where TChild : unmanaged, Enum
    {
        var offset = Length;
        Reserve(id, 0);
        return new AttributeWriter<TChild>(ref _start, _capacity, offset);
    }

    /// <summary>Opens a nest with <c>NLA_F_NESTED</c>, as nfnetlink has it.</summary>
    /// <typeparam name="TChild">The space inside.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AttributeWriter<TChild> NestFlagged<TChild>(TAttr id)
        where TChild : unmanaged, Enum
    {
        var offset = Length;
        Reserve((ushort)(Unsafe.BitCast<TAttr, ushort>(id) | NLA.NLA_F_NESTED), 0);
        return new AttributeWriter<TChild>(ref _start, _capacity, offset);
    }

    /// <summary>Puts bytes without an attribute header: a fixed struct in front of a nest's attributes.</summary>
    public void PutRaw(scoped ReadOnlySpan<byte> bytes)
    {
        var aligned = (bytes.Length + 3) & ~3;
        var offset = Length;
        if (_capacity - offset < aligned)
            Throw.BufferFull(aligned, _capacity - offset);
        var room = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _start, offset), aligned);
        bytes.CopyTo(room);
        room[bytes.Length..].Clear();
        Length = offset + aligned;
    }

    /// <summary>A place to come back to with <see cref="Rewind"/>.</summary>
    public int Mark() => Length;

    /// <summary>Drops everything that was put since <paramref name="mark"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The mark is not one of this message, at this point.</exception>
    public void Rewind(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark, Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(mark, _nest == 0 ? MessageWriter.HeaderSize : _nest + HeaderSize);
        Length = mark;
    }

    /// <summary>Bytes that still fit into the buffer.</summary>
    public int Remaining => _capacity - Length;

    /// <summary>Whether the message starts there.</summary>
    internal bool WritesTo(ref byte start) => Unsafe.AreSame(ref _start, ref start);

    /// <summary>Ends the nest: its length is known now. Does nothing at a message's top level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (_nest == 0)
            return;
        var length = Length - _nest;
        if (length > ushort.MaxValue)
            Throw.AttributeTooLong(length);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref _start, _nest), (ushort)length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Reserve(TAttr id, int payload) => ref Reserve(Unsafe.BitCast<TAttr, ushort>(id), payload);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte Reserve(ushort type, int payload)
    {
        var total = (payload + HeaderSize + 3) & ~3; // NLA_ALIGN
        var offset = Length;
        if (payload > ushort.MaxValue - HeaderSize)
            Throw.AttributeTooLong(payload + HeaderSize);
        if (_capacity - offset < total)
            Throw.BufferFull(total, _capacity - offset);
        ref var attribute = ref Unsafe.Add(ref _start, offset);
        if ((payload & 3) != 0)
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref attribute, total - 4), 0); // the padding; the payload overwrites its part
        Unsafe.WriteUnaligned(ref attribute, BitConverter.IsLittleEndian
            ? (uint)(payload + HeaderSize) | ((uint)type << 16)
            : ((uint)(payload + HeaderSize) << 16) | type);
        Length = offset + total;
        return ref Unsafe.Add(ref attribute, HeaderSize);
    }
}
