using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// A link of any kind, its data as the bytes that they are: what a newer kernel sent can be kept, looked at and written back, and a kind that
/// this library lacks can be made.
/// </summary>
/// <param name="kind">The kernel's name of the kind.</param>
/// <param name="data">What goes into <c>IFLA_INFO_DATA</c>; null: none.</param>
public readonly struct RawLink(string kind, RawAttributes? data = null) : ILinkOptions, IEquatable<RawLink>
{
    private readonly byte[] _kind = Encoding.UTF8.GetBytes(kind);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => _kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => null;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 4 + (Data?.Span.Length ?? 0);

    /// <summary>The content of <c>IFLA_INFO_DATA</c>; null where there is none.</summary>
    public RawAttributes? Data { get; } = data;

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        if (Data is { } data)
            info.Put(IFLA_INFO.IFLA_INFO_DATA, data.Span);
    }

    /// <summary>Whether both are the same kind with the same bytes.</summary>
    public bool Equals(RawLink other) => KindName.SequenceEqual(other.KindName) && Data == other.Data;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawLink other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(KindName);
        hash.Add(Data);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>vrf 0800010005000000</c>.</summary>
    public override string ToString() => $"{Encoding.UTF8.GetString(KindName)} {Data}".TrimEnd();

    /// <summary>Whether both are the same kind with the same bytes.</summary>
    public static bool operator ==(RawLink left, RawLink right) => left.Equals(right);

    /// <summary>Whether kind or bytes differ.</summary>
    public static bool operator !=(RawLink left, RawLink right) => !left.Equals(right);
}
