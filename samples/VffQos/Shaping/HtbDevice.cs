using VffNetlink.Tc;

namespace VffQos.Shaping;

/// <summary>A device that has, or is to have, one of our trees of classes.</summary>
/// <param name="Name">For people.</param>
/// <param name="IfIndex">For the kernel; 0 where a plan would make the device.</param>
/// <param name="Root">The root qdisc that it gets.</param>
internal readonly record struct HtbDevice(string Name, int IfIndex, TcHandle Root);
