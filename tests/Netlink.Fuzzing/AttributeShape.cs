using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Diagnostics;

namespace VffNetlink.Fuzzing;

/// <summary>One known attribute of a space: which lengths its value may have, and values that were captured.</summary>
internal sealed class AttributeShape
{
    /// <summary>Values longer than this have no fixed length that anybody asks for.</summary>
    private const int MaximumProbed = 512;
    private const int MaximumSeen = 64;
    private const int MaximumAlike = 512;
    private const int MaximumLengths = 16; // of a list that may have any number of items

    private readonly BitArray? _right;
    private readonly SortedSet<int> _taken = [];
    private int[] _lengths;
    private readonly List<byte[]>? _alike;
    private readonly HashSet<string> _known = [];

    /// <summary>An attribute by its number.</summary>
    /// <param name="space">Whose it is.</param>
    /// <param name="id">Its number; of a list's entries the first one.</param>
    /// <param name="index">Its place among the known attributes of the space.</param>
    /// <param name="name">Its name.</param>
    /// <param name="alike">Captured values of all attributes that are told alike; null where nobody said how it is told.</param>
    public AttributeShape(AttributeSpace space, ushort id, int index, string name, List<byte[]>? alike)
    {
        Id = id;
        Index = index;
        Name = name;
        _alike = alike;
        (_right, _lengths) = Probe(space.FormatOf(id));
    }

    /// <summary>The number.</summary>
    public ushort Id { get; }

    /// <summary>The place among the known attributes of its space.</summary>
    public int Index { get; }

    /// <summary>The kernel's name.</summary>
    public string Name { get; }

    /// <summary>The space inside, where it does not depend on a kind.</summary>
    public SpaceShape? Nest { get; set; }

    /// <summary>Values that captures have.</summary>
    public List<byte[]> Seen { get; } = [];

    /// <summary>Values that captures have here or, where they have none, in attributes that are told alike.</summary>
    public IReadOnlyList<byte[]> Examples { get; private set; } = [];

    /// <summary>Whether nobody said how its value is told, nor what is inside it.</summary>
    public bool IsUntold => _right is null && Nest is null && _lengths.Length == 0;

    /// <summary>The lengths that its format takes, where there are several to choose from.</summary>
    public IReadOnlyList<int> Lengths => _lengths.Length > 1 ? _lengths : [];

    /// <summary>Whether a value of this length is one; any is where nobody said how the value is told.</summary>
    public bool IsRight(int length) => _right is null || (length < MaximumProbed && _right[length]);

    /// <summary>The length of a right value.</summary>
    public int AnyLength(ref FuzzRandom random)
    {
        // Of several right lengths a reader wants one, and captures have it.
        if (Seen.Count > 0 && (_lengths.Length > 1 ? !random.OneIn(8) : random.OneIn(3)))
            return random.Any(Seen).Length;
        if (_lengths.Length > 0)
            return random.Any(_lengths);
        return random.OneIn(40) ? random.Below(400) : random.Below(7) switch { 0 => 1, 1 => 2, 2 => 4, 3 => 8, 4 => 16, _ => random.Below(33) };
    }

    /// <summary>Takes note of a length that a reader took.</summary>
    public void Take(int length) => _taken.Add(length);

    /// <summary>From now on values have the lengths that a reader took, if one took any. Captures have told all that they know.</summary>
    public void Settle()
    {
        if (_taken.Count > 0)
            _lengths = [.. _taken];
        Examples = Seen.Count > 0 || _alike is null ? Seen : [.. _alike.Where(value => _lengths.Length == 0 || _lengths.Contains(value.Length))];
    }

    /// <summary>Takes note of a captured value.</summary>
    public void Learn(ReadOnlySpan<byte> value)
    {
        if (Seen.Count < MaximumSeen && value.Length < MaximumProbed && _known.Add(Convert.ToHexString(value)))
        {
            Seen.Add(value.ToArray());
            if (_alike is { Count: < MaximumAlike } && IsRight(value.Length))
                _alike.Add(Seen[^1]);
        }
    }

    /// <summary>Asks a format which lengths it takes; strings take all, and so does what has no format.</summary>
    private static (BitArray? Right, int[] Lengths) Probe(ValueFormat? format)
    {
        if (format is null)
            return (null, []);
        if (format.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(StructFormat<>))
        {
            var size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, null)!;
            return (Only(size), [size]);
        }

        var text = new StringBuilder();
        var zeros = new byte[MaximumProbed];
        var lengths = Enumerable.Range(0, MaximumProbed).Where(length => format.TryWrite(zeros.AsSpan(0, length), text.Clear())).ToArray();
        var right = Only(lengths);
        return lengths.Length == MaximumProbed ? (null, []) : (right, lengths[..Math.Min(lengths.Length, MaximumLengths)]);
    }

    private static BitArray Only(params ReadOnlySpan<int> lengths)
    {
        var bits = new BitArray(MaximumProbed);
        foreach (var length in lengths)
            bits[length] = true;
        return bits;
    }
}
