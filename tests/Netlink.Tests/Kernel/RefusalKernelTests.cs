using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

/// <summary>What a real kernel says of what it refuses.</summary>
[Trait("Category", "Kernel")]
public class RefusalKernelTests : KernelTest
{
    private const uint LeastGso = 129; // more than MAX_TCP_HEADER, which depends on the kernel's configuration

    [Fact]
    public void Wrong_Length_Names_The_Attribute()
    {
        using var socket = OpenSocket();
        var message = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = 1 }).Put(IFLA.IFLA_TXQLEN, (byte)1);
        Assert.False(socket.TryRequest(message.Message, RouteCatalog.Links, out var error));
        Assert.Equal((Errno.ERANGE, "IFLA_TXQLEN", "RTM_NEWLINK on index 1"), (error.Number, error.Attribute, error.Request));
        Assert.Equal(NL_ATTR_TYPE.NL_ATTR_TYPE_U32, error.Policy?.Type);
        Assert.NotNull(error.Message);
    }

    [Fact]
    public void Nested_Attribute_Is_Named_With_Its_Path()
    {
        using var socket = OpenSocket();
        var message = MessageWriter.Begin(new byte[128], (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(IFLA.IFLA_IFNAME, "shape0");
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.PutString(IFLA_INFO.IFLA_INFO_KIND, "veth");
            using var data = info.Nest<VETH_INFO>(IFLA_INFO.IFLA_INFO_DATA);
            data.Put(VETH_INFO.VETH_INFO_PEER, 1u); // shorter than its ifinfomsg
        }

        Assert.False(socket.TryRequest(message.Message, RouteCatalog.Links, out var error));
        Assert.Equal(("IFLA_LINKINFO/IFLA_INFO_DATA/VETH_INFO_PEER", "RTM_NEWLINK veth shape0"), (error.Attribute, error.Request));
    }

    [Fact]
    public void Value_Out_Of_Range_Comes_With_The_Range()
    {
        var index = Client.AddLink("shape0", default(IfbLink)).Index;
        using var socket = OpenSocket();
        var message = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index }).Put(IFLA.IFLA_GSO_MAX_SIZE, 1u);
        if (socket.TryRequest(message.Message, RouteCatalog.Links, out var error) || error.Policy?.Minimum is null)
            Assert.Skip($"this kernel knows no least IFLA_GSO_MAX_SIZE: {error}");
        Assert.Equal((Errno.ERANGE, "IFLA_GSO_MAX_SIZE"), (error.Number, error.Attribute));
        Assert.Equal(NL_ATTR_TYPE.NL_ATTR_TYPE_U32, error.Policy.Type);
        Assert.InRange((long)error.Policy.Minimum.Value, LeastGso, 65536);
        Assert.Contains(", expected U32 from ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_Attribute_Is_Named()
    {
        using var socket = NetlinkSocket.Open(NETLINK.NETLINK_GENERIC, new NetlinkSocketOptions { Namespace = Namespace });
        var family = FamilyOf(socket, "netdev");
        if (family == 0)
            Assert.Skip("this kernel lacks the generic family netdev (Linux 6.3)");
        var message = MessageWriter.Begin(new byte[64], family, NLM_F.NONE);
        message.PutHeader<uint, DEV>(1); // NETDEV_CMD_DEV_GET without its device
        Assert.False(socket.TryRequest(message.Message, AttributeSpace.Of<uint, DEV>(), out var error));
        Assert.Equal((Errno.EINVAL, "IFINDEX"), (error.Number, error.MissingAttribute));
        Assert.Equal("EINVAL, missing IFINDEX", error.ToString());
    }

    /// <summary>A generic family's number; 0 where there is none.</summary>
    private static ushort FamilyOf(NetlinkSocket socket, string name)
    {
        var request = MessageWriter.Begin(new byte[64], 0x10, NLM_F.NONE);
        request.PutHeader<uint, CTRL>(3).PutString(CTRL.FAMILY_NAME, name); // CTRL_CMD_GETFAMILY
        ushort id = 0;
        using var replies = socket.Exchange(request.Message);
        while (replies.MoveNext())
        {
            if (replies.Current.Attributes<uint, CTRL>().TryFind(CTRL.FAMILY_ID, out var found))
                id = found.ReadUInt16();
        }

        return id;
    }

    private enum CTRL : ushort
    {
        FAMILY_ID = 1,
        FAMILY_NAME = 2,
    }

    private enum DEV : ushort
    {
        IFINDEX = 1,
    }
}
