namespace VffNetlink.Nftables.Uapi;

/// <summary><c>enum nft_devices_attributes</c> of <c>linux/netfilter/nf_tables.h</c>.</summary>
public enum NFTA_DEVICE : ushort
{
    /// <summary>Not used.</summary>
    NFTA_DEVICE_UNSPEC,

    /// <summary>string: a device's name.</summary>
    NFTA_DEVICE_NAME,

    /// <summary>string: how names of devices start (Linux 6.18).</summary>
    NFTA_DEVICE_PREFIX,
}
