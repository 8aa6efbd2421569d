namespace VffNetlink;

/// <summary>Puts what is set, and nothing for what is not.</summary>
internal static class OptionalAttributes
{
    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, byte? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, set);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, bool? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, (byte)(set ? 1 : 0));
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ushort? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, set);
    }

    public static void PutBigEndianIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ushort? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.PutBigEndian(id, set);
    }

    public static void PutBigEndianIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, uint? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.PutBigEndian(id, set);
    }

    public static void PutBigEndianIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ulong? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.PutBigEndian(id, set);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, uint? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, set);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, int? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, set);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ulong? value)
        where TAttr : unmanaged, Enum
    {
        if (value is { } set)
            attributes.Put(id, set);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, in InetAddress value)
        where TAttr : unmanaged, Enum
    {
        if (value.Length != 0)
            attributes.Put(id, value.AsSpan());
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, ReadOnlyMemory<byte> value)
        where TAttr : unmanaged, Enum
    {
        if (!value.IsEmpty)
            attributes.Put(id, value.Span);
    }

    public static void PutIf<TAttr>(this AttributeWriter<TAttr> attributes, TAttr id, string? value)
        where TAttr : unmanaged, Enum
    {
        if (value is not null)
            attributes.PutString(id, value);
    }

    public static void PutStructIf<TAttr, T>(this AttributeWriter<TAttr> attributes, TAttr id, in T? value)
        where TAttr : unmanaged, Enum
        where T : unmanaged
    {
        if (value is { } set)
            attributes.PutStruct(id, set);
    }
}
