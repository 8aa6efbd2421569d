using System.Collections.Concurrent;
using System.Diagnostics;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

[Trait("Category", "Kernel")]
public class NamespaceKernelTests : KernelTest
{
    [Fact]
    public void Namespace_Is_Opened_By_The_Name_That_Ip_Gave_It()
    {
        Requires.Tool("ip");
        var name = $"vff-test-{Guid.NewGuid():N}";
        Witness.Run(Namespace, "ip", $"netns add {name}");
        try
        {
            Witness.Run(Namespace, "ip", $"-n {name} link add shape0 type ifb");
            using var ns = NetworkNamespace.OpenByName(name);
            Assert.Equal(["lo", "shape0"], LinksOf(ns));
            using var same = NetworkNamespace.OpenByPath($"/run/netns/{name}");
            Assert.Equal(["lo", "shape0"], LinksOf(same));
        }
        finally
        {
            Witness.Run(Namespace, "ip", $"netns delete {name}");
        }

        Assert.Equal($"open network namespace /run/netns/{name}: ENOENT", Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByName(name)).Message);
    }

    [Fact]
    public void Namespace_Is_Opened_By_The_Process_In_It()
    {
        Requires.Tool("unshare");
        Requires.Tool("sleep");
        // A child that is in a new namespace as soon as it says so.
        var start = new ProcessStartInfo(Witness.Find("unshare")!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-n", "--", "/bin/sh", "-c", "echo ready; exec sleep 60"])
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        try
        {
            Assert.Equal("ready", child.StandardOutput.ReadLine());
            using var ns = NetworkNamespace.OpenByProcess(child.Id);
            Assert.Equal(["lo"], LinksOf(ns));
            Assert.Equal(File.ResolveLinkTarget($"/proc/{child.Id}/ns/net", false)!.Name, Inside(ns));
            Assert.NotEqual(Inside(Namespace), Inside(ns));
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }

        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByProcess(int.MaxValue)).Error.Number);
    }

    [Fact]
    public void Namespace_Is_Opened_By_A_Descriptor_Which_Stays_The_Callers()
    {
        using (var same = NetworkNamespace.OpenByDescriptor(Namespace.Descriptor))
        {
            Assert.NotEqual(Namespace.Descriptor, same.Descriptor);
            Assert.Equal(Inside(Namespace), Inside(same));
        }

        Assert.Equal(["lo"], LinksOf(Namespace));
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkNamespace.OpenByDescriptor(-1));
        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByDescriptor(int.MaxValue)).Error.Number);
        using var file = new FileStream(Environment.ProcessPath!, FileMode.Open, FileAccess.Read);
        Assert.Contains("it is not a network namespace", Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByDescriptor((int)file.SafeFileHandle.DangerousGetHandle())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sockets_Stay_Where_They_Were_Opened()
    {
        Client.AddLink("shape0", default(IfbLink));
        var ns = NetworkNamespace.OpenByPath($"/proc/{Environment.ProcessId}/fd/{Namespace.Descriptor}");
        using var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = ns });
        ns.Dispose();
        Parallel.For(0, 8, _ => Assert.Equal(["lo", "shape0"], client.GetLinks().Select(static l => l.Name)));
        Assert.Throws<ObjectDisposedException>(() => RouteClient.Open(new NetlinkSocketOptions { Namespace = ns }));
        Assert.Throws<ObjectDisposedException>(() => ns.Run(static () => 1));
        Assert.Throws<ObjectDisposedException>(() => ns.Start("too late", static () => Assert.Fail("it is not there")));
    }

    [Fact]
    public void No_Thread_Of_The_Process_Is_Left_In_Another_Namespace()
    {
        var home = Here();
        Parallel.For(0, 16, _ =>
        {
            using var ns = NetworkNamespace.Create();
            using var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = ns });
            Assert.Single(client.GetLinks());
            Assert.NotEqual(home, ns.Run(Here));
            Assert.Equal(home, Here());
        });
        // Other tests' own threads may be in namespaces of theirs just now; the pool's and this one never are.
        var seen = new ConcurrentDictionary<string, int>();
        using var done = new CountdownEvent(64);
        for (var i = 0; i < 64; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                seen[Here()] = 1;
                done.Signal();
            });
        }

        done.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(home, Here());
        Assert.Equal([home], seen.Keys);
    }

    [Fact]
    public void Exceptions_Come_Out_Of_Run_As_They_Were_Thrown()
    {
        Assert.Throws<InvalidTimeZoneException>(() => Namespace.Run(static () => throw new InvalidTimeZoneException()));
        Assert.Equal(42, Namespace.Run(static () => 42));
    }

    [Fact]
    public void Started_Thread_Lives_Inside()
    {
        var inside = "";
        var thread = Namespace.Start("a thread of a test", () => inside = Here());
        thread.Join();
        Assert.Equal(Inside(Namespace), inside);
        Assert.Equal(("a thread of a test", true), (thread.Name, inside != Here()));
    }

    [Fact]
    public void Namespace_Ends_With_Its_Last_Holder()
    {
        var end = NetworkNamespace.Create();
        Client.AddLink("near", new VethLink("far", end));
        using var events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [(uint)RTNLGRP.RTNLGRP_LINK], new NetlinkSocketOptions { Namespace = Namespace });
        end.Dispose();
        // The other end goes with its namespace, and this one with it.
        var sink = new Deletions();
        while (sink.Count == 0)
        {
            Assert.True(events.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "the namespace is still there");
            events.Receive(ref sink);
        }

        Assert.Null(Client.FindLink("near"));
    }

    [Fact]
    public void What_Is_No_Network_Namespace_Is_Refused_Where_It_Is_Opened()
    {
        var folder = Directory.CreateTempSubdirectory("vff-test");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            var pipe = Path.Combine(folder.FullName, "pipe");
            File.WriteAllText(file, "");
            using (var mkfifo = Process.Start("/usr/bin/mkfifo", [pipe]))
                mkfifo.WaitForExit();
            foreach (var path in (string[])[file, pipe, folder.FullName, "/proc/self/ns/mnt", "/dev/null"])
            {
                var exception = Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByPath(path));
                Assert.Equal($"open network namespace {path}: EINVAL: it is not a network namespace", exception.Message);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(Errno.ENOENT, Assert.Throws<NetlinkException>(() => NetworkNamespace.OpenByPath("/no/such/file")).Error.Number);
        foreach (var name in (string[])["a/b", "..", "."])
            Assert.Contains("is not a name of a network namespace", Assert.Throws<ArgumentException>(() => NetworkNamespace.OpenByName(name)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NetworkNamespace.OpenByName(""));
        Assert.Throws<ArgumentException>(() => NetworkNamespace.OpenByPath("/proc/self/ns/net\0.txt"));
    }

    private static string Here() => File.ResolveLinkTarget("/proc/thread-self/ns/net", false)!.Name;

    private static string Inside(NetworkNamespace ns) => ns.Run(Here);

    private static string[] LinksOf(NetworkNamespace ns)
    {
        using var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = ns });
        return [.. client.GetLinks().Select(static l => l.Name)];
    }

    private struct Deletions : IEventSink
    {
        public int Count { get; private set; }

        public void Event(scoped in NetlinkMessage message) => Count += message.Type == (ushort)RTM.RTM_DELLINK ? 1 : 0;

        public readonly void Overrun() => Assert.Fail("events were lost");
    }
}
