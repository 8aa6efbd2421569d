using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>Asking a real kernel, system calls included, costs no byte of the managed heap.</summary>
[Trait("Category", "Native")]
public class AllocationKernelTests : KernelTest
{
    [Fact]
    public void Requests_Batches_Dumps_And_Events()
    {
        var index = Client.AddLink("shape0", default(IfbLink), new LinkChange { Up = true }).Index;
        Allocations.None(() => Assert.True(Client.TryChangeLink(index, new LinkChange { TxQueueLength = 1000 }, out _)));
        Allocations.None(() => Assert.False(Client.TryAddLink("shape0", default(IfbLink), default, out _)));
        Allocations.None(() => Assert.False(Client.TryDeleteLink(999_999, out _)));

        using var socket = OpenSocket();
        var space = AttributeSpace.Of<ifinfomsg, IFLA>();
        var wrong = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        wrong.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index }).PutFlag(IFLA.IFLA_TXQLEN);
        var request = wrong.Message.ToArray();
        Allocations.None(() => Assert.True(!socket.TryRequest(request, space, out var error) && error is { Message: not null, Attribute: "IFLA_TXQLEN" }));

        var batch = new NetlinkBatch();
        for (var i = 0; i < 10; i++)
            batch.Add(i % 2 == 0 ? request : Message(RTM.RTM_GETLINK, index));
        Allocations.None(() => Assert.True(batch.Send(socket, space).Refused == 5));

        var dump = Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP);
        Allocations.None(() =>
        {
            var links = 0;
            using var replies = socket.Exchange(dump);
            while (replies.MoveNext())
                links++;
            Assert.True(links == 2);
        });

        using var events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [(uint)RTNLGRP.RTNLGRP_LINK], new NetlinkSocketOptions { Namespace = Namespace });
        string[] aliases = ["one", "two"];
        var sink = new Counter();
        var made = 0;
        Allocations.None(() =>
        {
            made++;
            Client.TryChangeLink(index, new LinkChange { Alias = aliases[sink.Count & 1] }, out _);
            while (!events.Wait(TimeSpan.FromSeconds(10)) || events.Receive(ref sink))
            {
            }
        });
        Assert.True(sink.Count >= made);
    }

    private struct Counter : IEventSink
    {
        public int Count { get; private set; }

        public void Event(scoped in NetlinkMessage message) => Count++;

        public readonly void Overrun() => Assert.Fail("nothing was lost");
    }
}
