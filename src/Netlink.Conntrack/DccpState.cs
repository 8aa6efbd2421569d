namespace VffNetlink.Conntrack;

/// <summary>How far a DCCP connection got, as connection tracking saw it up to Linux 6.15 (<c>enum ct_dccp_states</c>).</summary>
public enum DccpState : byte
{
    /// <summary>Nothing seen.</summary>
    None,

    /// <summary>A request.</summary>
    Request,

    /// <summary>A request and its answer.</summary>
    Respond,

    /// <summary>The answer, acknowledged.</summary>
    PartOpen,

    /// <summary>Open.</summary>
    Open,

    /// <summary>The server wishes to close.</summary>
    CloseRequested,

    /// <summary>Closing.</summary>
    Closing,

    /// <summary>Over, and kept for stray packets.</summary>
    TimeWait,
}
