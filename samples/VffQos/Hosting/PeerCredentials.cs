using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace VffQos.Hosting;

/// <summary>Who is at the other end of a Unix socket, by the kernel's word (<c>SO_PEERCRED</c>).</summary>
/// <param name="ProcessId">The process that made the connection, or the listener.</param>
/// <param name="UserId">Its user.</param>
/// <param name="GroupId">Its group.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>Asks the kernel.</summary>
    public static PeerCredentials Of(Socket socket)
    {
        Span<byte> bytes = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCred, bytes);
        return MemoryMarshal.Read<PeerCredentials>(bytes);
    }
}
