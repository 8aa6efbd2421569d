using System.Diagnostics;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>Counts the system calls of one thread with strace.</summary>
[Trait("Category", "Native")]
public class SystemCallTests : KernelTest
{
    private const int Requests = 50;

    [Fact]
    public void Request_And_Its_Answer_Are_Two_System_Calls_And_A_Batch_Of_Many_As_Well()
    {
        Requires.Tool("strace");
        using var socket = OpenSocket();
        var success = Message(RTM.RTM_NEWLINK, 1);
        var refusal = Message(RTM.RTM_DELLINK, 999_999);
        var batch = new NetlinkBatch();
        for (var i = 0; i < 100; i++)
            batch.Add(success);
        using var source = new CancellationTokenSource();
        foreach (var limit in (WaitLimit[])[default, source.Token, new(TimeSpan.FromSeconds(10), source.Token)])
            AssertTwoCalls(limit);

        void AssertTwoCalls(WaitLimit limit)
        {
            void Work()
            {
                for (var i = 0; i < Requests; i++)
                {
                    Assert.True(socket.TryRequest(success, null, limit, out _));
                    Assert.False(socket.TryRequest(refusal, null, limit, out _));
                    Assert.True(batch.Send(socket, null, limit).IsSuccess);
                }
            }

            Work();
            var calls = Trace(Work).CountBy(static c => c[..c.IndexOf('(', StringComparison.Ordinal)]).OrderBy(static c => c.Key).Select(static c => $"{c.Value} {c.Key}");
            Assert.Equal([$"{3 * Requests} recvfrom", $"{3 * Requests} sendto"], calls);
        }
    }

    /// <summary>Runs something on a thread of its own and tells its system calls that send, receive and wait for something to receive.</summary>
    private static string[] Trace(Action work)
    {
        var log = Path.GetTempFileName();
        try
        {
            using var ready = new SemaphoreSlim(0);
            using var go = new SemaphoreSlim(0);
            var id = 0;
            Exception? failure = null;
            var thread = new Thread(() =>
            {
                id = int.Parse(File.ResolveLinkTarget("/proc/thread-self", false)!.Name, System.Globalization.CultureInfo.InvariantCulture);
                ready.Release();
                go.Wait();
                failure = Record.Exception(work);
            });
            thread.Start();
            ready.Wait();
            var start = new ProcessStartInfo(Witness.Find("strace")!) { RedirectStandardError = true };
            foreach (var argument in (string[])["-p", $"{id}", "-o", log, "-e", "trace=%network,poll,ppoll,select,pselect6,epoll_wait,epoll_pwait"])
                start.ArgumentList.Add(argument);
            using var strace = Process.Start(start)!;
            var line = strace.StandardError.ReadLine();
            if (line?.Contains("attached", StringComparison.Ordinal) != true)
            {
                go.Release();
                thread.Join();
                Assert.Skip($"strace may not look at this process: {line}");
            }

            go.Release();
            thread.Join();
            strace.WaitForExit(); // it ends with the thread that it looks at
            Assert.Null(failure);
            return [.. File.ReadLines(log).Where(static l => l.Contains('(', StringComparison.Ordinal))];
        }
        finally
        {
            File.Delete(log);
        }
    }
}
