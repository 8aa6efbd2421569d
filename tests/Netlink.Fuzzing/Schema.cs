using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing;

/// <summary>The shapes of all spaces that the targets start with or come to, filled from captures.</summary>
internal sealed class Schema
{
    private const int MaximumDepth = 24;

    private readonly Dictionary<AttributeSpace, SpaceShape> _shapes = [];
    private readonly Dictionary<ValueFormat, List<byte[]>> _alike = [];
    private readonly IReadOnlyList<byte[]> _kinds;

    /// <summary>A schema without any space yet.</summary>
    /// <param name="kinds">The names of kinds, of whatever: which one means something where is asked of the spaces.</param>
    public Schema(IReadOnlyList<byte[]> kinds) => _kinds = kinds;

    /// <summary>All that were come to so far.</summary>
    public IEnumerable<SpaceShape> Shapes => _shapes.Values;

    /// <summary>The shape of a space, and with it of everything that is nested in it.</summary>
    public SpaceShape Of(AttributeSpace space)
    {
        if (_shapes.TryGetValue(space, out var known))
            return known;
        var shape = new SpaceShape(space, _shapes.Count, _alike);
        _shapes.Add(space, shape); // before what is inside, which may come back here
        foreach (var attribute in shape.Attributes)
            attribute.Nest = space.Inside(attribute.Id, default) is { } inside ? Of(inside) : null;
        foreach (var (kind, data) in space.Choices)
            shape.Choices.Add((kind, data, [.. KindsOf(space, kind, data)]));
        return shape;
    }

    /// <summary>Takes values, headers and insides from a captured message.</summary>
    /// <param name="space">Of the message.</param>
    /// <param name="inside">Behind its <c>nlmsghdr</c>.</param>
    public void Learn(AttributeSpace space, ReadOnlySpan<byte> inside) => Learn(Of(space), inside, 0);

    private void Learn(SpaceShape shape, ReadOnlySpan<byte> inside, int depth)
    {
        shape.Learn(inside);
        if (depth > MaximumDepth || inside.Length < shape.Space.HeaderLength)
            return;
        if (!shape.Space.IsRecords)
        {
            LearnAttributes(shape, inside[shape.Space.HeaderLength..], depth);
            return;
        }

        var records = new RecordWalk(inside, shape.Space.HeaderLength);
        while (records.MoveNext())
            LearnAttributes(shape, records.Current[shape.Space.HeaderLength..], depth);
    }

    private void LearnAttributes(SpaceShape shape, ReadOnlySpan<byte> attributes, int depth)
    {
        var walk = new AttributeWalk(attributes);
        while (walk.MoveNext())
        {
            var id = (ushort)(walk.Type & NLA.NLA_TYPE_MASK);
            if (shape.Space.Inside(id, attributes) is { } inside)
                Learn(Of(inside), walk.Payload, depth + 1);
            shape.Find(id)?.Learn(walk.Payload);
        }
    }

    private IEnumerable<(byte[] Name, SpaceShape Inside)> KindsOf(AttributeSpace space, ushort kind, ushort data)
    {
        foreach (var name in _kinds)
        {
            var sibling = new byte[4 + name.Length];
            BitConverter.TryWriteBytes(sibling, (ushort)sibling.Length);
            BitConverter.TryWriteBytes(sibling.AsSpan(2), kind);
            name.CopyTo(sibling, 4);
            if (space.Inside(data, sibling) is { } inside)
                yield return (name, Of(inside));
        }
    }
}
