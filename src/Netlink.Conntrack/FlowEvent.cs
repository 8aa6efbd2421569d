namespace VffNetlink.Conntrack;

/// <summary>Something that happened to a flow, to be kept.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Flow">The flow, with what the kernel reports with this kind of event.</param>
public sealed record FlowEvent(FlowEventKind Kind, Flow Flow)
{
    /// <summary>Reads a notification, for <see cref="Events.NetlinkEventStream.ReadAllAsync"/>; null where it is not about a flow.</summary>
    /// <exception cref="NetlinkFormatException">It makes no sense.</exception>
    public static FlowEvent? Read(scoped in NetlinkMessage message) =>
        ConntrackEvents.KindOf(message) is { } kind ? new FlowEvent(kind, FlowView.Read(message).ToFlow()) : null;
}
