namespace VffQos.DataPlanes;

/// <summary>How a packet on its way up finds its user's class.</summary>
internal enum DataPlaneKind
{
    /// <summary>By its tuple, in nf_tables maps at the WAN's ingress hook.</summary>
    Maps,

    /// <summary>By its connection's mark, which a tc filter copies to the packet (cls_fw, act_ctinfo).</summary>
    Marks,
}
