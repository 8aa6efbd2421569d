using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

public class UapiTests
{
    [Fact]
    public void Constants_And_Structs_Are_Those_Of_The_Headers()
    {
        var compared = new UapiCheck
        {
            Library = typeof(ConntrackClient).Assembly,
            Headers =
            [
                "linux/netfilter/nfnetlink_conntrack.h", "linux/netfilter/nf_conntrack_common.h", "linux/netfilter/nf_conntrack_tcp.h", "linux/netfilter/nf_conntrack_sctp.h",
                "linux/netfilter/nfnetlink_cttimeout.h", "linux/netfilter/nfnetlink_cthelper.h",
            ],
            Newer = new Dictionary<string, string> { ["CTA_TIMESTAMP_EVENT"] = "Linux 6.14" },
            Ours = new Dictionary<string, string> { ["CTA_FILTER_F"] = "in the kernel's own headers only; the kernel tests use them" },
        }.Run();
        Assert.True(compared > 250, $"only {compared} numbers were compared");
    }
}
