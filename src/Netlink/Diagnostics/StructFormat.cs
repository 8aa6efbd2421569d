using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>
/// The fields of a fixed struct by their names: <c>ifi_family 0 ifi_type 1</c>. A shorter one, an older kernel's, is told as far as it
/// goes; what a newer kernel has behind it is told as bytes. Padding is left out where it is 0.
/// </summary>
/// <typeparam name="T">The struct under the kernel's name.</typeparam>
public sealed class StructFormat<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T> : ValueFormat
    where T : unmanaged
{
    private readonly Dictionary<string, ValueFormat> _formats = [];
    private (ValueFormat Format, int Size)? _items;
    private Part[]? _parts;

    /// <summary>Chooses the format of a field; numbers and enums have one by their type, other fields are bytes.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="format">How it is told.</param>
    /// <returns>This format.</returns>
    public StructFormat<T> Field(string field, ValueFormat format)
    {
        _formats[field] = format;
        return this;
    }

    /// <summary>Structs of another type follow, up to the payload's end.</summary>
    /// <param name="item">One of them.</param>
    /// <param name="size">Its bytes.</param>
    /// <returns>This format.</returns>
    public StructFormat<T> Then(ValueFormat item, int size)
    {
        _items = (item, size);
        return this;
    }

    /// <inheritdoc/>
    public override bool TryWrite(ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text.Append(typeof(T).Name);
        foreach (var part in _parts ??= Lay())
        {
            if (part.End > bytes.Length)
                return Rest(bytes[Math.Min(part.Start, bytes.Length)..], "cut", text);
            var value = bytes[part.Start..part.End];
            if (part.IsPadding && !value.ContainsAnyExcept((byte)0))
                continue;
            text.Append(' ').Append(part.Name).Append(' ');
            var start = text.Length;
            if (part.Format?.TryWrite(value, text) == true)
                continue;
            text.Length = start;
            text.AppendHex(value);
        }

        var rest = bytes[Math.Min(Unsafe.SizeOf<T>(), bytes.Length)..];
        if (_items is { } items && rest.Length % items.Size == 0)
        {
            for (; !rest.IsEmpty; rest = rest[items.Size..])
            {
                text.Append(", ");
                items.Format.TryWrite(rest[..items.Size], text);
            }
        }

        return Rest(rest, "more", text);
    }

    private static bool Rest(ReadOnlySpan<byte> bytes, string what, StringBuilder text)
    {
        if (!bytes.IsEmpty)
            text.Append(' ').Append(what).Append(' ').AppendBytes(bytes);
        else if (what == "cut")
            text.Append(" cut");
        return true;
    }

    /// <summary>Finds each field's place by the bytes that change it.</summary>
    private Part[] Lay()
    {
        var parts = new List<Part>();
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            int start = -1, end = 0;
            var empty = field.GetValue(default(T));
            for (var i = 0; i < Unsafe.SizeOf<T>(); i++)
            {
                var value = default(T);
                MemoryMarshal.AsBytes(new Span<T>(ref value))[i] = 0xff;
                if (Equals(field.GetValue(value), empty))
                    continue;
                start = start < 0 ? i : start;
                end = i + 1;
            }

            parts.Add(new Part(field.Name, start, end, _formats.GetValueOrDefault(field.Name) ?? FormatOf(field.FieldType), field.Name.Contains("pad", StringComparison.Ordinal)));
        }

        return [.. parts.OrderBy(static p => p.Start)];
    }

    private static ValueFormat? FormatOf(Type type) => type.IsEnum ? new BoxedEnumFormat(type) : Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => U8,
        TypeCode.UInt16 => U16,
        TypeCode.UInt32 => U32,
        TypeCode.UInt64 => U64,
        TypeCode.SByte => S8,
        TypeCode.Int16 => S16,
        TypeCode.Int32 => S32,
        TypeCode.Int64 => S64,
        _ => null,
    };

    private sealed record Part(string Name, int Start, int End, ValueFormat? Format, bool IsPadding);
}
