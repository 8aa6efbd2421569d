using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

[Trait("Category", "Kernel")]
public class SocketKernelTests : KernelTest
{
    [Fact]
    public void Dump_Left_Early_Leaves_Neither_A_Running_Dump_Nor_Its_Rest()
    {
        // Several datagrams, so that the kernel is amid the dump when the reader leaves.
        for (var i = 0; i < 60; i++)
            Client.AddLink($"pair{i}", new VethLink($"peer{i}"));
        using var socket = OpenSocket();
        for (var round = 0; round < 5; round++)
        {
            using (var replies = socket.Exchange(Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP)))
            {
                Assert.True(replies.MoveNext());
            }

            Assert.False(socket.TryRequest(Message(RTM.RTM_DELLINK, 999_999), null, out var error));
            Assert.Equal(Errno.ENODEV, error.Number);
        }

        var links = 0;
        using var all = socket.Exchange(Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP));
        while (all.MoveNext())
            links++;
        Assert.Equal((121, 0), (links, all.Error.Number));
    }

    [Fact]
    public void Dump_That_Asks_For_An_Acknowledgement_Ends_Once()
    {
        using var socket = OpenSocket();
        using (var replies = socket.Exchange(Message(RTM.RTM_GETLINK, 0, NLM_F.NLM_F_DUMP | NLM_F.NLM_F_ACK)))
        {
            Assert.True(replies.MoveNext());
            Assert.False(replies.MoveNext());
            Assert.True(replies.Error.IsSuccess);
        }

        Assert.Equal(Reception.Nothing, ReceiveNothing(socket));
    }

    [Fact]
    public void Request_Whose_Flags_Look_Like_A_Dump_Is_Answered()
    {
        // NLM_F_REPLACE | NLM_F_EXCL is NLM_F_DUMP.
        using var socket = OpenSocket();
        using (var replies = socket.Exchange(Message(RTM.RTM_NEWLINK, 999_999, NLM_F.NLM_F_REPLACE | NLM_F.NLM_F_EXCL)))
        {
            Assert.False(replies.MoveNext());
            Assert.Equal(Errno.ENODEV, replies.Error.Number);
        }

        Assert.Equal(Reception.Nothing, ReceiveNothing(socket));
    }

    [Fact]
    public void Strict_Checking_Names_What_A_Dump_Request_Cannot_Have()
    {
        using var socket = OpenSocket();
        var message = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        message.PutHeader<ifinfomsg, IFLA>(default).Put(IFLA.IFLA_MASTER, (byte)1);
        using var replies = socket.Exchange(message.Message, AttributeSpace.Of<ifinfomsg, IFLA>());
        Assert.False(replies.MoveNext());
        Assert.False(string.IsNullOrEmpty(replies.Error.Message));
        // The end of a dump that was refused bears the kernel's words alone on 6.1.
        if (Environment.OSVersion.Version >= new Version(6, 12))
            Assert.Equal("IFLA_MASTER", replies.Error.Attribute);
    }

    [Fact]
    public void Lacking_Protocol_Is_An_Error_That_Names_It()
    {
        var exception = Assert.Throws<NetlinkException>(() => NetlinkSocket.Open((NETLINK)31, new NetlinkSocketOptions { Namespace = Namespace }));
        Assert.Equal(Errno.EPROTONOSUPPORT, exception.Error.Number);
    }

    [Fact]
    public void Threads_Share_One_Client()
    {
        Client.AddLink("shape0", default(IfbLink));
        var faults = 0;
        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 50; i++)
            {
                if (Client.GetLinks().Count != 2 || Client.FindLink("shape0") is null || Client.FindLink("nobody") is not null)
                    Interlocked.Increment(ref faults);
            }
        });
        Assert.Equal(0, faults);
    }

    private static Reception ReceiveNothing(NetlinkSocket socket)
    {
        socket.Acquire();
        try
        {
            return socket.Receive(wait: false, out _);
        }
        finally
        {
            socket.Release();
        }
    }
}
