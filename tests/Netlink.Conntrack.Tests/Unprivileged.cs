using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Runs code on a thread of its own that has given up every capability; a thread's capabilities are its own.</summary>
internal static unsafe partial class Unprivileged
{
    private const uint Version3 = 0x20080522;

    public static void Run(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var header = stackalloc uint[2] { Version3, 0 };
                var nothing = stackalloc uint[6];
                Assert.Equal(0, CapSet(header, nothing));
                action();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(uint* header, uint* data);
}
