using System.Runtime.CompilerServices;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>Another process may send to our ports and groups, with the right numbers in it. It is not believed.</summary>
[Trait("Category", "Kernel")]
public class ForgeryKernelTests : KernelTest
{
    private const int RefusedConnection = 111; // ECONNREFUSED

    [Fact]
    public void Forged_Answers_Are_Not_Believed()
    {
        using var victim = OpenSocket();
        using var stranger = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
        var request = Message(RTM.RTM_DELLINK, 999_999);
        foreach (var forged in (Func<byte[], byte[]>[])[
            static r => ScriptedTransport.Ack(r, 0),
            static r => ScriptedTransport.Ack(r, Errno.EPERM),
            static r => ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NONE, ScriptedTransport.SequenceOf(r), [0, 0, 0, 0]),
            static _ => [1, 2, 3]])
        {
            var expected = (byte[])request.Clone();
            BitConverter.TryWriteBytes(expected.AsSpan(8), SequenceOf(victim) + 1);
            Assert.Equal(RefusedConnection, stranger.SendTo(victim.PortId, 0, forged(expected)));
            Assert.False(victim.TryRequest(request, null, out var error));
            Assert.Equal(ScriptedTransport.SequenceOf(expected), ScriptedTransport.SequenceOf(request));
            Assert.Equal(Errno.ENODEV, error.Number);
        }
    }

    [Fact]
    public void Forged_Objects_Are_Not_Taken_Into_A_Dump()
    {
        using var victim = OpenSocket();
        using var stranger = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
        Assert.Equal(RefusedConnection, stranger.SendTo(victim.PortId, 0, ScriptedTransport.Message((ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_MULTI, SequenceOf(victim) + 1, new byte[16])));
        var indexes = new List<int>();
        using var replies = victim.Exchange(Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP));
        while (replies.MoveNext())
            indexes.Add(replies.Current.ReadHeader<ifinfomsg>().ifi_index);
        Assert.Equal([1], indexes);
    }

    [Fact]
    public void Forged_Events_Are_Not_Believed()
    {
        using var raw = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
        ((Interop.NetlinkTransport)raw.Transport).Join((uint)RTNLGRP.RTNLGRP_LINK);
        var events = new NetlinkEventSocket(raw.Transport);
        using var stranger = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
        var forged = ScriptedTransport.Message((ushort)RTM.RTM_DELLINK, NLM_F.NONE, 0, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(0, stranger.SendTo(raw.PortId, 0, forged));
        Assert.Equal(0, stranger.SendTo(0, 1u << ((int)RTNLGRP.RTNLGRP_LINK - 1), forged));
        Assert.NotEqual(0, raw.Used);
        Client.ChangeLink(1, new LinkChange { Up = true });

        var sink = new Sink();
        while (events.Receive(ref sink))
        {
        }

        Assert.Equal(0, raw.Used);
        Assert.Equal([(ushort)RTM.RTM_NEWLINK], sink.Types.Distinct());
    }

    [Fact]
    public void Stranger_Cannot_Fill_The_Receive_Buffer()
    {
        using var victim = OpenSocket(receiveBuffer: 4096);
        using var stranger = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
        for (var i = 0; i < 1000; i++)
            Assert.Equal(RefusedConnection, stranger.SendTo(victim.PortId, 0, new byte[16]));
        Assert.False(victim.TryRequest(Message(RTM.RTM_DELLINK, 999_999), null, out var error));
        Assert.Equal(Errno.ENODEV, error.Number);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_sequence")]
    private static extern ref uint SequenceOf(NetlinkSocket socket);

    private readonly struct Sink : IEventSink
    {
        public Sink()
        {
        }

        public List<ushort> Types { get; } = [];

        public void Event(scoped in NetlinkMessage message) => Types.Add(message.Type);

        public void Overrun() => Types.Add(0);
    }
}
