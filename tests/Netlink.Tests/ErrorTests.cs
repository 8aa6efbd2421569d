using VffNetlink.Route;

namespace VffNetlink.Tests;

public class ErrorTests
{
    [Fact]
    public void Errors_Say_Number_Words_And_Attributes()
    {
        Assert.Equal("success", default(NetlinkError).ToString());
        Assert.Equal("ENOENT", new NetlinkError(Errno.ENOENT).ToString());
        Assert.Equal("errno 999: words (A/B), missing C", (new NetlinkError(999) { Message = "words", Attribute = "A/B", MissingAttribute = "C" }).ToString());
        Assert.Equal("RTM_DELLINK on index 3: EPERM", new NetlinkException(new NetlinkError(Errno.EPERM) { Request = "RTM_DELLINK on index 3" }).Message);
        Assert.Equal("netlink request: EPERM", new NetlinkException(new NetlinkError(Errno.EPERM)).Message);
        var exception = new NetlinkException(new NetlinkError(Errno.EPERM) { Message = "no" }, "RTM_NEWLINK ifb x");
        Assert.Equal(("RTM_NEWLINK ifb x: EPERM: no", "RTM_NEWLINK ifb x", Errno.EPERM), (exception.Message, exception.Request, exception.Error.Number));
    }

    [Fact]
    public void Changes_Of_A_Link_Are_Spelt_Out()
    {
        Assert.Equal("nothing", default(LinkChange).ToString());
        Assert.Equal("down", new LinkChange { Up = false }.ToString());
        using var ns = NetworkNamespace.OpenCurrent();
        Assert.Equal(
            "up, txqlen 5, mtu 1400, alias \"a\", name b, to another namespace",
            new LinkChange { Up = true, TxQueueLength = 5, Mtu = 1400, Alias = "a", Name = "b", Namespace = ns }.ToString());
    }
}
