using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Timeouts by the states of a transport: <see cref="TcpTimeout"/>, <see cref="UdpTimeout"/> (for UDP-Lite and GRE, too), <see cref="SctpTimeout"/>,
/// <see cref="DccpTimeout"/>, or for all others <see cref="SingleTimeout"/>. A state that is missing keeps the kernel's own timeout. Immutable.
/// </summary>
public sealed class StateTimeouts : IEquatable<StateTimeouts>
{
    private readonly ImmutableSortedDictionary<ushort, uint> _seconds;

    private StateTimeouts(ImmutableSortedDictionary<ushort, uint> seconds) => _seconds = seconds;

    /// <summary>None.</summary>
    public static StateTimeouts Empty { get; } = new(ImmutableSortedDictionary<ushort, uint>.Empty);

    /// <summary>All of them by the numbers of their states, those included that have no name here; whole seconds.</summary>
    public IEnumerable<KeyValuePair<ushort, TimeSpan>> All => _seconds.Select(static pair => KeyValuePair.Create(pair.Key, TimeSpan.FromSeconds((long)pair.Value)));

    /// <summary>The timeout of a state; null where it is missing.</summary>
    /// <typeparam name="TState">The states of the transport.</typeparam>
    public TimeSpan? Of<TState>(TState state)
        where TState : unmanaged, Enum => _seconds.TryGetValue(NumberOf(state), out var seconds) ? TimeSpan.FromSeconds((long)seconds) : null;

    /// <summary>These timeouts with another one for a state, in whole seconds.</summary>
    /// <typeparam name="TState">The states of the transport.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative.</exception>
    public StateTimeouts With<TState>(TState state, TimeSpan timeout)
        where TState : unmanaged, Enum => new(_seconds.SetItem(NumberOf(state), FlowRequest.Seconds(timeout)));

    /// <inheritdoc/>
    public bool Equals(StateTimeouts? other) => other is not null && _seconds.SequenceEqual(other._seconds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StateTimeouts);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (state, seconds) in _seconds)
            hash.Add((state, seconds));
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>1: 120, 2: 60</c>, numbers of states and seconds.</summary>
    public override string ToString() => string.Join(", ", _seconds.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value}")));

    /// <summary>Reads the inside of CTA_TIMEOUT_DATA.</summary>
    internal static StateTimeouts Read(AttributeReader<CTA_TIMEOUT_GENERIC> attributes)
    {
        var seconds = ImmutableSortedDictionary.CreateBuilder<ushort, uint>();
        foreach (var a in attributes)
            seconds[a.Type] = a.ReadUInt32BigEndian();
        return new StateTimeouts(seconds.ToImmutable());
    }

    /// <summary>Puts CTA_TIMEOUT_DATA.</summary>
    internal void Write(AttributeWriter<CTA_TIMEOUT> attributes)
    {
        using var data = attributes.NestFlagged<CTA_TIMEOUT_GENERIC>(CTA_TIMEOUT.CTA_TIMEOUT_DATA);
        foreach (var (state, seconds) in _seconds)
            data.PutBigEndian((CTA_TIMEOUT_GENERIC)state, seconds);
    }

    private static ushort NumberOf<TState>(TState state)
        where TState : unmanaged, Enum => Unsafe.SizeOf<TState>() == sizeof(ushort)
        ? Unsafe.BitCast<TState, ushort>(state)
        : throw new ArgumentException($"{typeof(TState).Name} are not the states of a transport.", nameof(state));
}
