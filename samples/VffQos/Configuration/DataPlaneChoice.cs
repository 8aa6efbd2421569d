namespace VffQos.Configuration;

/// <summary>Which kernel parts steer packets to classes.</summary>
internal enum DataPlaneChoice
{
    /// <summary><see cref="Maps"/> where the kernel passes its probe, else <see cref="Marks"/>.</summary>
    Auto,

    /// <summary>nf_tables maps: the connection mark on the way out, the packet's tuple on the way in.</summary>
    Maps,

    /// <summary>fw filters, and act_ctinfo on the way in.</summary>
    Marks,
}
