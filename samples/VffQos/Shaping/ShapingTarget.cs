using VffNetlink.Route;

namespace VffQos.Shaping;

/// <summary>Where shaping happens: the policy met by the devices that there are.</summary>
/// <param name="Policy">What the operator wants.</param>
/// <param name="Wan">The WAN as it was when somebody looked.</param>
/// <param name="IfbIndex">The index of our IFB; 0 where a plan would make it.</param>
internal sealed record ShapingTarget(ShapingPolicy Policy, Link Wan, int IfbIndex)
{
    /// <summary>The WAN with its tree.</summary>
    public HtbDevice WanTree => new(Wan.Name, Wan.Index, Ours.WanRoot);

    /// <summary>The IFB with its tree.</summary>
    public HtbDevice IfbTree => new(Policy.Ifb, IfbIndex, Ours.IfbRoot);
}
