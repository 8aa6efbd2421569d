namespace VffNetlink.Tc.Uapi;

/// <summary>How packets fill the link (<c>enum tc_link_layer</c> of <c>linux/pkt_sched.h</c>).</summary>
public enum TC_LINKLAYER : byte
{
    /// <summary>A sender from before Linux 3.11, who may rely on rate tables.</summary>
    TC_LINKLAYER_UNAWARE,

    /// <summary>Packets as they are.</summary>
    TC_LINKLAYER_ETHERNET,

    /// <summary>Packets in cells of 48 bytes that take 53.</summary>
    TC_LINKLAYER_ATM,

    /// <summary>The bits of the field that hold it.</summary>
    TC_LINKLAYER_MASK = 0x0F,
}
