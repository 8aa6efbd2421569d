using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>
/// How often each known attribute stood in a message that one reader read to its end: a message that is right from its first byte to its last, by
/// the judgement of a walker of its own, and that the reader did not refuse.
/// </summary>
/// <remarks>
/// An attribute counts where its name is known to the reader's space, once for each place in the code: the addresses in the tuples of both
/// directions of a flow are read by the same lines. What is inside a kind's data is counted at the reader of that kind.
/// </remarks>
internal sealed class Coverage
{
    private const int MaximumDepth = 64;

    private readonly Schema _schema;
    private readonly SpaceShape _root;
    private readonly bool _throughKinds;
    private readonly Dictionary<int, (SpaceShape Shape, string Path, long[] Counts)> _known = [];
    private readonly List<(int Ordinal, int Index)> _met = [];

    /// <summary>Nothing counted yet.</summary>
    /// <param name="schema">Where spaces are looked up.</param>
    /// <param name="target">Whose attributes are counted.</param>
    public Coverage(Schema schema, FuzzTarget target)
    {
        _schema = schema;
        _throughKinds = target.IsThroughKinds;
        _root = schema.Of(target.Space);
        Enter(_root, "");
    }

    /// <summary>Each known attribute, by its way from the message, and how often it was met.</summary>
    public IEnumerable<(string Attribute, long Count)> Counts =>
        from known in _known.Values
        from attribute in known.Shape.Attributes
        select (known.Path + attribute.Name, known.Counts[attribute.Index]);

    /// <summary>Known attributes.</summary>
    public int Size => _known.Values.Sum(static k => k.Counts.Length);

    /// <summary>Counts what is in a message; nothing where not all of it is right.</summary>
    /// <param name="inside">Behind its <c>nlmsghdr</c>.</param>
    public bool TryCount(ReadOnlySpan<byte> inside)
    {
        _met.Clear();
        if (!Walk(_root, inside, 0))
            return false;
        foreach (var (ordinal, index) in _met)
        {
            if (_known.TryGetValue(ordinal, out var known))
                known.Counts[index]++;
        }

        return true;
    }

    private void Enter(SpaceShape shape, string path)
    {
        if (!_known.TryAdd(shape.Ordinal, (shape, path, new long[shape.Attributes.Count])))
            return;
        foreach (var attribute in shape.Attributes)
        {
            if (attribute.Nest is { } nest)
                Enter(nest, $"{path}{attribute.Name}/");
        }

        if (!_throughKinds)
            return;
        foreach (var (_, data, kinds) in shape.Choices)
        {
            foreach (var (name, inside) in kinds)
                Enter(inside, $"{path}{shape.Find(data)!.Name}({System.Text.Encoding.UTF8.GetString(name)})/");
        }
    }

    private bool Walk(SpaceShape shape, ReadOnlySpan<byte> bytes, int depth)
    {
        var header = shape.Space.HeaderLength;
        if (depth > MaximumDepth)
            return false;
        if (!shape.Space.IsRecords)
            return bytes.Length >= header && (shape.Space.IsHeaderOnly || WalkAttributes(shape, bytes[header..], depth));
        var records = new RecordWalk(bytes, header);
        while (records.MoveNext())
        {
            if (!WalkAttributes(shape, records.Current[header..], depth))
                return false;
        }

        return records.Rest.IsEmpty;
    }

    private bool WalkAttributes(SpaceShape shape, ReadOnlySpan<byte> attributes, int depth)
    {
        var walk = new AttributeWalk(attributes);
        while (walk.MoveNext())
        {
            var id = (ushort)(walk.Type & NLA.NLA_TYPE_MASK);
            if (shape.Find(id) is not { } attribute)
                continue;
            _met.Add((shape.Ordinal, attribute.Index));
            if (!_throughKinds && IsKindData(shape, id))
                continue;
            if (shape.Space.Inside(id, attributes) is { } inside ? !Walk(_schema.Of(inside), walk.Payload, depth + 1) : !attribute.IsRight(walk.Payload.Length))
                return false;
        }

        return walk.Rest.Length < 4;
    }

    private static bool IsKindData(SpaceShape shape, ushort id)
    {
        foreach (var choice in shape.Choices)
        {
            if (choice.Data == id)
                return true;
        }

        return false;
    }
}
