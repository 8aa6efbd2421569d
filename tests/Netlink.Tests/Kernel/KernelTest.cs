using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>A test with a network namespace of its own.</summary>
public abstract class KernelTest : IDisposable
{
    protected KernelTest()
    {
        Requires.Namespaces();
        Namespace = NetworkNamespace.Create();
        Client = RouteClient.Open(new NetlinkSocketOptions { Namespace = Namespace });
    }

    protected NetworkNamespace Namespace { get; }

    protected RouteClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        Namespace.Dispose();
        GC.SuppressFinalize(this);
    }

    protected NetlinkSocket OpenSocket(int? receiveBuffer = 1 << 20, int? sendBuffer = 1 << 20) =>
        NetlinkSocket.Open(NETLINK.NETLINK_ROUTE, new NetlinkSocketOptions { Namespace = Namespace, ReceiveBuffer = receiveBuffer, SendBuffer = sendBuffer });

    /// <summary>A message about a link; 0 and a number that no link has are fine, too.</summary>
    private protected static byte[] Message(RTM type, int index, NLM_F flags = NLM_F.NONE)
    {
        var message = MessageWriter.Begin(new byte[64], (ushort)type, flags);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        return message.Message.ToArray();
    }
}
