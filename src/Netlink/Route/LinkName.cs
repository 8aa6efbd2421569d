using System.Buffers;
using System.Text;

namespace VffNetlink.Route;

/// <summary>Which strings the kernel can take for the name of a link.</summary>
internal static class LinkName
{
    /// <summary>IFNAMSIZ - 1.</summary>
    public const int MaximumBytes = 15;

    /// <summary>ALTIFNAMSIZ - 1.</summary>
    public const int MaximumAlternativeBytes = 127;

    private static readonly SearchValues<char> Unfit = SearchValues.Create("/:%\0 \t\n\v\f\r");

    /// <summary>Refuses what cannot be the name of a new link. A <c>%</c> would have the kernel choose another name, which nobody then knows.</summary>
    public static void ThrowIfUnfit(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > MaximumBytes)
            throw new ArgumentException($"\"{name}\" is too long for the name of a link: {MaximumBytes} bytes at most.", nameof(name));
        if (name is "." or ".." || name.AsSpan().ContainsAny(Unfit))
            throw new ArgumentException($"\"{name}\" cannot be the name of a link: no '/', ':', '%', blanks or NUL, and not '.' or '..'.", nameof(name));
    }

    /// <summary>Refuses what no link can be found by.</summary>
    public static void ThrowIfNone(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetByteCount(name) > MaximumAlternativeBytes)
            throw new ArgumentException($"No link has a name, or an alternative one, of more than {MaximumAlternativeBytes} bytes.", nameof(name));
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("No name of a link contains a NUL.", nameof(name));
    }
}
