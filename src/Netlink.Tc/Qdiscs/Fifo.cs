using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>What the fifos share: <c>TCA_OPTIONS</c> is a struct, not a nest.</summary>
internal static class Fifo
{
    public static bool TryReadLimit(ReadOnlySpan<byte> options, out uint limit)
    {
        limit = 0;
        if (options.IsEmpty)
            return false;
        if (options.Length < Unsafe.SizeOf<tc_fifo_qopt>())
            throw new NetlinkFormatException($"A fifo's TCA_OPTIONS has {options.Length} bytes; tc_fifo_qopt needs {Unsafe.SizeOf<tc_fifo_qopt>()}.");
        limit = MemoryMarshal.Read<tc_fifo_qopt>(options).limit;
        return true;
    }
}
