using System.Text;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// Options of any kind as the bytes that they are: what a newer kernel sent can be kept, looked at and written back, and a kind that
/// this library lacks can be sent.
/// </summary>
public readonly struct RawOptions : IQdiscOptions, IClassOptions, IFilterOptions, IEquatable<RawOptions>
{
    private readonly byte[]? _kind;
    private readonly byte[]? _payload;

    /// <summary>Options with a payload.</summary>
    /// <param name="kind">The kind's name.</param>
    /// <param name="payload">What goes into <c>TCA_OPTIONS</c>; it is copied.</param>
    public RawOptions(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> payload)
        : this(kind) => _payload = payload.ToArray();

    /// <summary>A kind without <c>TCA_OPTIONS</c>.</summary>
    public RawOptions(ReadOnlySpan<byte> kind) => _kind = kind.ToArray();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => _kind;

    int ITcOptions.Room => 8 + Payload.Length;

    /// <summary>Whether there is a <c>TCA_OPTIONS</c>, be it an empty one.</summary>
    public bool HasPayload => _payload is not null;

    /// <summary>The payload of <c>TCA_OPTIONS</c>.</summary>
    public ReadOnlySpan<byte> Payload => _payload;

    /// <inheritdoc/>
    public void Write(AttributeWriter<TCA> message)
    {
        if (_payload is not null)
            message.Put(TCA.TCA_OPTIONS, _payload);
    }

    /// <summary>Whether both are the same kind with the same bytes.</summary>
    public bool Equals(RawOptions other) =>
        KindName.SequenceEqual(other.KindName) && HasPayload == other.HasPayload && Payload.SequenceEqual(other.Payload);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawOptions other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(KindName);
        hash.AddBytes(Payload);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>htb 14000200…</c>.</summary>
    public override string ToString() => $"{Encoding.UTF8.GetString(KindName)} {Convert.ToHexStringLower(Payload)}".TrimEnd();

    /// <summary>Whether both are the same kind with the same bytes.</summary>
    public static bool operator ==(RawOptions left, RawOptions right) => left.Equals(right);

    /// <summary>Whether kind or bytes differ.</summary>
    public static bool operator !=(RawOptions left, RawOptions right) => !left.Equals(right);
}
