namespace VffNetlink.Route;

/// <summary>From a priority to another: at ingress the tag's to the packet's, at egress the packet's to the tag's.</summary>
/// <param name="From">The priority that is looked at.</param>
/// <param name="To">The priority that is set.</param>
public readonly record struct VlanPriorityMapping(uint From, uint To);
