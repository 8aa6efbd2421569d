using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Walks the attributes of a message or nest: <c>foreach (var a in message.Attributes&lt;ifinfomsg, IFLA&gt;())</c>, then
/// <c>switch (a.Id)</c>. Ids that nobody knows yet are met and skipped like any other.
/// </summary>
/// <typeparam name="TAttr">The attribute space.</typeparam>
public ref struct AttributeReader<TAttr>
    where TAttr : unmanaged, Enum
{
    private const int HeaderSize = 4;

    private ReadOnlySpan<byte> _rest;
    private ushort _type;
    private ReadOnlySpan<byte> _payload;

    /// <summary>Reads from the start of <paramref name="attributes"/>.</summary>
    public AttributeReader(ReadOnlySpan<byte> attributes) => _rest = attributes;

    /// <summary>The attribute that <see cref="MoveNext"/> came to.</summary>
    public readonly NetlinkAttribute<TAttr> Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_type, _payload);
    }

    /// <summary>This reader, for <c>foreach</c>.</summary>
    public readonly AttributeReader<TAttr> GetEnumerator() => this;

    /// <summary>The bytes that were not walked yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Goes to the next attribute; false at the end. Up to three stray bytes of padding end the walk, too.</summary>
    /// <exception cref="NetlinkFormatException">A length is shorter than a header or runs past the container.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        var rest = _rest;
        if (rest.Length < HeaderSize)
            return false;
        ref var start = ref MemoryMarshal.GetReference(rest);
        int length = Unsafe.ReadUnaligned<ushort>(ref start);
        _type = Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, 2));
        if (length < HeaderSize || length > rest.Length)
            BadLength(_type, length, rest.Length);
        // The length was checked against the container just above.
        _payload = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, HeaderSize), length - HeaderSize);
        var step = Math.Min((length + 3) & ~3, rest.Length); // NLA_ALIGN
        _rest = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, step), rest.Length - step);
        return true;
    }

    /// <summary>The last attribute with this id, as the kernel itself would take it; false where there is none.</summary>
    public readonly bool TryFind(TAttr id, out NetlinkAttribute<TAttr> attribute)
    {
        var found = false;
        attribute = default;
        foreach (var a in this)
        {
            if (a.Type != Unsafe.BitCast<TAttr, ushort>(id))
                continue;
            attribute = a;
            found = true;
        }

        return found;
    }

    private static void BadLength(ushort type, int length, int left)
    {
        var id = (ushort)(type & NLA.NLA_TYPE_MASK);
        Throw.Format($"Attribute {Unsafe.BitCast<ushort, TAttr>(id)} of {typeof(TAttr).Name} says that it has {length} bytes; {left} are left in its container.");
    }
}
