using System.Globalization;
using VffNetlink.Diagnostics;

namespace VffNetlink.Fuzzing;

/// <summary>What of an attribute space is needed at every step, looked up once: its known attributes, and how captures fill it.</summary>
internal sealed class SpaceShape
{
    private const int MaximumSeen = 256;
    private const int MaximumId = 512;

    private readonly AttributeShape?[] _byId = new AttributeShape?[MaximumId];
    private readonly HashSet<string> _seenHeaders = [];

    /// <summary>The shape of a space; <see cref="Schema"/> fills in what is nested.</summary>
    /// <param name="space">Whose shape it is.</param>
    /// <param name="ordinal">Its number.</param>
    /// <param name="alike">Captured values by the way that they are told.</param>
    public SpaceShape(AttributeSpace space, int ordinal, Dictionary<ValueFormat, List<byte[]>> alike)
    {
        Space = space;
        Ordinal = ordinal;
        IsList = space.IsList;
        if (space.IsHeaderOnly)
            return;
        for (ushort id = 1; id < (IsList ? 2 : MaximumId); id++)
        {
            if (!space.IsNamed(id))
                continue;
            List<byte[]>? values = null;
            if (space.FormatOf(id) is { } format && !alike.TryGetValue(format, out values))
                alike.Add(format, values = []);
            _byId[id] = new AttributeShape(space, id, Attributes.Count, IsList ? "[]" : space.NameOf(id), values);
            Attributes.Add(_byId[id]!);
        }
    }

    /// <summary>The names.</summary>
    public AttributeSpace Space { get; }

    /// <summary>Its number among all spaces.</summary>
    public int Ordinal { get; }

    /// <summary>Whether its attributes are entries of a list, alike whatever their number.</summary>
    public bool IsList { get; }

    /// <summary>The known attributes.</summary>
    public List<AttributeShape> Attributes { get; } = [];

    /// <summary>What depends on the name of a kind: where the name is, what depends on it, and the names that are known with what they mean.</summary>
    public List<(ushort Kind, ushort Data, (byte[] Name, SpaceShape Inside)[] Kinds)> Choices { get; } = [];

    /// <summary>Headers that captures have.</summary>
    public List<byte[]> Headers { get; } = [];

    /// <summary>Whole insides, header included, that captures have.</summary>
    public List<byte[]> Insides { get; } = [];

    /// <summary>The known attribute with a number; null where there is none.</summary>
    public AttributeShape? Find(ushort id) => IsList ? Attributes[0] : id < MaximumId ? _byId[id] : null;

    /// <summary>Takes note of a captured inside.</summary>
    public void Learn(ReadOnlySpan<byte> inside)
    {
        if (Insides.Count < MaximumSeen && !Insides.Exists(Same(inside.ToArray())))
            Insides.Add(inside.ToArray());
        if (Space.HeaderLength > 0 && inside.Length >= Space.HeaderLength && _seenHeaders.Count < MaximumSeen && _seenHeaders.Add(Convert.ToHexString(inside[..Space.HeaderLength])))
            Headers.Add(inside[..Space.HeaderLength].ToArray());
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Attributes.Count > 0 ? Attributes[0].Name : "struct")} and {Attributes.Count - 1} more");

    private static Predicate<byte[]> Same(byte[] one) => other => one.AsSpan().SequenceEqual(other);
}
