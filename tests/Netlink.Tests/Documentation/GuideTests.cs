using System.Collections.Concurrent;
using VffNetlink.Events;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Documentation;

/// <summary>The C# of docs/events.md: it is this file's text, it compiles, and it runs.</summary>
public class GuideTests
{
    [Fact]
    public void Guide_Has_The_Text_Of_This_File() =>
        Guide.AssertStandsIn("docs/events.md", "tests/Netlink.Tests/Documentation/GuideTests.cs", 4);

    [Fact]
    [Trait("Category", "Kernel")]
    public async Task Stream_Tells_A_Link_That_Comes()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var names = new ConcurrentQueue<string>();
        var reading = ns.Run(() => Stream(names.Enqueue, stop.Token));
        using var client = RouteClient.Open(new NetlinkSocketOptions { Namespace = ns });
        client.AddLink("near", new IfbLink());
        Assert.True(SpinWait.SpinUntil(() => names.Contains("near"), TimeSpan.FromSeconds(30)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        static async Task Stream(Action<string> tell, CancellationToken cancellation)
        {
            var Console = new Teller(tell);
            await using var events = NetlinkEventStream.Open(NETLINK.NETLINK_ROUTE, [(uint)RTNLGRP.RTNLGRP_LINK]);
            await foreach (var item in events.ReadAllAsync(static (scoped in NetlinkMessage message) => Link.Read(message), cancellation))
                Console.WriteLine(item.IsOverrun ? "some were lost here" : item.Value.Name);
        }
    }

    [Fact]
    public async Task Table_Is_Told_Whole()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var watch = new TableWatch<int, Link>(new LinkTable());
        await foreach (var change in watch.ReadAllAsync(cancellation))
        {
            if (change.Kind == TableChangeKind.Synchronized && watch.Entries.Values.Any(static link => link.Name == "lo"))
                break; // all that was there has been told
        }

        Assert.Contains(watch.Entries.Values, static link => link.Name == "lo");
    }

    [Fact]
    public void Dump_Is_Limited()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var socket = NetlinkSocket.Open(NETLINK.NETLINK_ROUTE);
        var request = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        request.PutHeader<ifinfomsg, IFLA>(default);
        var limit = new WaitLimit(TimeSpan.FromSeconds(2), cancellation);
        var links = socket.Dump(request.Message, null, "RTM_GETLINK", static (scoped in NetlinkMessage message) => Link.Read(message), limit: limit);
        Assert.Contains(links, static link => link.Name == "lo");
    }

    [Fact]
    public void Verbs_Are_Limited()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = RouteClient.Open();
        var loopback = client.Within(TimeSpan.FromSeconds(1)).GetLink("lo");
        var addresses = client.Within(cancellation).GetAddresses(new AddressFilter { LinkIndex = loopback.Index });
        Assert.All(addresses, address => Assert.Equal(loopback.Index, address.LinkIndex));
    }

    private sealed class Teller(Action<string> tell)
    {
        public void WriteLine(string text) => tell(text);
    }
}
