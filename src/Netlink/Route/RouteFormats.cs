using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>How values of rtnetlink's own are told.</summary>
internal static class RouteFormats
{
    /// <summary><c>struct rtvia</c>: the family in 16 bits, then an address of it.</summary>
    public static ValueFormat Via { get; } = ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length is not (6 or 18))
            return false;
        text.Append(CultureInfo.InvariantCulture, $"{(AF)MemoryMarshal.Read<ushort>(bytes)} {new IPAddress(bytes[2..])}");
        return true;
    });

    /// <summary>The flags of a route: those of its next hop in the low byte, its own above.</summary>
    public static ValueFormat Flags { get; } = ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length != 4)
            return false;
        var flags = MemoryMarshal.Read<uint>(bytes);
        if ((byte)flags == 0)
            return ValueFormat.Names<RTM_F>().TryWrite(bytes, text);
        ValueFormat.Names<RTNH_F>().TryWrite([(byte)flags], text);
        if ((flags & ~0xffu) == 0)
            return true;
        text.Append('|');
        return ValueFormat.Names<RTM_F>().TryWrite(BitConverter.GetBytes(flags & ~0xffu), text);
    });
}
