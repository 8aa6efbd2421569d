using System.Text;

namespace VffNetlink.Nftables;

/// <summary>Names on their way into a message: what the kernel would refuse without a word of why is refused here.</summary>
internal static class NftName
{
    /// <summary>NFT_NAME_MAXLEN without the NUL.</summary>
    public const int Maximum = 255;

    /// <summary>IFNAMSIZ without the NUL.</summary>
    public const int DeviceMaximum = 15;

    /// <summary>Puts a name.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has a NUL in it.</exception>
    public static void Put<TAttr>(AttributeWriter<TAttr> attributes, TAttr id, ReadOnlySpan<char> name, string what, int maximum = Maximum)
        where TAttr : unmanaged, Enum
    {
        if (name.IsEmpty || name.Contains('\0') || Encoding.UTF8.GetByteCount(name) > maximum)
            throw new ArgumentException($"\"{name}\" is no name of a {what}: it has 1 to {maximum} bytes, none of them NUL.", nameof(name));
        attributes.PutString(id, name);
    }
}
