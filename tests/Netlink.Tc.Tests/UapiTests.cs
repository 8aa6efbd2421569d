using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

public class UapiTests
{
    [Fact]
    public void Constants_And_Structs_Are_Those_Of_The_Headers()
    {
        var compared = new UapiCheck
        {
            Library = typeof(TcClient).Assembly,
            Headers =
            [
                "linux/rtnetlink.h", "linux/pkt_sched.h", "linux/pkt_cls.h", "linux/gen_stats.h", "linux/if_ether.h", "linux/tc_act/tc_gact.h",
                "linux/tc_act/tc_mirred.h", "linux/tc_act/tc_ctinfo.h", "linux/tc_act/tc_skbedit.h",
            ],
            Newer = new Dictionary<string, string> { ["TCA_MIRRED_BLOCKID"] = "Linux 6.8", ["TCA_EXT_WARN_MSG"] = "Linux 6.3", ["TCA_ROOT_EXT_WARN_MSG"] = "Linux 6.3" },
            Ours = new Dictionary<string, string> { ["tc_u32_sel.__pad"] = "C has a hole there" },
        }.Run();
        Assert.True(compared > 200, $"only {compared} numbers were compared");
    }
}
