using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace VffNetlink.Nftables.Tests;

/// <summary>Runs something on a thread of its own that has given up CAP_NET_ADMIN. The thread ends with it.</summary>
internal static partial class Unprivileged
{
    private const uint Version3 = 0x20080522;
    private const int CapNetAdmin = 12;

    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                DropNetAdmin();
                action();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static void DropNetAdmin()
    {
        var header = new Header { Version = Version3 };
        var sets = default(Sets);
        if (CapGet(ref header, ref sets) != 0)
            throw new InvalidOperationException($"capget: {Marshal.GetLastPInvokeError()}");
        sets.Effective0 &= ~(1u << CapNetAdmin);
        if (CapSet(ref header, ref sets) != 0)
            throw new InvalidOperationException($"capset: {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "capget", SetLastError = true)]
    private static partial int CapGet(ref Header header, ref Sets sets);

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(ref Header header, ref Sets sets);

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Pid;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Sets
    {
        public uint Effective0;
        public uint Permitted0;
        public uint Inheritable0;
        public uint Effective1;
        public uint Permitted1;
        public uint Inheritable1;
    }
}
