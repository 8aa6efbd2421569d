using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests;

/// <summary>Rates come in 32 bits and, where these do not suffice, in 64 bits more; the kernel holds to the greater of both.</summary>
public class WideRateTests
{
    /// <summary>A peak rate of 0 was read where the 64 bits are 0, and lost when it was written.</summary>
    [Fact]
    public void Tbf_Of_64_Bits_That_Are_Less_Than_The_32()
    {
        var parms = new tc_tbf_qopt { rate = new tc_ratespec { rate = 1000 }, peakrate = new tc_ratespec { rate = 2000 }, buffer = 5, mtu = 7, limit = 9 };
        var options = Options<TCA_TBF>(nest =>
        {
            nest.PutStruct(TCA_TBF.TCA_TBF_PARMS, parms);
            nest.Put(TCA_TBF.TCA_TBF_RATE64, 0UL);
            nest.Put(TCA_TBF.TCA_TBF_PRATE64, 0UL);
        });
        Assert.True(TbfQdisc.TryRead(options, out var tbf));
        Assert.Equal(new Rate(1000), tbf.Rate);
        Assert.Equal(new Rate(2000), tbf.PeakRate);
    }

    [Theory]
    [InlineData(0UL, 1000UL)]
    [InlineData(999UL, 1000UL)]
    [InlineData(1UL << 40, 1UL << 40)]
    public void Htb(ulong wide, ulong expected)
    {
        var parms = new tc_htb_opt { rate = new tc_ratespec { rate = 1000 }, ceil = new tc_ratespec { rate = 1000 } };
        var options = Options<TCA_HTB>(nest =>
        {
            nest.PutStruct(TCA_HTB.TCA_HTB_PARMS, parms);
            nest.Put(TCA_HTB.TCA_HTB_RATE64, wide);
            nest.Put(TCA_HTB.TCA_HTB_CEIL64, wide);
        });
        Assert.True(HtbClass.TryRead(options, out var htb));
        Assert.Equal((new Rate(expected), new Rate(expected)), (htb.Rate, htb.Ceil));
    }

    private delegate void Putting<TAttr>(AttributeWriter<TAttr> attributes)
        where TAttr : unmanaged, Enum;

    private static byte[] Options<TAttr>(Putting<TAttr> put)
        where TAttr : unmanaged, Enum
    {
        var message = MessageWriter.Begin(new byte[512], 0, NLM_F.NONE);
        put(message.PutHeader<uint, TAttr>(0));
        return message.Message[20..].ToArray();
    }
}
