using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every signature here is blittable: ahead-of-time code calls it directly.
[assembly: DisableRuntimeMarshalling]

namespace VffNetlink.Interop;

/// <summary>The system calls that the library makes, with the kernel's constants they need (x86-64 and arm64 agree on all of them).</summary>
internal static partial class Libc
{
    public const int AF_NETLINK = 16;
    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int SOL_SOCKET = 1;
    public const int SO_SNDBUF = 7;
    public const int SO_RCVBUF = 8;
    public const int SO_ATTACH_FILTER = 26;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SOL_NETLINK = 270;
    public const int NETLINK_ADD_MEMBERSHIP = 1;
    public const int NETLINK_DROP_MEMBERSHIP = 2;
    public const int NETLINK_CAP_ACK = 10;
    public const int NETLINK_EXT_ACK = 11;
    public const int NETLINK_GET_STRICT_CHK = 12;
    public const int EFD_NONBLOCK = 0x800;
    public const int EFD_CLOEXEC = 0x80000;
    public const short POLLIN = 1;
    public const int O_RDONLY = 0;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const nuint NS_GET_NSTYPE = 0xb703;
    public const int CLONE_NEWNET = 0x40000000;

    [StructLayout(LayoutKind.Sequential)]
    public struct SockaddrNl
    {
        public ushort Family;
        public ushort Pad;
        public uint PortId;
        public uint Groups;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct SockFprog
    {
        public ushort Length;
        public VffNetlink.Uapi.sock_filter* Instructions;
    }

    // Numbers of sendto and recvfrom; 0 where an architecture's are not known here.
    private static readonly nint SendToNumber = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 44,
        Architecture.Arm64 or Architecture.LoongArch64 or Architecture.RiscV64 => 206,
        _ => 0,
    };

    private static readonly nint ReceiveFromNumber = SendToNumber + 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(DescriptorHandle descriptor, in SockaddrNl address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSockName(DescriptorHandle descriptor, ref SockaddrNl address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSockOpt(DescriptorHandle descriptor, int level, int name, in int value, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static unsafe partial int SetSockOpt(DescriptorHandle descriptor, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSockOpt(DescriptorHandle descriptor, int level, int name, ref int value, ref int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(DescriptorHandle descriptor, in SockaddrNl address, int length);

    // The next two are what a request costs, so they go without what marshalling adds to a call (two atomic operations on the handle, errno
    // cleared and fetched): the caller keeps the descriptor open, and asks Marshal.GetLastSystemError at once where the call failed.
    // They also go past the C library's own functions, which in a program with threads open and close a cancellation point around
    // each call with four more atomic operations.
    public static unsafe nint Send(int descriptor, byte* buffer, nint length, int flags) =>
        SendToNumber != 0 ? SystemCall(SendToNumber, descriptor, buffer, length, flags, null, null) : SendByLibrary(descriptor, buffer, length, flags);

    public static unsafe nint Receive(int descriptor, byte* buffer, nint length, int flags) =>
        SendToNumber != 0 ? SystemCall(ReceiveFromNumber, descriptor, buffer, length, flags, null, null) : ReceiveByLibrary(descriptor, buffer, length, flags);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static unsafe partial nint ReceiveFrom(DescriptorHandle descriptor, byte* buffer, nint length, int flags, SockaddrNl* address, int* addressLength);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollFd* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(DescriptorHandle descriptor, ref ulong buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(DescriptorHandle descriptor, in ulong buffer, nint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNs(DescriptorHandle descriptor, int type);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int IoCtl(DescriptorHandle descriptor, nuint request);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static unsafe partial nint SystemCall(nint number, nint descriptor, byte* buffer, nint length, nint flags, void* address, void* addressLength);

    [LibraryImport("libc", EntryPoint = "send")]
    private static unsafe partial nint SendByLibrary(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static unsafe partial nint ReceiveByLibrary(int descriptor, byte* buffer, nint length, int flags);
}
