using System.Runtime.CompilerServices;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// The names of one attribute space and of the spaces nested in it. Errors use it to name the attribute at an offset; it
/// is data beside the code that writes the message, built once.
/// </summary>
public sealed class AttributeSpace
{
    private const int MaximumPaths = 1024;

    private readonly Func<ushort, string?> _name;
    private readonly Dictionary<ushort, AttributeSpace> _nests = [];
    private readonly Dictionary<(string? Path, ushort Id), string> _paths = [];
    private (ushort Kind, ushort Data, Func<ReadOnlySpan<byte>, AttributeSpace?> Choose)? _kinds;

    private AttributeSpace(Func<ushort, string?> name, int headerLength)
    {
        _name = name;
        HeaderLength = headerLength;
    }

    /// <summary>Bytes of the fixed header that precedes the attributes, padding included; 0 for most nests.</summary>
    public int HeaderLength { get; }

    /// <summary>The space <typeparamref name="TAttr"/> as a nest.</summary>
    public static AttributeSpace Of<TAttr>(params ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where TAttr : unmanaged, Enum => Create(0, nests);

    /// <summary>The space <typeparamref name="TAttr"/> behind a family header of type <typeparamref name="THeader"/>.</summary>
    public static AttributeSpace Of<THeader, TAttr>(params ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where THeader : unmanaged
        where TAttr : unmanaged, Enum => Create((Unsafe.SizeOf<THeader>() + 3) & ~3, nests);

    /// <summary>The name of an attribute, or its number where nobody knows one.</summary>
    public string NameOf(ushort id) => _name(id) ?? id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Chooses the space inside <paramref name="data"/> by the string in its sibling <paramref name="kind"/>, as
    /// <c>TCA_OPTIONS</c> is chosen by <c>TCA_KIND</c>. The kind must precede the data, as it does in everything written here.
    /// </summary>
    /// <param name="kind">The attribute with the kind's name.</param>
    /// <param name="data">The attribute whose inside depends on it.</param>
    /// <param name="choose">From a kind's name (without NUL) to its space; null where it is not known.</param>
    /// <returns>This space.</returns>
    public AttributeSpace WithKinds<TAttr>(TAttr kind, TAttr data, Func<ReadOnlySpan<byte>, AttributeSpace?> choose)
        where TAttr : unmanaged, Enum
    {
        _kinds = (Unsafe.BitCast<TAttr, ushort>(kind), Unsafe.BitCast<TAttr, ushort>(data), choose);
        return this;
    }

    /// <summary>Spells the way to the attribute that starts at <paramref name="offset"/> of a message. A way spelt before allocates nothing.</summary>
    /// <param name="message">The request as it was sent, header included.</param>
    /// <param name="offset">From the message's start.</param>
    /// <param name="inside">The space inside the attribute that was found, where it is a known nest.</param>
    /// <returns>The names, outermost first; null where no attribute that is known of starts there.</returns>
    internal string? PathOf(ReadOnlySpan<byte> message, int offset, out AttributeSpace? inside)
    {
        inside = null;
        string? path = null;
        var space = this;
        var kind = ReadOnlySpan<byte>.Empty;
        var start = MessageWriter.HeaderSize + HeaderLength;
        var end = message.Length;
        while (start + 4 <= end && offset >= start)
        {
            int length = BitConverter.ToUInt16(message[start..]);
            var id = (ushort)(BitConverter.ToUInt16(message[(start + 2)..]) & NLA.NLA_TYPE_MASK);
            if (length < 4 || start + length > end)
                return null;
            if (space._kinds is { } kinds && id == kinds.Kind)
                kind = message[(start + 4)..(start + length)];
            if (offset >= start + length)
            {
                start += (length + 3) & ~3;
                continue;
            }

            path = space.Join(path, id);
            var nested = space.Nested(id, kind);
            if (offset == start)
            {
                inside = nested;
                return path;
            }

            if (nested is null)
                return null;
            space = nested;
            kind = default;
            end = start + length;
            start += 4 + space.HeaderLength;
        }

        return null;
    }

    /// <summary>An attribute's name behind the path of the nest that it is in.</summary>
    internal string Join(string? path, ushort id)
    {
        lock (_paths)
        {
            if (_paths.TryGetValue((path, id), out var known))
                return known;
            var name = NameOf(id);
            var joined = path is null ? name : $"{path}/{name}";
            if (_paths.Count < MaximumPaths)
                _paths.Add((path, id), joined);
            return joined;
        }
    }

    private AttributeSpace? Nested(ushort id, ReadOnlySpan<byte> kind)
    {
        if (_kinds is not { } kinds || id != kinds.Data)
            return _nests.GetValueOrDefault(id);
        var end = kind.IndexOf((byte)0);
        return kinds.Choose(end < 0 ? kind : kind[..end]);
    }

    private static AttributeSpace Create<TAttr>(int headerLength, ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where TAttr : unmanaged, Enum
    {
        var space = new AttributeSpace(static id => Enum.GetName(Unsafe.BitCast<ushort, TAttr>(id)), headerLength);
        foreach (var (id, nested) in nests)
            space._nests[Unsafe.BitCast<TAttr, ushort>(id)] = nested;
        return space;
    }
}
