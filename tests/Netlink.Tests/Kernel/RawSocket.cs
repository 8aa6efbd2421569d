using System.Runtime.InteropServices;
using VffNetlink.Interop;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>A netlink socket that does what the library never would: it sends to other processes, and looks at the kernel's accounts.</summary>
internal sealed partial class RawSocket : IDisposable
{
    private const int SO_MEMINFO = 55;
    private const int NETLINK_LIST_MEMBERSHIPS = 9;
    private const int MemInfoWords = 9;

    private readonly NetlinkTransport _transport;

    public RawSocket(NetworkNamespace ns, NETLINK protocol) =>
        _transport = ns.Run(() => NetlinkTransport.Open(protocol, new NetlinkSocketOptions { ReceiveBuffer = 4 << 20 }));

    public INetlinkTransport Transport => _transport;

    public uint PortId => _transport.PortId;

    /// <summary>Bytes of the receive buffer that are in use, as the kernel counts them.</summary>
    public int Used
    {
        get
        {
            var words = new int[MemInfoWords];
            var length = words.Length * sizeof(int);
            Assert.Equal(0, GetSockOpt(_transport.Descriptor, Libc.SOL_SOCKET, SO_MEMINFO, words, ref length));
            return words[0]; // SK_MEMINFO_RMEM_ALLOC
        }
    }

    /// <summary>The groups that a socket is subscribed to.</summary>
    public static List<uint> GroupsOf(int descriptor)
    {
        var words = new int[16];
        var length = words.Length * sizeof(int);
        Assert.Equal(0, GetSockOpt(descriptor, Libc.SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, words, ref length));
        var groups = new List<uint>();
        for (var bit = 0; bit < words.Length * 32; bit++)
        {
            if ((words[bit / 32] >> bit % 32 & 1) != 0)
                groups.Add((uint)bit + 1);
        }

        return groups;
    }

    public void Send(ReadOnlySpan<byte> datagram) => Assert.Equal(0, _transport.Send(datagram));

    /// <summary>Sends to another socket, or to all subscribers of a group. Returns 0 or an error number.</summary>
    public int SendTo(uint port, uint groups, byte[] datagram)
    {
        var address = new Libc.SockaddrNl { Family = Libc.AF_NETLINK, PortId = port, Groups = groups };
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Libc.SockaddrNl>(in address)).ToArray();
        return SendTo(_transport.Descriptor, datagram, datagram.Length, Libc.MSG_DONTWAIT, bytes, bytes.Length) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    public void Dispose() => _transport.Dispose();

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(int descriptor, byte[] buffer, nint length, int flags, byte[] address, int addressLength);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSockOpt(int descriptor, int level, int name, [In, Out] int[] value, ref int length);
}
