using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

[Trait("Category", "Native")]
public class RefusalKernelTests
{
    [Fact]
    public void A_root_qdisc_that_is_not_ours_is_refused_by_name_and_nothing_is_changed()
    {
        using var lab = new ShapingLab();
        lab.Tc("qdisc add dev wan0 root handle 8001: tbf rate 50mbit burst 10k latency 50ms");
        Refuses(lab, "wan0", "tbf", "8001:");
    }

    [Fact]
    public void Somebody_elses_htb_is_not_ours()
    {
        using var lab = new ShapingLab();
        lab.Tc("qdisc add dev wan0 root handle 1: htb default fffe");
        Refuses(lab, "wan0", "htb", "1:");
    }

    [Theory]
    [InlineData("link add ifb-test type ifb")]
    [InlineData("link add ifb-test type bridge")]
    public void A_device_with_the_IFBs_name_that_we_did_not_make_is_refused(string command)
    {
        using var lab = new ShapingLab();
        lab.Ip(command);
        Refuses(lab, "ifb-test", "alias");
    }

    [Fact]
    public void A_WAN_that_does_not_exist_is_refused_by_name()
    {
        using var lab = new ShapingLab();
        lab.Policy = lab.Policy with { Wan = "nowhere0" };
        Refuses(lab, "nowhere0");
    }

    [Fact]
    public void The_IFB_cannot_be_the_WAN()
    {
        using var lab = new ShapingLab();
        lab.With(static shaper => shaper.Converge([]));
        lab.Policy = lab.Policy with { Wan = "ifb-test", Ifb = "other" };
        Refuses(lab, "ifb-test");
    }

    private static void Refuses(ShapingLab lab, params ReadOnlySpan<string> words)
    {
        var before = lab.Everything("lo");
        using var shaper = lab.Open();
        var plan = Assert.Throws<ShapingException>(() => shaper.Plan([ShapingLab.User(5)]));
        var converge = Assert.Throws<ShapingException>(() => shaper.Converge([ShapingLab.User(5)]));
        foreach (var word in words)
        {
            Assert.Contains(word, plan.Message, StringComparison.Ordinal);
            Assert.Contains(word, converge.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, lab.Everything("lo"));
    }
}
