namespace VffNetlink.Uapi;

/// <summary>The attributes <c>VETH_INFO_*</c> of <c>linux/veth.h</c>.</summary>
public enum VETH_INFO : ushort
{
    /// <summary>Not used.</summary>
    VETH_INFO_UNSPEC,

    /// <summary>struct ifinfomsg and attributes of the other end.</summary>
    VETH_INFO_PEER,
}
