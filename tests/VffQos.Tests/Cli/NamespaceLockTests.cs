using System.Net.Sockets;
using VffNetlink;
using VffNetlink.Testing;
using VffQos.Hosting;

namespace VffQos.Tests.Cli;

/// <summary>The lock of a network namespace: one holder, who listens to those who may and is not hurt by anybody.</summary>
[Trait("Category", "Native")]
public class NamespaceLockTests
{
    [Fact]
    public void There_Is_One_Holder_And_It_Goes_With_The_Lock()
    {
        using var ns = Namespace();
        ns.Run(static () =>
        {
            Assert.Null(NamespaceLock.Holder());
            using (NamespaceLock.TryTake())
            {
                Assert.Null(NamespaceLock.TryTake());
                Assert.Equal(Environment.ProcessId, NamespaceLock.Holder());
            }

            using var again = NamespaceLock.TryTake();
            Assert.NotNull(again);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Name_That_Somebody_Without_Privilege_Took_Keeps_No_Daemon_Out(bool listens)
    {
        using var ns = Namespace();
        using var squatter = new Squatter(ns, listens);
        Assert.Null(ns.Run(static () => NamespaceLock.Holder()));
        using (var mine = ns.Run(static () => NamespaceLock.TryTake()))
            Assert.Equal(listens ? $"process {squatter.Id} of user 65534" : "a process that does not listen", mine?.Squatter);
        squatter.End();
        using var named = ns.Run(static () => NamespaceLock.TryTake());
        Assert.NotNull(named);
        Assert.Null(named.Squatter);
        Assert.Null(ns.Run(static () => NamespaceLock.TryTake()));
    }

    [Fact]
    public void Capabilities_That_Anybody_Can_Give_Himself_Are_None()
    {
        using var ns = Namespace();
        // A user namespace of one's own is full of them.
        using var squatter = new Squatter(ns, listens: true, "unshare", "--user", "--map-root-user");
        using var mine = ns.Run(static () => NamespaceLock.TryTake());
        Assert.Equal($"process {squatter.Id} of user 65534", mine?.Squatter);
    }

    [Fact]
    public void Who_Only_Connects_Is_Refused_In_The_End_And_The_Holder_Still_Listens()
    {
        using var ns = Namespace();
        using var stopped = new ManualResetEventSlim();
        var mine = ns.Run(static () => NamespaceLock.TryTake())!;
        mine.Serve(() =>
        {
            stopped.Set();
            mine.Dispose();
        });
        var silent = new List<Socket>();
        try
        {
            for (var i = 0; i < 60; i++)
                silent.Add(ns.Run(static () => Connect()));
            // More than it listens to at once: refused at once. The others when its patience ends.
            Assert.All(silent, static socket => Assert.Equal("no\n", Read(socket)));
            Assert.False(stopped.IsSet);
            Assert.True(ns.Run(static () => NamespaceLock.StopHolder(TimeSpan.FromSeconds(30))));
            Assert.True(stopped.IsSet);
            Assert.Null(ns.Run(static () => NamespaceLock.Holder()));
        }
        finally
        {
            silent.ForEach(static socket => socket.Dispose());
        }
    }

    private static NetworkNamespace Namespace()
    {
        Requires.Namespaces();
        return NetworkNamespace.Create();
    }

    private static Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        socket.Connect(new UnixDomainSocketEndPoint("\0vffqos"));
        return socket;
    }

    private static string Read(Socket socket)
    {
        var buffer = new byte[8];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
