namespace VffNetlink.Conntrack;

/// <summary>Which flows of a namespace send events: its <c>net.netfilter.nf_conntrack_events</c>.</summary>
public enum FlowEventSetting
{
    /// <summary>None.</summary>
    Off = 0,

    /// <summary>All that were made while it was so.</summary>
    On = 1,

    /// <summary>
    /// Those that were made while somebody had subscribed, in whatever namespace of the host; the default (Linux 5.19). A flow that is older than all subscriptions sends no event, not
    /// even of its end: whoever keeps a table of flows has to dump the kernel's again now and then, or to set <see cref="On"/>.
    /// </summary>
    WithSubscriber = 2,
}
