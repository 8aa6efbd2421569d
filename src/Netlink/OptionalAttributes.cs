using System.Numerics;
using System.Runtime.CompilerServices;
using VffNetlink.Route;

namespace VffNetlink;

/// <summary>Puts what is set, and nothing for what is not.</summary>
internal static class OptionalAttributes
{
    /// <summary>A number in the machine's byte order, a truth value as a byte, or a struct.</summary>
    public static void PutIf<TAttr, T>(this AttributeWriter<TAttr> attributes, TAttr id, in T? value)
        where TAttr : unmanaged, Enum
        where T : unmanaged
    {
        if (value is { } set)
            attributes.PutStruct(id, set);
    }

    public static void PutBigEndianIf<TAttr, T>(this AttributeWriter<TAttr> attributes, TAttr id, T? value)
        where TAttr : unmanaged, Enum
        where T : unmanaged, IBinaryInteger<T>
    {
        if (value is { } set)
            set.WriteBigEndian(attributes.PutRoom(id, Unsafe.SizeOf<T>()));
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, in InetAddress value)
        where TAttr : unmanaged, Enum
    {
        if (value.Length != 0)
            attributes.Put(id, value.AsSpan());
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, in LinkLayerAddress value)
        where TAttr : unmanaged, Enum
    {
        if (!value.IsEmpty)
            attributes.Put(id, value.Span);
    }

    /// <summary>The attributes of a nest.</summary>
    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, RawAttributes value)
        where TAttr : unmanaged, Enum
    {
        if (!value.IsEmpty)
            attributes.Put(id, value.Span);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ReadOnlyMemory<byte> value)
        where TAttr : unmanaged, Enum
    {
        if (!value.IsEmpty)
            attributes.Put(id, value.Span);
    }

    /// <exception cref="ArgumentException">It has a NUL: the kernel would take what stands before it for all of it.</exception>
    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, string? value)
        where TAttr : unmanaged, Enum
    {
        if (value is null)
            return;
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"{id} cannot have a NUL; this one has one behind \"{value[..value.IndexOf('\0', StringComparison.Ordinal)]}\".", nameof(value));
        attributes.PutString(id, value);
    }
}
