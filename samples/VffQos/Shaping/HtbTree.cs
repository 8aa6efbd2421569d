using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The tree of classes of one device: root qdisc, root class, default class, one class per user, each with its leaf.</summary>
/// <param name="kernel">Where it is.</param>
internal sealed class HtbTree(KernelClients kernel)
{
    private readonly NetlinkBatch _batch = new();
    private readonly List<HtbStep> _steps = [];

    /// <summary>
    /// The steps that add and change what is missing or wrong, in order. What is too much stays until <see cref="Surplus"/>: packets may still be
    /// on their way to it.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="wanted">Every class by its minor number, root and default class included.</param>
    /// <param name="census">What qdiscs there are.</param>
    /// <param name="state">What classes there are.</param>
    /// <param name="psched">The clock.</param>
    /// <param name="steps">Where they go.</param>
    internal static void Diff(in HtbDevice device, IReadOnlyDictionary<ushort, ClassLimits> wanted, QdiscCensus census, HtbState state, Psched psched, List<HtbStep> steps)
    {
        var isFresh = !census.HasRoot(device);
        if (isFresh)
        {
            var isKernels = census.RootOf(device.IfIndex) is not { } root || root.Handle == TcHandle.None;
            steps.Add(new HtbStep(isKernels ? HtbVerb.AddRoot : HtbVerb.ReplaceRoot, device, 0));
        }
        else if (census.RootOf(device.IfIndex)?.Options?.DefaultClass != Ours.DefaultClass)
        {
            // An HTB cannot be changed; only somebody else can have made ours another.
            steps.Add(new HtbStep(HtbVerb.DeleteRoot, device, 0));
            steps.Add(new HtbStep(HtbVerb.AddRoot, device, 0));
            isFresh = true;
        }

        // Parents before children, the default class before any user's.
        var known = isFresh ? new HtbState() : state;
        CompareClass(device, Ours.RootClass, wanted[Ours.RootClass], known, census, psched, steps);
        CompareClass(device, Ours.DefaultClass, wanted[Ours.DefaultClass], known, census, psched, steps);
        foreach (var (minor, limits) in wanted)
        {
            if (minor is not (Ours.RootClass or Ours.DefaultClass))
                CompareClass(device, minor, limits, known, census, psched, steps);
        }
    }

    /// <summary>The steps that remove classes that nobody should have.</summary>
    internal static void Surplus(in HtbDevice device, IReadOnlyDictionary<ushort, ClassLimits> wanted, HtbState state, List<HtbStep> steps)
    {
        foreach (var minor in state.Classes.Keys)
        {
            if (!wanted.ContainsKey(minor))
                steps.Add(new HtbStep(HtbVerb.DeleteClass, device, minor));
        }
    }

    /// <summary>Writes steps down, or carries them out.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Carry(IReadOnlyList<HtbStep> steps, ChangeLog changes)
    {
        _steps.Clear();
        foreach (var step in steps)
        {
            if (changes.Carry(step))
                _steps.Add(step);
        }

        Send();
    }

    /// <summary>Makes or changes users' classes, without looking at what there is.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Put(in HtbDevice device, ReadOnlySpan<UserShape> users, Func<UserShape, ClassLimits> limitsOf)
    {
        _steps.Clear();
        foreach (ref readonly var user in users)
        {
            var limits = limitsOf(user);
            _steps.Add(new HtbStep(HtbVerb.AddClass, device, user.Index, limits));
            _steps.Add(new HtbStep(HtbVerb.PutLeaf, device, user.Index, limits));
        }

        Send();
    }

    /// <summary>Removes users' classes; there need be none.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Remove(in HtbDevice device, ReadOnlySpan<ushort> indexes)
    {
        _steps.Clear();
        foreach (var index in indexes)
            _steps.Add(new HtbStep(HtbVerb.DeleteClass, device, index));
        Send();
    }

    private static void CompareClass(
        in HtbDevice device, ushort minor, in ClassLimits limits, HtbState state, QdiscCensus census, Psched psched, List<HtbStep> steps)
    {
        HtbState.KernelClass? found = state.Classes.TryGetValue(minor, out var known) ? known : null;
        var isRoot = minor == Ours.RootClass;
        var parent = isRoot ? TcHandle.Root : Ours.Class(device.Root, Ours.RootClass);
        if (found is { } stray && stray.Parent != parent)
        {
            // A class stays where it hangs; only somebody else can have hung one of ours elsewhere.
            steps.Add(new HtbStep(HtbVerb.DeleteClass, device, minor));
            found = null;
        }

        var options = HtbStep.ClassOf(limits, psched);
        if (found is not { } there)
            steps.Add(new HtbStep(HtbVerb.AddClass, device, minor, limits));
        else if (there.Options is not { } now || (isRoot ? now with { Quantum = options.Quantum } : now) != options)
            steps.Add(new HtbStep(HtbVerb.ChangeClass, device, minor, limits)); // of a class with children the kernel no longer takes a quantum
        if (isRoot)
            return;
        var hasOurs = found?.Leaf == Ours.Leaf(device.Root, minor);
        var leaf = hasOurs ? census.LeafOf(device.IfIndex, Ours.Class(device.Root, minor)) : null;
        if (hasOurs && leaf?.Cuts != limits.Cuts)
            steps.Add(new HtbStep(HtbVerb.DeleteLeaf, device, minor)); // a handle keeps its kind
        if (leaf != new QdiscCensus.Leaf(limits.Leaf.Bytes, limits.Cuts))
            steps.Add(new HtbStep(HtbVerb.PutLeaf, device, minor, limits));
    }

    private void Send()
    {
        if (_steps.Count == 0)
            return;
        _batch.Clear();
        foreach (var step in _steps)
            step.Encode(_batch, kernel.Psched);
        var sink = new Refusals(_steps);
        var result = kernel.Tc.Send(_batch, ref sink);
        if (sink.First is { } first)
            throw new NetlinkException(sink.Error, first.ToString());
        if (result.RepliesLost)
            throw new NetlinkException(new NetlinkError(Errno.ENOBUFS), $"tc batch of {result.Sent} messages");
    }

    /// <summary>Keeps the first refusal that means anything: a class that is to go may be gone.</summary>
    private struct Refusals(List<HtbStep> steps) : IBatchSink
    {
        public HtbStep? First { get; private set; }

        public NetlinkError Error { get; private set; }

        public readonly void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
            if (First is not null || (steps[index].Verb == HtbVerb.DeleteClass && error.Number == Errno.ENOENT))
                return;
            First = steps[index];
            Error = error;
        }
    }
}
