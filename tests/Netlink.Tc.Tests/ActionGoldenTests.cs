using VffNetlink.Tc.Tests.Support;
using VffNetlink.Tc.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Tc.Tests;

public class ActionGoldenTests
{
    private static readonly GoldenFile File = GoldenFile.Load("actions.txt");

    [Fact]
    public void Ctinfo()
    {
        Check("ctinfo cpmark", ActionList.Of(new CtinfoAction { MarkMask = uint.MaxValue }));
        Check("ctinfo dscp 0xfc000000 0x01000000 cpmark 0xff zone 3 continue", ActionList.Of(new CtinfoAction
        {
            MarkMask = 0xff,
            DscpMask = 0xfc000000,
            DscpStateMask = 0x01000000,
            Zone = 3,
            Control = TcControl.Continue,
        }));
    }

    [Fact]
    public void Gact()
    {
        Check("gact pass", ActionList.Of(new GactAction(TcControl.Ok)));
        Check("drop", ActionList.Of(new GactAction(TcControl.Shot)));
        Check("continue", ActionList.Of(new GactAction(TcControl.Continue)));
        Check("goto chain 8", ActionList.Of(new GactAction(TcControl.GotoChain(8))));
    }

    [Fact]
    public void Mirred()
    {
        Check("mirred egress redirect dev d4", ActionList.Of(new MirredAction(MirredMode.EgressRedirect, 4)));
        Check("mirred egress mirror dev d4", ActionList.Of(new MirredAction(MirredMode.EgressMirror, 4)));
        Check("mirred ingress redirect dev d4", ActionList.Of(new MirredAction(MirredMode.IngressRedirect, 4)));
        Check("mirred ingress mirror dev d4 continue", ActionList.Of(new MirredAction(MirredMode.IngressMirror, 4) { Control = TcControl.Continue }));
    }

    [Fact]
    public void Skbedit()
    {
        Check("skbedit mark 5", ActionList.Of(new SkbeditAction { Mark = 5 }));
        Check("skbedit mark 0x5/0xff priority 1:10 queue_mapping 3 continue", ActionList.Of(new SkbeditAction
        {
            Mark = 5,
            MarkMask = 0xff,
            Priority = new TcHandle(1, 0x10),
            Queue = 3,
            Control = TcControl.Continue,
        }));
    }

    [Fact]
    public void Several_In_Their_Order() => Check(
        "ctinfo cpmark 0xffff pipe action skbedit priority 1:10 pipe action mirred egress redirect dev d4",
        ActionList.Of(new CtinfoAction { MarkMask = 0xffff }).Then(new SkbeditAction { Priority = new TcHandle(1, 0x10) }).Then(new MirredAction(MirredMode.EgressRedirect, 4)));

    /// <summary>Typed, read back typed, and read back raw.</summary>
    private static void Check(string action, ActionList actions)
    {
        var key = new FilterKey(5, TcHandle.IngressFilters, 1, FilterProtocol.All, 1);
        var captured = File.Messages[$"filter add dev d5 ingress protocol all prio 1 handle 1 matchall action {action}"];
        Golden.Equal(captured, SentMessage.Of(c => c.AddFilter(key, new MatchallFilter { Actions = actions })));

        var view = new FilterView(Messages.Only(captured));
        Assert.True(view.TryRead<MatchallFilter>(out var read));
        Assert.Equal(actions, read.Actions);
        Assert.Equal(actions.ToString(), read.Actions.ToString());
        Golden.Equal(captured, SentMessage.Of(c => c.AddFilter(key, read)));

        var raw = default(ActionList);
        foreach (var one in read.Actions)
            raw = raw.Then(one.Kind, one.Options);
        Golden.Equal(captured, SentMessage.Of(c => c.AddFilter(key, new MatchallFilter { Actions = raw })));
        Assert.True(new AttributeReader<TCA_MATCHALL>(view.Options).TryFind(TCA_MATCHALL.TCA_MATCHALL_ACT, out var a));
        Assert.Equal(Convert.ToHexString(a.Payload), Convert.ToHexString(actions.Bytes));
    }
}
