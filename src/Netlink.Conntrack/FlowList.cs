namespace VffNetlink.Conntrack;

/// <summary>Which of the kernel's lists of flows is dumped.</summary>
public enum FlowList
{
    /// <summary>The table.</summary>
    Table,

    /// <summary>The table, and the counters of every flow that is sent are set to zero in the same moment, so that nothing is counted twice or lost.</summary>
    TableAndZeroCounters,

    /// <summary>Flows that ended and whose DESTROY event a subscriber that wants each (reliable delivery) did not take yet.</summary>
    Dying,

    /// <summary>Flows whose first packet is still on its way through the host; from Linux 5.19 on the kernel keeps no such list and sends none.</summary>
    Unconfirmed,
}
