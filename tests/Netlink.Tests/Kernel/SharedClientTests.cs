using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>
/// Eight threads share one client: requests, dumps and batches, some of them cancelled or given a deadline at any moment. It takes 5 s; the
/// environment variable <c>VFFNETLINK_SHARED_CLIENT_SECONDS</c> sets another duration, such as 60.
/// </summary>
[Trait("Category", "Native")]
[CollectionDefinition(DisableParallelization = true)]
[Collection<SharedClientTests>]
public sealed class SharedClientTests : KernelTest
{
    private const int Threads = 8;
    private const int Links = 100;

    private static readonly double Duration =
        double.Parse(Environment.GetEnvironmentVariable("VFFNETLINK_SHARED_CLIENT_SECONDS") ?? "5", CultureInfo.InvariantCulture);

    private readonly long[] _done = new long[4];
    private long _cancelled;
    private volatile bool _stop;

    [Fact]
    public void Shared_Client_Gives_No_Wrong_Answer_Hangs_Nowhere_And_Leaves_Nothing_Behind()
    {
        for (var i = 0; i < Links / 2; i++)
            Client.AddLink($"near{i}", new VethLink($"far{i}"));
        var expected = Client.GetLinks().Select(static l => (l.Index, l.Name)).ToArray();
        Assert.Equal(Links + 1, expected.Length);

        var socket = OpenSocket();
        var client = new RouteClient(socket); // owns it
        Hammer(socket, client, expected, TimeSpan.FromSeconds(1), out _); // what is made once is made
        var before = Descriptors();
        var threads = Hammer(socket, client, expected, TimeSpan.FromSeconds(Duration), out var heaps);
        TestContext.Current.SendDiagnosticMessage(
            $"{Duration} s: {_done[0]} requests, {_done[1]} dumps, {_done[2]} refusals, {_done[3]} batches, {_cancelled} cancelled; "
            + $"heap {heaps.Early} then {heaps.Late} bytes; descriptors {before} then {Descriptors()}; threads {threads.Before} then {threads.After}");
        Assert.All(_done, static count => Assert.NotEqual(0, count));
        Assert.NotEqual(0, _cancelled);
        Assert.InRange(heaps.Late - heaps.Early, long.MinValue, 1 << 20);

        Assert.Equal(before, Descriptors());
        // A thread that has ended may be there for a moment; the runtime's pool has one more or less from time to time.
        Assert.True(SpinWait.SpinUntil(() => Process.GetCurrentProcess().Threads.Count <= threads.Before + 2, TimeSpan.FromSeconds(30)), $"{threads} threads");
        Assert.True(client.GetLinks().Count == expected.Length);
        client.Dispose();
        Assert.Throws<ObjectDisposedException>(() => socket.TryRequest(Message(RTM.RTM_NEWLINK, 1), null, out _));
    }

    private static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Count(static f => IsOurs(f));

    /// <summary>Sockets and wake-ups; files come and go with the runtime.</summary>
    private static bool IsOurs(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, false) is { } target
                && (target.Name.StartsWith("socket:", StringComparison.Ordinal) || target.Name.Contains("eventfd", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    }

    /// <summary>Has the threads work for a while; the heap is looked at after a sixth of it and at its end.</summary>
    private (int Before, int After) Hammer(NetlinkSocket socket, RouteClient client, (int Index, string Name)[] expected, TimeSpan duration, out (long Early, long Late) heaps)
    {
        _stop = false;
        var before = Process.GetCurrentProcess().Threads.Count;
        var failures = new Exception?[Threads];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                Work(number, socket, client, expected);
            }
            catch (Exception exception)
            {
                failures[number] = exception;
            }
        })
        {
            IsBackground = true,
        }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        var ended = new ManualResetEventSlim();
        ended.Wait(duration / 6);
        var early = GC.GetTotalMemory(forceFullCollection: true);
        ended.Wait(duration * 5 / 6);
        heaps = (early, GC.GetTotalMemory(forceFullCollection: true));
        _stop = true;
        Assert.All(threads, static thread => Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "a thread hangs"));
        Assert.All(failures, static failure => Assert.Null(failure));
        return (before, Process.GetCurrentProcess().Threads.Count);
    }

    private void Work(int number, NetlinkSocket socket, RouteClient client, (int Index, string Name)[] expected)
    {
        var random = new Random(number);
        var dump = Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP);
        var batch = new NetlinkBatch();
        while (!_stop)
        {
            using var source = random.Next(3) == 0 ? new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(2000))) : null;
            var limit = source is not null ? source.Token : random.Next(4) == 0 ? new WaitLimit(TimeSpan.FromMilliseconds(1 + random.Next(20))) : default;
            try
            {
                One(random.Next(4), random, socket, client, expected, dump, batch, limit);
            }
            catch (OperationCanceledException) when (source is not null)
            {
                Interlocked.Increment(ref _cancelled);
            }
            catch (TimeoutException) when (limit.Timeout is not null)
            {
                Interlocked.Increment(ref _cancelled);
            }
        }
    }

    private void One(int what, Random random, NetlinkSocket socket, RouteClient client, (int Index, string Name)[] expected, byte[] dump, NetlinkBatch batch, WaitLimit limit)
    {
        var (index, name) = expected[random.Next(expected.Length)];
        switch (what)
        {
            case 0 when random.Next(2) == 0:
                Assert.Equal(index, client.GetLink(name).Index);
                break;
            case 0:
                using (var replies = socket.Exchange(Message(RTM.RTM_GETLINK, index), null, limit))
                {
                    Assert.True(replies.MoveNext());
                    Assert.Equal(index, replies.Current.ReadHeader<ifinfomsg>().ifi_index);
                    Assert.False(replies.MoveNext());
                    Assert.True(replies.Error.IsSuccess);
                }

                break;
            case 1 when random.Next(8) == 0:
                Assert.NotNull(client.GetRoutes(AddressFamily.InterNetwork));
                break;
            case 1:
                var links = socket.Dump(dump, null, "RTM_GETLINK", static (scoped in NetlinkMessage m) => m.ReadHeader<ifinfomsg>().ifi_index, limit: limit);
                Assert.Equal(expected.Select(static e => e.Index), links);
                break;
            case 2:
                var errno = socket.TryRequest(Message(RTM.RTM_DELLINK, 1_000_000 + index), null, limit, out var error) ? 0 : error.Number;
                Assert.Equal(Errno.ENODEV, errno);
                break;
            default:
                var count = 1 + random.Next(600); // more than one datagram takes
                batch.Clear();
                for (var i = 0; i < count; i++)
                    batch.Add(Message(i % 3 == 1 ? RTM.RTM_DELLINK : RTM.RTM_NEWLINK, i % 3 == 1 ? 1_000_000 : 1));
                Assert.Equal(new BatchResult(count, (count + 1) / 3, false), batch.Send(socket, null, limit));
                break;
        }

        Interlocked.Increment(ref _done[what]);
    }
}
