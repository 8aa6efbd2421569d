using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Every constant against the system's kernel headers.</summary>
public class UapiTests
{
    /// <summary>What linux-libc-dev of Linux 6.1 lacks.</summary>
    private static readonly Dictionary<string, string> Newer = new(StringComparer.Ordinal)
    {
        ["NFT_MSG_GETRULE_RESET"] = "6.2",
        ["NFT_MSG_DESTROYTABLE"] = "6.3",
        ["NFT_MSG_DESTROYCHAIN"] = "6.3",
        ["NFT_MSG_DESTROYRULE"] = "6.3",
        ["NFT_MSG_DESTROYSET"] = "6.3",
        ["NFT_MSG_DESTROYSETELEM"] = "6.3",
        ["NFT_MSG_DESTROYOBJ"] = "6.3",
        ["NFT_MSG_DESTROYFLOWTABLE"] = "6.3",
        ["NFT_MSG_GETSETELEM_RESET"] = "6.5",
        ["NFT_TABLE_F_PERSIST"] = "6.9",
        ["NFT_PAYLOAD_TUN_HEADER"] = "6.2",
        ["NFT_META_BRI_BROUTE"] = "6.4",
        ["NFT_BITWISE_AND"] = "6.13",
        ["NFT_BITWISE_OR"] = "6.13",
        ["NFT_BITWISE_XOR"] = "6.13",
        ["NFTA_BITWISE_SREG2"] = "6.13",
        ["NFTA_SET_TYPE"] = "6.16",
        ["NFTA_SET_COUNT"] = "6.16",
        ["NFTA_DEVICE_PREFIX"] = "6.18",
    };

    [Fact]
    public void Constants_Are_The_Kernels()
    {
        var compared = new UapiCheck
        {
            Library = typeof(NftClient).Assembly,
            Headers =
            [
                "linux/netfilter.h",
                "limits.h",
                "linux/netfilter_ipv4.h",
                "linux/netfilter/nf_conntrack_tuple_common.h",
                "linux/netfilter/nf_tables.h",
            ],
            Newer = Newer,
        }.Run();
        Assert.True(compared > 300, $"Only {compared} numbers were compared.");
    }
}
