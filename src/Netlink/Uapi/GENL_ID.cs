namespace VffNetlink.Uapi;

/// <summary>The message type that is known before any family is looked up (<c>linux/genetlink.h</c>).</summary>
public enum GENL_ID : ushort
{
    /// <summary>The family <c>nlctrl</c>, which tells of all others.</summary>
    GENL_ID_CTRL = 0x10,
}
