using System.Runtime.InteropServices;

namespace VffNetlink.Tc.Uapi;

/// <summary><c>struct gnet_stats_basic</c> of <c>linux/gen_stats.h</c>. A 64-bit kernel pads it to 16 bytes, a 32-bit one sends 12.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct gnet_stats_basic
{
    /// <summary>Bytes.</summary>
    public ulong bytes;

    /// <summary>The low 32 bits of the number of packets.</summary>
    public uint packets;
}
