using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;

namespace VffNetlink.Route;

/// <summary>How values of rtnetlink's own are told.</summary>
internal static class RouteFormats
{
    /// <summary><c>struct rtvia</c>: the family in 16 bits, then an address of it.</summary>
    public static ValueFormat Via { get; } = ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length is not (6 or 18))
            return false;
        text.Append(CultureInfo.InvariantCulture, $"{(InetFamily)MemoryMarshal.Read<ushort>(bytes)} {new IPAddress(bytes[2..])}");
        return true;
    });
}
