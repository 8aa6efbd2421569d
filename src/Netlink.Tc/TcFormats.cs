using System.Runtime.InteropServices;
using VffNetlink.Diagnostics;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>How values of traffic control's own are told.</summary>
internal static class TcFormats
{
    /// <summary>A <see cref="TcHandle"/> as tc writes it.</summary>
    public static ValueFormat Handle { get; } = ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length != 4)
            return false;
        text.Append(new TcHandle(MemoryMarshal.Read<uint>(bytes)));
        return true;
    });

    /// <summary>What an action says of a packet, as tc writes it.</summary>
    public static ValueFormat Control { get; } = ValueFormat.Of(static (bytes, text) =>
    {
        if (bytes.Length != 4)
            return false;
        text.Append(new TcControl(MemoryMarshal.Read<TC_ACT>(bytes)));
        return true;
    });
}
