using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.Tests.Shaping;

public class HtbTreeTests
{
    private static readonly HtbDevice Device = new("eth0", 2, Ours.WanRoot);
    private static readonly Psched Clock = new(1_000, 64, 1_000_000, 1_000_000_000);

    [Fact]
    public void On_an_empty_device_parents_come_before_children_and_the_default_class_before_users()
    {
        var steps = Diff(Wanted(5, 6), new HtbState(), new QdiscCensus());
        Assert.Equal(
            [
                (HtbVerb.AddRoot, 0), (HtbVerb.AddClass, 1), (HtbVerb.AddClass, 0xfffe), (HtbVerb.PutLeaf, 0xfffe),
                (HtbVerb.AddClass, 5), (HtbVerb.PutLeaf, 5), (HtbVerb.AddClass, 6), (HtbVerb.PutLeaf, 6),
            ],
            steps.Select(static step => (step.Verb, (int)step.Minor)));
    }

    [Fact]
    public void Steps_read_as_tc_would_be_told()
    {
        var steps = Diff(Wanted(5), new HtbState(), new QdiscCensus());
        Assert.Equal(
            [
                "tc qdisc add dev eth0 root handle 7ff1: htb default fffe",
                "tc class add dev eth0 parent 7ff1: classid 7ff1:1 htb rate 12500000bps ceil 100Mbit burst 26514 cburst 26514 quantum 73728",
                "tc class add dev eth0 parent 7ff1:1 classid 7ff1:fffe htb rate 1250000bps ceil 100Mbit burst 4014 cburst 68608 quantum 73728",
                "tc qdisc replace dev eth0 parent 7ff1:fffe handle fffe: bfifo limit 1250000b",
                "tc class add dev eth0 parent 7ff1:1 classid 7ff1:5 htb rate 95bps ceil 8Mbit burst 1514 cburst 45392 quantum 73728",
                "tc qdisc replace dev eth0 parent 7ff1:5 handle 5: tbf rate 1000Tbit burst 9216 limit 131072",
            ],
            steps.Select(static step => step.ToString()));
    }

    [Fact]
    public void What_is_right_is_left_alone_and_what_differs_is_changed_where_it_stands()
    {
        var wanted = Wanted(5, 6);
        var (state, census) = Made(wanted);
        Assert.Empty(Diff(wanted, state, census));
        wanted[5] = ClassLimits.ForUser(Rate.Parse("2mbit"), Rate.Parse("100mbit"), mayCut: true);
        Assert.Equal([(HtbVerb.ChangeClass, (ushort)5)], Diff(wanted, state, census).Select(static step => (step.Verb, step.Minor)));
        wanted[5] = ClassLimits.ForUser(Rate.Parse("50mbit"), Rate.Parse("100mbit"), mayCut: true);
        Assert.Equal([(HtbVerb.ChangeClass, (ushort)5), (HtbVerb.DeleteLeaf, (ushort)5), (HtbVerb.PutLeaf, (ushort)5)], Diff(wanted, state, census).Select(static step => (step.Verb, step.Minor)));
    }

    [Fact]
    public void The_root_class_has_no_quantum_to_compare_once_it_has_children()
    {
        var wanted = Wanted();
        var (state, census) = Made(wanted);
        state.Classes[Ours.RootClass] = state.Classes[Ours.RootClass] with { Options = HtbStep.ClassOf(wanted[Ours.RootClass], Clock) with { Quantum = 1000 } };
        Assert.Empty(Diff(wanted, state, census));
        state.Classes[Ours.DefaultClass] = state.Classes[Ours.DefaultClass] with { Options = HtbStep.ClassOf(wanted[Ours.DefaultClass], Clock) with { Quantum = 1000 } };
        Assert.Equal(HtbVerb.ChangeClass, Assert.Single(Diff(wanted, state, census)).Verb);
    }

    [Fact]
    public void A_class_that_hangs_elsewhere_and_a_leaf_that_is_none_of_ours_make_way()
    {
        var wanted = Wanted(5);
        var (state, census) = Made(wanted);
        state.Classes[5] = state.Classes[5] with { Parent = Ours.Class(Ours.WanRoot, 9) };
        Assert.Equal([HtbVerb.DeleteClass, HtbVerb.AddClass, HtbVerb.PutLeaf], Diff(wanted, state, census).Select(static step => step.Verb));
        (state, census) = Made(wanted);
        state.Classes[5] = state.Classes[5] with { Leaf = new TcHandle(0x77, 0) };
        Assert.Equal([HtbVerb.PutLeaf], Diff(wanted, state, census).Select(static step => step.Verb));
        (state, census) = Made(wanted, isOurLeaf: false);
        Assert.Equal([HtbVerb.DeleteLeaf, HtbVerb.PutLeaf], Diff(wanted, state, census).Where(static step => step.Minor == 5).Select(static step => step.Verb));
    }

    [Fact]
    public void Another_root_makes_way_and_a_bent_one_of_ours_is_made_anew()
    {
        var wanted = Wanted(5);
        var (state, census) = Made(wanted, root: new QdiscCensus.Found("pfifo", new TcHandle(8, 0), null));
        Assert.Equal(HtbVerb.ReplaceRoot, Diff(wanted, state, census)[0].Verb);
        (state, census) = Made(wanted, root: new QdiscCensus.Found("htb", Ours.WanRoot, new HtbQdisc { DefaultClass = 3 }));
        Assert.Equal([HtbVerb.DeleteRoot, HtbVerb.AddRoot, HtbVerb.AddClass], Diff(wanted, state, census).Take(3).Select(static step => step.Verb));
    }

    [Fact]
    public void Surplus_is_what_nobody_wants()
    {
        var (state, _) = Made(Wanted(5, 6, 7));
        var steps = new List<HtbStep>();
        HtbTree.Surplus(Device, Wanted(6), state, steps);
        Assert.Equal([(HtbVerb.DeleteClass, (ushort)5), (HtbVerb.DeleteClass, (ushort)7)], steps.Select(static step => (step.Verb, step.Minor)).OrderBy(static step => step.Minor));
    }

    private static Dictionary<ushort, ClassLimits> Wanted(params ReadOnlySpan<ushort> users)
    {
        var root = Rate.Parse("100mbit");
        var wanted = new Dictionary<ushort, ClassLimits> { [Ours.RootClass] = ClassLimits.ForRoot(root), [Ours.DefaultClass] = ClassLimits.ForDefault(root, root, mayCut: true) };
        foreach (var user in users)
            wanted[user] = ClassLimits.ForUser(Rate.Parse("8mbit"), root, mayCut: true);
        return wanted;
    }

    /// <summary>What a kernel holds after the steps for some classes were carried out.</summary>
    private static (HtbState State, QdiscCensus Census) Made(Dictionary<ushort, ClassLimits> wanted, QdiscCensus.Found? root = null, bool isOurLeaf = true)
    {
        var state = new HtbState();
        var census = new QdiscCensus();
        census.Add(Device.IfIndex, root ?? new QdiscCensus.Found("htb", Ours.WanRoot, HtbStep.RootOptions));
        foreach (var (minor, limits) in wanted)
        {
            var isRoot = minor == Ours.RootClass;
            state.Classes[minor] = new HtbState.KernelClass(
                isRoot ? TcHandle.Root : Ours.Class(Ours.WanRoot, Ours.RootClass),
                isRoot ? TcHandle.None : Ours.Leaf(Ours.WanRoot, minor),
                HtbStep.ClassOf(limits, Clock));
            if (!isRoot && isOurLeaf)
                census.Add(Device.IfIndex, Ours.Class(Ours.WanRoot, minor), new QdiscCensus.Leaf(limits.Leaf.Bytes, limits.Cuts));
        }

        return (state, census);
    }

    private static List<HtbStep> Diff(Dictionary<ushort, ClassLimits> wanted, HtbState state, QdiscCensus census)
    {
        var steps = new List<HtbStep>();
        HtbTree.Diff(Device, wanted, census, state, Clock, steps);
        return steps;
    }
}
