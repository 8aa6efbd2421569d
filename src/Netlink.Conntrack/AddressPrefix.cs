using System.Globalization;

namespace VffNetlink.Conntrack;

/// <summary>The addresses that share their first bits: <c>192.0.2.0/24</c>.</summary>
public readonly record struct AddressPrefix
{
    /// <summary>Addresses.</summary>
    /// <param name="address">One of them.</param>
    /// <param name="length">Bits that they share with it: 0 to 32, or 128.</param>
    /// <exception cref="ArgumentException">The address is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The address has not so many bits.</exception>
    public AddressPrefix(InetAddress address, int length)
    {
        if (address.Family == InetFamily.Unspecified)
            throw new ArgumentException("The default value is no address.", nameof(address));
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Length * 8);
        Address = address;
        Length = length;
    }

    /// <summary>One address alone.</summary>
    public AddressPrefix(InetAddress address)
        : this(address, address.Length * 8)
    {
    }

    /// <summary>An address of them; its bits behind <see cref="Length"/> do not matter.</summary>
    public InetAddress Address { get; }

    /// <summary>Bits that they share.</summary>
    public int Length { get; }

    /// <summary>One address alone, where a prefix is wanted.</summary>
    /// <exception cref="ArgumentException">The address is none.</exception>
    public static implicit operator AddressPrefix(InetAddress address) => new(address);

    /// <summary>One address alone.</summary>
    /// <exception cref="ArgumentException">The address is none.</exception>
    public static AddressPrefix FromInetAddress(InetAddress address) => new(address);

    /// <summary>Whether there is one such address alone.</summary>
    public bool IsOneAddress => Length == Address.Length * 8;

    /// <summary>Reads <c>192.0.2.0/24</c>, or one address without a length.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static AddressPrefix Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = InetAddress.Parse(slash < 0 ? text : text[..slash]);
        if (slash < 0)
            return new AddressPrefix(address);
        return byte.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= address.Length * 8
            ? new AddressPrefix(address, length)
            : throw new FormatException($"\"{text}\" is no prefix: behind the slash, 0 to {address.Length * 8} is expected.");
    }

    /// <summary>Whether an address is one of them.</summary>
    public bool Contains(InetAddress address)
    {
        if (IsOneAddress)
            return address == Address;
        if (address.Family != Address.Family)
            return false;
        var prefix = Address;
        var ours = prefix.AsSpan();
        var theirs = address.AsSpan();
        var whole = Length / 8;
        return ours[..whole].SequenceEqual(theirs[..whole]) && (Length % 8 == 0 || ((ours[whole] ^ theirs[whole]) & (0xff00 >> (Length % 8))) == 0);
    }

    /// <summary>Such as <c>192.0.2.0/24</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
