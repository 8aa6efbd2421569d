using VffNetlink;
using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>The classes that a device has below one of our roots, as far as they matter for what is to change.</summary>
internal sealed class HtbState
{
    /// <summary>By minor number.</summary>
    public Dictionary<ushort, KernelClass> Classes { get; } = [];

    /// <summary>Reads the classes of a device; none where it lacks our root.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static HtbState Read(TcClient tc, in HtbDevice device)
    {
        if (device.IfIndex == 0)
            return new HtbState();
        for (var attempt = 1; ; attempt++)
        {
            var state = new HtbState();
            var sink = new Sink(state.Classes);
            if (tc.TryDumpClasses(device.IfIndex, device.Root, ref sink, out var error))
                return state;
            if (error.Number != Errno.EINTR || attempt == QdiscCensus.MaximumAttempts)
                throw new NetlinkException(error, $"RTM_GETTCLASS dump of {device.Root} on {device.Name}");
        }
    }

    /// <summary>A class as the kernel has it.</summary>
    /// <param name="Parent">What it hangs below.</param>
    /// <param name="Leaf">Its leaf's handle; none where it is the kernel's own fifo.</param>
    /// <param name="Options">Its numbers; null where they are beyond this program.</param>
    internal readonly record struct KernelClass(TcHandle Parent, TcHandle Leaf, HtbClass? Options);

    private readonly struct Sink(Dictionary<ushort, KernelClass> classes) : IClassSink
    {
        public void Class(scoped in ClassView view) =>
            classes[view.ClassId.Minor] = new KernelClass(view.Parent, view.Leaf, view.TryRead<HtbClass>(out var options) ? options : null);
    }
}
