using System.Globalization;
using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>One message on the way to the tree of classes that a device should have.</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Tree">Whose it is.</param>
/// <param name="Minor">The class; 0 for the root qdisc.</param>
/// <param name="Limits">The class's numbers, where it makes or changes something.</param>
internal readonly record struct HtbStep(HtbVerb Verb, HtbDevice Tree, ushort Minor, ClassLimits Limits = default)
{
    /// <summary>A rate at which the longest packet takes less than the kernel's nanosecond: tbf is there to cut, and HTB to hold back.</summary>
    private static readonly Rate Unhindered = Rate.Parse("1000tbit");

    private TcHandle ClassId => Ours.Class(Tree.Root, Minor);

    private TcHandle Parent => Minor == Ours.RootClass ? Tree.Root : Ours.Class(Tree.Root, Ours.RootClass);

    private QdiscKey Leaf => new(Tree.IfIndex, ClassId, Ours.Leaf(Tree.Root, Minor));

    /// <summary>Appends the step's message.</summary>
    public void Encode(NetlinkBatch batch, Psched psched)
    {
        switch (Verb)
        {
            case HtbVerb.AddRoot:
                batch.AddQdisc(QdiscKey.Root(Tree.IfIndex, Tree.Root), RootOptions);
                break;
            case HtbVerb.ReplaceRoot:
                batch.ReplaceQdisc(QdiscKey.Root(Tree.IfIndex, Tree.Root), RootOptions);
                break;
            case HtbVerb.DeleteRoot:
                batch.DeleteQdisc(QdiscKey.Root(Tree.IfIndex, Tree.Root), HtbQdisc.Kind);
                break;
            case HtbVerb.AddClass:
                batch.ReplaceClass(new ClassKey(Tree.IfIndex, ClassId), Parent, ClassOf(Limits, psched));
                break;
            case HtbVerb.ChangeClass:
                batch.ChangeClass(new ClassKey(Tree.IfIndex, ClassId), Parent, ClassOf(Limits, psched));
                break;
            case HtbVerb.DeleteClass:
                batch.DeleteClass(new ClassKey(Tree.IfIndex, ClassId));
                break;
            case HtbVerb.PutLeaf:
                if (Limits.Cuts)
                    batch.ReplaceQdisc(Leaf, Cutter(Limits, psched));
                else
                    batch.ReplaceQdisc(Leaf, new BfifoQdisc { Limit = Limits.Leaf });
                break;
            case HtbVerb.DeleteLeaf:
                batch.DeleteQdisc(Leaf, default);
                break;
            default:
                throw new InvalidOperationException($"{Verb} has no message.");
        }
    }

    /// <summary>In tc's notation.</summary>
    public override string ToString() => Verb switch
    {
        HtbVerb.AddRoot => Text($"tc qdisc add dev {Tree.Name} root handle {Tree.Root} htb default {Ours.DefaultClass:x}"),
        HtbVerb.ReplaceRoot => Text($"tc qdisc replace dev {Tree.Name} root handle {Tree.Root} htb default {Ours.DefaultClass:x}"),
        HtbVerb.DeleteRoot => Text($"tc qdisc del dev {Tree.Name} root handle {Tree.Root}"),
        HtbVerb.AddClass => ClassText("add"),
        HtbVerb.ChangeClass => ClassText("change"),
        HtbVerb.DeleteClass => Text($"tc class del dev {Tree.Name} classid {ClassId}"),
        HtbVerb.PutLeaf when Limits.Cuts => Text(
            $"tc qdisc replace dev {Tree.Name} parent {ClassId} handle {Leaf.Handle} tbf rate {Unhindered} burst {ClassLimits.LongestWhole} limit {Limits.Leaf.Bytes}"),
        HtbVerb.PutLeaf => Text($"tc qdisc replace dev {Tree.Name} parent {ClassId} handle {Leaf.Handle} bfifo limit {Limits.Leaf.Bytes}b"),
        HtbVerb.DeleteLeaf => Text($"tc qdisc del dev {Tree.Name} parent {ClassId}"),
        _ => Verb.ToString(),
    };

    /// <summary>The options of our root qdisc.</summary>
    internal static HtbQdisc RootOptions => new() { DefaultClass = Ours.DefaultClass };

    /// <summary>A leaf that cuts what the stack has not cut to size yet, and never holds anything back.</summary>
    internal static TbfQdisc Cutter(in ClassLimits limits, Psched psched) => new(psched, Unhindered, new ByteSize(ClassLimits.LongestWhole), limits.Leaf);

    /// <summary>The options of a class with these numbers.</summary>
    internal static HtbClass ClassOf(in ClassLimits limits, Psched psched) =>
        new(psched, limits.Rate, limits.Ceil, limits.Burst, limits.CeilBurst) { Quantum = ClassLimits.Quantum };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string ClassText(string verb) => Text(
        $"tc class {verb} dev {Tree.Name} parent {Parent} classid {ClassId} htb rate {Limits.Rate.BytesPerSecond}bps ceil {Limits.Ceil} burst {Limits.Burst.Bytes} cburst {Limits.CeilBurst.Bytes} quantum {ClassLimits.Quantum}");
}
