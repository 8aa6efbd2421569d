using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// The names of one attribute space, how its values are told, and the spaces nested in it. Errors use it to name the attribute at an
/// offset, the printer to tell whole messages; it is data beside the constants and the code that writes the message, built once.
/// </summary>
/// <remarks>
/// <code>
/// AttributeSpace.Of&lt;ifinfomsg, IFLA&gt;((IFLA.IFLA_LINKINFO, Info))
///     .With(ValueFormat.String, IFLA.IFLA_IFNAME, IFLA.IFLA_QDISC)
///     .With(ValueFormat.U32, IFLA.IFLA_MTU)
/// </code>
/// What has no format is told as bytes, what has no name by its number. A space is complete before anybody else sees it.
/// </remarks>
public sealed partial class AttributeSpace
{
    private const int MaximumPaths = 1024;

    private readonly Func<ushort, string?> _name;
    private readonly Type? _type;
    private readonly Dictionary<ushort, AttributeSpace> _nests = [];
    private readonly Dictionary<ushort, ValueFormat> _formats = [];
    private readonly Dictionary<(string? Path, ushort Id), string> _paths = [];
    private readonly List<Choice> _choices = [];
    private AttributeSpace? _every;

    private AttributeSpace(Func<ushort, string?> name, Type? type, int headerLength, ValueFormat? header)
    {
        _name = name;
        _type = type;
        HeaderLength = headerLength;
        Header = header;
    }

    /// <summary>Bytes of the fixed header that precedes the attributes, padding included; 0 for most nests.</summary>
    public int HeaderLength { get; }

    /// <summary>How that header is told; null where there is none.</summary>
    public ValueFormat? Header { get; private set; }

    /// <summary>The space <typeparamref name="TAttr"/> as a nest.</summary>
    public static AttributeSpace Of<TAttr>(params ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where TAttr : unmanaged, Enum => Create(0, null, nests);

    /// <summary>The space <typeparamref name="TAttr"/> behind a family header of type <typeparamref name="THeader"/>.</summary>
    public static AttributeSpace Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] THeader, TAttr>(params ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where THeader : unmanaged
        where TAttr : unmanaged, Enum => Create(Aligned<THeader>(), new StructFormat<THeader>(), nests);

    /// <summary>A fixed struct where others have attributes, as the options of some kinds of qdiscs.</summary>
    public static AttributeSpace OfStruct<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>()
        where T : unmanaged => new(static _ => null, null, Aligned<T>(), new StructFormat<T>());

    /// <summary>A list: its attributes are numbers without a name, and inside each is <paramref name="item"/>.</summary>
    /// <param name="item">The inside of every one.</param>
    public static AttributeSpace ListOf(AttributeSpace item) => new(static _ => null, null, 0, null) { _every = item };

    /// <summary>
    /// Structs one behind the other, each with attributes behind it and the length of all that in its first 16 bits: the next hops of a route.
    /// </summary>
    public static AttributeSpace OfRecords<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TRecord, TAttr>()
        where TRecord : unmanaged
        where TAttr : unmanaged, Enum
    {
        var space = Create<TAttr>(Aligned<TRecord>(), new StructFormat<TRecord>(), default);
        space.IsRecords = true;
        return space;
    }

    /// <summary>The name of an attribute, or its number where nobody knows one.</summary>
    public string NameOf(ushort id) => _name(id) ?? id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Says how values are told.</summary>
    /// <param name="format">Such as <see cref="ValueFormat.U32"/>.</param>
    /// <param name="ids">Whose payload is one.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentException">The attributes are another space's.</exception>
    public AttributeSpace With<TAttr>(ValueFormat format, params ReadOnlySpan<TAttr> ids)
        where TAttr : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(format);
        foreach (var id in ids)
            _formats[NumberOf(id)] = format;
        return this;
    }

    /// <summary>Says how the header is told, where its fields' types say too little.</summary>
    /// <param name="header">Such as a <see cref="StructFormat{T}"/> with formats for its fields.</param>
    /// <returns>This space.</returns>
    public AttributeSpace WithHeader(ValueFormat header)
    {
        Header = header;
        return this;
    }

    /// <summary>
    /// Chooses the space inside <paramref name="data"/> by the string in its sibling <paramref name="kind"/>, as
    /// <c>TCA_OPTIONS</c> is chosen by <c>TCA_KIND</c>.
    /// </summary>
    /// <param name="kind">The attribute with the kind's name.</param>
    /// <param name="data">The attribute whose inside depends on it.</param>
    /// <param name="choose">From a kind's name (without NUL) to its space; null where it is not known. It must not allocate.</param>
    /// <returns>This space.</returns>
    /// <exception cref="ArgumentException">The attributes are another space's.</exception>
    public AttributeSpace WithKinds<TAttr>(TAttr kind, TAttr data, Func<ReadOnlySpan<byte>, AttributeSpace?> choose)
        where TAttr : unmanaged, Enum
    {
        _choices.Add(new Choice(NumberOf(kind), NumberOf(data), choose));
        return this;
    }

    /// <summary>Whether header and attributes come again and again, each time with their length.</summary>
    internal bool IsRecords { get; private set; }

    /// <summary>Whether a fixed struct is all that there is.</summary>
    internal bool IsHeaderOnly => _type is null && _every is null;

    /// <summary>Whether its attributes are the entries of a list.</summary>
    internal bool IsList => _every is not null;

    /// <summary>The attributes whose inside depends on the kind's name in another one.</summary>
    internal IEnumerable<(ushort Kind, ushort Data)> Choices => _choices.Select(static c => (c.Kind, c.Data));

    /// <summary>Says how the attribute is told; null where nobody knows.</summary>
    internal ValueFormat? FormatOf(ushort id) => _formats.GetValueOrDefault(id);

    /// <summary>Whether the attribute has a name of its own, or needs none.</summary>
    internal bool IsNamed(ushort id) => _every is not null || _name(id) is not null;

    /// <summary>The space inside an attribute; null where it is no nest, or nobody knows its names.</summary>
    /// <param name="id">The attribute.</param>
    /// <param name="siblings">All attributes of its container, for the kind among them; they may be malformed.</param>
    internal AttributeSpace? Inside(ushort id, ReadOnlySpan<byte> siblings)
    {
        foreach (var choice in _choices)
        {
            if (choice.Data == id)
                return TryFindKind(siblings, choice.Kind, out var kind) ? choice.Choose(kind) : _nests.GetValueOrDefault(id);
        }

        return _nests.GetValueOrDefault(id) ?? _every;
    }

    private static bool TryFindKind(ReadOnlySpan<byte> attributes, ushort id, out ReadOnlySpan<byte> kind)
    {
        while (attributes.Length >= 4)
        {
            int length = BitConverter.ToUInt16(attributes);
            if (length < 4 || length > attributes.Length)
                break;
            if ((BitConverter.ToUInt16(attributes[2..]) & NLA.NLA_TYPE_MASK) == id)
            {
                kind = attributes[4..length];
                var end = kind.IndexOf((byte)0);
                kind = end < 0 ? kind : kind[..end];
                return true;
            }

            attributes = attributes[Math.Min((length + 3) & ~3, attributes.Length)..];
        }

        kind = default;
        return false;
    }

    private static int Aligned<T>()
        where T : unmanaged => (Unsafe.SizeOf<T>() + 3) & ~3;

    private static AttributeSpace Create<TAttr>(int headerLength, ValueFormat? header, ReadOnlySpan<(TAttr Id, AttributeSpace Space)> nests)
        where TAttr : unmanaged, Enum
    {
        var space = new AttributeSpace(static id => Enum.GetName(Unsafe.BitCast<ushort, TAttr>(id)), typeof(TAttr), headerLength, header);
        foreach (var (id, nested) in nests)
            space._nests[Unsafe.BitCast<TAttr, ushort>(id)] = nested;
        return space;
    }

    private ushort NumberOf<TAttr>(TAttr id)
        where TAttr : unmanaged, Enum =>
        typeof(TAttr) == _type
            ? Unsafe.BitCast<TAttr, ushort>(id)
            : throw new ArgumentException($"{id} is not of the space {_type?.Name ?? "without names"}.", nameof(id));

    private readonly record struct Choice(ushort Kind, ushort Data, Func<ReadOnlySpan<byte>, AttributeSpace?> Choose);
}
