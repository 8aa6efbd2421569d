using System.Net;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Route;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;
using Xunit.Sdk;

namespace VffNetlink.Tests;

/// <summary>Whatever the kernel answers, asking costs no byte of the managed heap.</summary>
public class AllocationTests
{
    private static readonly AttributeSpace Space = AttributeSpace.Of<nfgenmsg, OUTER>((OUTER.OUTER_NEST, AttributeSpace.Of<INNER>()));

    private static readonly byte[] Explanation = Script.Explain("Größe does not fit", offset: 24, missing: 2, nest: 20);

    public static TheoryData<int> Answers => [0, Errno.EEXIST];

    [Fact]
    public void Single_Byte_Would_Be_Noticed()
    {
        var kept = new object();
        Assert.Throws<EqualException>(() => Allocations.None(() => kept = new object(), patience: TimeSpan.FromSeconds(1)));
        Assert.NotNull(kept);
    }

    [Fact]
    public void Success()
    {
        var request = Nested();
        using var socket = new NetlinkSocket(new ReplayTransport(Ack(0, 0)));
        Allocations.None(() => Assert.True(socket.TryRequest(request, Space, out _)));
    }

    [Fact]
    public void Refusal_With_Words_Path_And_Missing_Attribute()
    {
        var request = Nested();
        using var socket = new NetlinkSocket(new ReplayTransport(Ack(0, Errno.EINVAL, Explanation)));
        Assert.False(socket.TryRequest(request, Space, out var error));
        Assert.Equal("EINVAL: Größe does not fit (OUTER_NEST/INNER_NUMBER), missing OUTER_NEST/INNER_NEST", error.ToString());
        Allocations.None(() => Assert.True(!socket.TryRequest(request, Space, out var again) && again.Attribute is not null));
        Allocations.None(() => Assert.True(!socket.TryRequest(request, null, out var again) && again.Attribute is not null && again.MissingAttribute is not null));
    }

    [Fact]
    public void Batch_Of_Successes_Refusals_And_Replies()
    {
        using var socket = new NetlinkSocket(new ReplayTransport(
            Ack(1, Errno.EINVAL, Explanation), Script.Item(2, 5), Ack(4, Errno.ENOENT), Script.Item(7, 5), Ack(9, 0)));
        var batch = new NetlinkBatch();
        var sink = new Sink();
        var sent = 0;
        Allocations.None(() =>
        {
            sent++;
            batch.Clear();
            for (var i = 0; i < 10; i++)
            {
                var message = batch.Begin(0x21, NLM_F.NONE, 64);
                using (var nest = message.PutHeader<nfgenmsg, OUTER>(default).Nest<INNER>(OUTER.OUTER_NEST))
                {
                    nest.Put(INNER.INNER_NUMBER, (uint)i);
                }

                batch.Commit(message);
            }

            Assert.True(batch.Send(socket, ref sink, Space) == new BatchResult(10, 2, false));
        });
        Assert.Equal(4 * sent, sink.Answers);
    }

    [Fact]
    public void Dump_Of_A_Datagram_Of_Links()
    {
        var links = Golden.Load("reply-links.txt").Select(static m => GoldenReplyTests.Stamp(m, 0, 0)).ToArray();
        using var socket = new NetlinkSocket(new ReplayTransport(Script.Together([.. links, Script.Done(0)])));
        var request = Script.Request(NLM_F.NLM_F_DUMP);
        var names = 0;
        var dumps = 0;
        Allocations.None(() =>
        {
            dumps++;
            using var replies = socket.Exchange(request);
            while (replies.MoveNext())
            {
                foreach (var a in replies.Current.Attributes<ifinfomsg, IFLA>())
                {
                    if (a.Id == IFLA.IFLA_IFNAME)
                        names += a.ReadUtf8().Length;
                    else if (a.Id == IFLA.IFLA_MTU)
                        names += (int)a.ReadUInt32() & 0;
                }
            }
        });
        Assert.Equal(dumps * "loshape0nearbr0p1p0".Length, names);
    }

    [Fact]
    public void Event()
    {
        var kernel = new ReplayTransport(Golden.Load("reply-links.txt")[1]);
        using var events = new NetlinkEventSocket(kernel);
        var sink = new Sink();
        var received = 0;
        Allocations.None(() =>
        {
            received++;
            kernel.Rewind();
            events.Receive(ref sink);
        });
        Assert.Equal(received, sink.Answers);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_Verb_Of_The_Route_Client_That_May_Be_Refused(int errno)
    {
        using var ns = NetworkNamespace.OpenCurrent();
        using var client = new RouteClient(new NetlinkSocket(new ReplayTransport(Ack(0, errno, errno == 0 ? [] : Script.Explain("Words", offset: 16 + 16)))));
        var address = IPAddress.Parse("192.0.2.1");
        var address6 = IPAddress.Parse("2001:db8::1");
        var everything = new LinkChange { Up = true, Alias = "grün", TxQueueLength = 1000, Mtu = 1400, Namespace = ns, Name = "shape1" };
        var fresh = new LinkChange { Up = true, Alias = errno == 0 ? "grün" : null, TxQueueLength = 1000, Mtu = 1400 };
        var done = errno == 0;
        Allocations.None(() => Assert.True(client.TryAddLink("shape0", default(IfbLink), fresh, out _) == done));
        Allocations.None(() => Assert.True(client.TryAddLink("near", new VethLink("far", ns), default, out _) == done));
        Allocations.None(() => Assert.True(client.TryChangeLink(2, everything, out _) == done));
        Allocations.None(() => Assert.True(client.TryDeleteLink(2, out _) == done));
        Allocations.None(() => Assert.True(client.TryAddAddress(2, address, 24, 0, out _) == done));
        Allocations.None(() => Assert.True(client.TryAddAddress(2, address6, 64, 0x202, out _) == done));
        Allocations.None(() => Assert.True(client.TryAddDefaultRoute(2, address, out _) == done));
        Allocations.None(() => Assert.True(client.TryAddDefaultRoute(2, address6, out _) == done));
    }

    internal static byte[] Ack(uint index, int errno, byte[]? attributes = null)
    {
        var request = Script.Request();
        BitConverter.TryWriteBytes(request.AsSpan(8), index);
        return ScriptedTransport.Ack(request, errno, attributes);
    }

    private static byte[] Nested()
    {
        var message = MessageWriter.Begin(new byte[64], 0x21, NLM_F.NONE);
        using (var nest = message.PutHeader<nfgenmsg, OUTER>(default).Nest<INNER>(OUTER.OUTER_NEST))
        {
            nest.Put(INNER.INNER_NUMBER, 1u);
        }

        return message.Message.ToArray();
    }

    private struct Sink : IBatchSink, IEventSink
    {
        public int Answers { get; private set; }

        public void Reply(int index, scoped in NetlinkMessage message) => Answers++;

        public void Refused(int index, in NetlinkError error) => Answers++;

        public void Event(scoped in NetlinkMessage message) => Answers++;

        public readonly void Overrun() => Assert.Fail("nothing was lost");
    }
}
