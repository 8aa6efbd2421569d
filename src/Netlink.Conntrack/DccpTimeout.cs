using VffNetlink.Conntrack.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>The states of DCCP that have a timeout, up to Linux 6.15 (<see cref="CTA_TIMEOUT_DCCP"/>).</summary>
public enum DccpTimeout : ushort
{
    /// <summary>Behind a request.</summary>
    Request = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_REQUEST,

    /// <summary>Behind its answer.</summary>
    Respond = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_RESPOND,

    /// <summary>Half open.</summary>
    PartOpen = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_PARTOPEN,

    /// <summary>Open.</summary>
    Open = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_OPEN,

    /// <summary>Behind the wish to close.</summary>
    CloseRequested = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_CLOSEREQ,

    /// <summary>Behind a close.</summary>
    Closing = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_CLOSING,

    /// <summary>Of a connection that is over.</summary>
    TimeWait = CTA_TIMEOUT_DCCP.CTA_TIMEOUT_DCCP_TIMEWAIT,
}
