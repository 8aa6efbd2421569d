using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffQos.DataPlanes;
using VffQos.Shaping;
using VffQos.Tests.Shaping;

namespace VffQos.Tests.DataPlanes;

public class LayoutTests
{
    [Fact]
    public void Every_rule_has_its_text()
    {
        foreach (var chain in DownloadTable.LayoutFor("eth0", 0xff).Chains)
            Assert.Equal(chain.Rules.Count, chain.Texts.Count);
    }

    [Fact]
    public void Download_takes_the_default_class_first_and_only_on_the_WAN()
    {
        var chain = Assert.Single(DownloadTable.LayoutFor("eth0", 0xff).Chains);
        Assert.Equal(["oifname \"eth0\" meta priority set 7ff1:fffe", "oifname \"eth0\" meta priority set ct mark and 0x000000ff map @classes"], chain.Texts);
        Assert.All(chain.Rules, static rule =>
        {
            Assert.True(rule.Expressions[0].TryRead<MetaExpression>(out _));
            Assert.True(rule.Expressions[1].TryRead<CmpExpression>(out var compare));
            Assert.Equal(NftData.DeviceName("eth0"), compare.Data);
        });
    }

    [Fact]
    public void Another_WAN_another_mask_and_another_IFB_are_other_rules()
    {
        Assert.False(Same(DownloadTable.LayoutFor("eth0", 0xff), DownloadTable.LayoutFor("eth1", 0xff)));
        Assert.False(Same(DownloadTable.LayoutFor("eth0", 0xff), DownloadTable.LayoutFor("eth0", 0x1ff)));
        Assert.True(Same(DownloadTable.LayoutFor("eth0", 0xff), DownloadTable.LayoutFor("eth0", 0xff)));

        static bool Same(NftLayout left, NftLayout right) => left.Chains[0].Rules.Zip(right.Chains[0].Rules).All(static pair => pair.First.Matches(pair.Second));
    }

    [Fact]
    public void Filters_of_a_user_and_of_nobody()
    {
        var target = Target(null);
        Assert.Equal(
            "chain 32753 pref 1 handle 0x5/0x3003fff fw action skbedit mark 0 priority 7ff2:5 goto chain 32754",
            MarksLayout.User(target, ShapingLab.User(5)).Text);
        Assert.Equal(["chain 32753 pref 4 matchall action skbedit mark 0 pass"], MarksLayout.Rest(target).Select(static layout => layout.Text));
        Assert.Equal(["pref 65520 u32 match mark 0 0xffffffff action ctinfo cpmark 0x3003fff goto chain 32753"], MarksLayout.Entry(target).Select(static layout => layout.Text));
    }

    [Fact]
    public void With_an_upload_limit_for_nobody_IPv4_and_IPv6_go_to_the_default_class()
    {
        var target = Target(Rate.Parse("20mbit"));
        Assert.Equal(
            [
                "pref 65520 u32 match mark 0 0xffffffff action ctinfo cpmark 0x3003fff goto chain 32753",
                "pref 65521 protocol ip matchall action skbedit priority 7ff2:fffe goto chain 32754",
                "pref 65522 protocol ipv6 matchall action skbedit priority 7ff2:fffe goto chain 32754",
            ],
            MarksLayout.Entry(target).Select(static layout => layout.Text));
        Assert.Equal(
            [
                "chain 32753 pref 2 protocol ip matchall action skbedit mark 0 priority 7ff2:fffe goto chain 32754",
                "chain 32753 pref 3 protocol ipv6 matchall action skbedit mark 0 priority 7ff2:fffe goto chain 32754",
                "chain 32753 pref 4 matchall action skbedit mark 0 pass",
            ],
            MarksLayout.Rest(target).Select(static layout => layout.Text));
        Assert.Equal(MarksLayout.EntryPriorities, MarksLayout.Entry(target).Count());
    }

    private static ShapingTarget Target(Rate? defaultUpload) => new(
        new ShapingPolicy { Wan = "eth0", Ifb = "vffqos0", Ceil = Rate.Parse("1gbit"), DefaultDownload = Rate.Parse("1gbit"), DefaultUpload = defaultUpload, MarkMask = 0x0300_3fff },
        new Link { Index = 2, Name = "eth0" },
        3);
}
