using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>The filter u32: packets in which all <see cref="Keys"/> match, and whose mark matches. Kernel part cls_u32.</summary>
/// <remarks>
/// A kernel without CONFIG_CLS_U32_MARK acknowledges a <see cref="Mark"/> and drops it, so that the filter matches everything: only
/// reading the filter back shows it. Hash tables and links between them are not expressed by this type; a filter that has some reads as
/// <see cref="RawOptions"/> alone.
/// </remarks>
public readonly record struct U32Filter : IFilterKind<U32Filter>
{
    private const int MaximumKeys = 128;

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "u32"u8;

    /// <inheritdoc/>
    public static AttributeSpace? Options { get; } = AttributeSpace.Of<TCA_U32>((TCA_U32.TCA_U32_ACT, TcAttributes.Actions))
        .With(TcFormats.Handle, TCA_U32.TCA_U32_CLASSID)
        .With(ValueFormat.Hex, TCA_U32.TCA_U32_HASH, TCA_U32.TCA_U32_LINK)
        .With(ValueFormat.U32, TCA_U32.TCA_U32_DIVISOR)
        .With(
            ValueFormat.Struct<tc_u32_sel>()
                .Field(nameof(tc_u32_sel.offmask), ValueFormat.HexBigEndian)
                .Field(nameof(tc_u32_sel.hmask), ValueFormat.HexBigEndian)
                .Then(ValueFormat.Struct<tc_u32_key>().Field(nameof(tc_u32_key.mask), ValueFormat.HexBigEndian).Field(nameof(tc_u32_key.val), ValueFormat.HexBigEndian), Unsafe.SizeOf<tc_u32_key>()),
            TCA_U32.TCA_U32_SEL)
        .With(ValueFormat.Struct<tc_u32_mark>().Field(nameof(tc_u32_mark.val), ValueFormat.Hex).Field(nameof(tc_u32_mark.mask), ValueFormat.Hex), TCA_U32.TCA_U32_MARK)
        .With(ValueFormat.Names<TCA_CLS_FLAGS>(), TCA_U32.TCA_U32_FLAGS)
        .With(ValueFormat.String, TCA_U32.TCA_U32_INDEV);

    /// <summary>What is compared in the packet; none: every packet matches. At most 128.</summary>
    public ImmutableArray<U32Key> Keys { get; init; }

    /// <summary>The packet mark; null: any.</summary>
    public U32Mark? Mark { get; init; }

    /// <summary>The class of packets that match.</summary>
    public TcHandle? ClassId { get; init; }

    /// <summary>The device that the packet must have come in by.</summary>
    public string? InDevice { get; init; }

    /// <summary>Table and bucket that the filter is in; null in a filter to make: the priority's own table. Read back, it is always said.</summary>
    public U32Handle? Table { get; init; }

    /// <summary>What happens to packets that match.</summary>
    public ActionList Actions { get; init; }

    /// <summary>Whether it may or must work in the device.</summary>
    public FilterOffload Offload { get; init; }

    ReadOnlySpan<byte> ITcOptions.KindName => Kind;

    int ITcOptions.Room => 160 + (3 * (InDevice?.Length ?? 0)) + (16 * Keys.AsSpan().Length) + Actions.Bytes.Length;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> options, out U32Filter value)
    {
        value = default;
        var expressed = true;
        foreach (var a in new AttributeReader<TCA_U32>(options))
        {
            switch (a.Id)
            {
                case TCA_U32.TCA_U32_SEL:
                    expressed &= TryReadKeys(a.Payload, out var keys);
                    value = value with { Keys = keys };
                    break;
                case TCA_U32.TCA_U32_MARK:
                    var mark = a.ReadStruct<tc_u32_mark>();
                    value = value with { Mark = new U32Mark(mark.val, mark.mask) };
                    break;
                case TCA_U32.TCA_U32_CLASSID:
                    value = value with { ClassId = new TcHandle(a.ReadUInt32()) };
                    break;
                case TCA_U32.TCA_U32_INDEV:
                    value = value with { InDevice = a.ReadString() };
                    break;
                case TCA_U32.TCA_U32_HASH:
                    value = value with { Table = new U32Handle(a.ReadUInt32()) };
                    break;
                case TCA_U32.TCA_U32_ACT:
                    value = value with { Actions = ActionList.Read(a.Payload) };
                    break;
                case TCA_U32.TCA_U32_FLAGS:
                    value = value with { Offload = Offloads.From(a.ReadUInt32()) };
                    break;
                case TCA_U32.TCA_U32_LINK:
                case TCA_U32.TCA_U32_DIVISOR:
                case TCA_U32.TCA_U32_POLICE:
                    expressed = false;
                    break;
            }
        }

        return expressed;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are more than 128 keys.</exception>
    public void Write(AttributeWriter<TCA> message)
    {
        using var options = message.Nest<TCA_U32>(TCA.TCA_OPTIONS);
        if (Mark is { } mark)
            options.PutStruct(TCA_U32.TCA_U32_MARK, new tc_u32_mark { val = mark.Value, mask = mark.Mask });
        if (ClassId is { } classId)
            options.Put(TCA_U32.TCA_U32_CLASSID, classId.Value);
        if (InDevice is { } device)
            options.PutString(TCA_U32.TCA_U32_INDEV, device);
        Actions.Write(options, TCA_U32.TCA_U32_ACT);
        if (Table is { } table)
            options.Put(TCA_U32.TCA_U32_HASH, table.Value);
        WriteKeys(options);
        if (Offload != FilterOffload.None)
            options.Put(TCA_U32.TCA_U32_FLAGS, (uint)Offload);
    }

    /// <summary>Whether both choose the same packets for the same end.</summary>
    public bool Equals(U32Filter other) =>
        Keys.AsSpan().SequenceEqual(other.Keys.AsSpan()) && Mark == other.Mark && ClassId == other.ClassId && InDevice == other.InDevice
        && Table == other.Table && Actions == other.Actions && Offload == other.Offload;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var key in Keys.AsSpan())
            hash.Add(key);
        hash.Add(Mark);
        hash.Add(ClassId);
        hash.Add(Table);
        hash.Add(Actions);
        return hash.ToHashCode();
    }

    private static bool TryReadKeys(ReadOnlySpan<byte> selector, out ImmutableArray<U32Key> keys)
    {
        keys = [];
        var size = Unsafe.SizeOf<tc_u32_sel>();
        if (selector.Length < size)
            throw new NetlinkFormatException($"TCA_U32_SEL has {selector.Length} bytes; tc_u32_sel needs {size}.");
        var sel = MemoryMarshal.Read<tc_u32_sel>(selector);
        var bytes = sel.nkeys * Unsafe.SizeOf<tc_u32_key>();
        if (selector.Length < size + bytes)
            throw new NetlinkFormatException($"TCA_U32_SEL has {selector.Length} bytes; {sel.nkeys} keys need {size + bytes}.");
        var builder = ImmutableArray.CreateBuilder<U32Key>(sel.nkeys);
        foreach (var key in MemoryMarshal.Cast<byte, tc_u32_key>(selector.Slice(size, bytes)))
            builder.Add(new U32Key(FromBigEndian(key.val), FromBigEndian(key.mask), key.off, key.offmask));
        keys = builder.MoveToImmutable();
        return (sel.flags & ~TC_U32.TC_U32_TERMINAL) == 0 && (sel.offshift, sel.offmask, sel.off, sel.offoff, sel.hoff, sel.hmask) == default;
    }

    private void WriteKeys(AttributeWriter<TCA_U32> options)
    {
        var keys = Keys.AsSpan();
        if (keys.Length > MaximumKeys)
            throw new InvalidOperationException($"A u32 filter has at most {MaximumKeys} keys; this one has {keys.Length}.");
        Span<byte> selector = stackalloc byte[Unsafe.SizeOf<tc_u32_sel>() + (MaximumKeys * Unsafe.SizeOf<tc_u32_key>())];
        selector = selector[..(Unsafe.SizeOf<tc_u32_sel>() + (keys.Length * Unsafe.SizeOf<tc_u32_key>()))];
        MemoryMarshal.Write(selector, new tc_u32_sel
        {
            flags = ClassId is null && Actions.IsEmpty ? TC_U32.NONE : TC_U32.TC_U32_TERMINAL,
            nkeys = (byte)keys.Length,
        });
        var written = MemoryMarshal.Cast<byte, tc_u32_key>(selector[Unsafe.SizeOf<tc_u32_sel>()..]);
        for (var i = 0; i < keys.Length; i++)
        {
            written[i] = new tc_u32_key
            {
                val = FromBigEndian(keys[i].Value),
                mask = FromBigEndian(keys[i].Mask),
                off = keys[i].Offset,
                offmask = keys[i].OffsetMask,
            };
        }

        options.Put(TCA_U32.TCA_U32_SEL, selector);
    }

    /// <summary>Both ways: between network byte order and the machine's.</summary>
    private static uint FromBigEndian(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    [ModuleInitializer]
    internal static void Enter() => KnownKinds.Enter<U32Filter>();
}
