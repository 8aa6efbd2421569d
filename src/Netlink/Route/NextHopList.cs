using System.Collections;
using System.Runtime.CompilerServices;

namespace VffNetlink.Route;

/// <summary>The ways of a route: a list that does not change, and that equals another one with the same ways in the same order.</summary>
[CollectionBuilder(typeof(NextHopList), nameof(Of))]
public sealed class NextHopList : IReadOnlyList<NextHop>, IEquatable<NextHopList>
{
    private readonly NextHop[] _hops;

    private NextHopList(NextHop[] hops) => _hops = hops;

    /// <summary>No ways.</summary>
    public static NextHopList Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _hops.Length;

    /// <inheritdoc/>
    public NextHop this[int index] => _hops[index];

    /// <summary>A list of ways.</summary>
    public static NextHopList Of(params ReadOnlySpan<NextHop> hops) => hops.IsEmpty ? Empty : new NextHopList(hops.ToArray());

    /// <inheritdoc/>
    public IEnumerator<NextHop> GetEnumerator() => ((IEnumerable<NextHop>)_hops).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same ways in the same order.</summary>
    public bool Equals(NextHopList? other) => other is not null && _hops.AsSpan().SequenceEqual(other._hops);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NextHopList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var hop in _hops)
            hash.Add(hop);
        return hash.ToHashCode();
    }
}
