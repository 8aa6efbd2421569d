using VffNetlink.Tc.Uapi;

namespace VffNetlink.Tc;

/// <summary>How the length of a packet becomes time on the link.</summary>
public enum LinkLayer : byte
{
    /// <summary>The sender did not say, and may have meant its rate tables, which no kernel since 3.8 looks at.</summary>
    Unaware = TC_LINKLAYER.TC_LINKLAYER_UNAWARE,

    /// <summary>Packets go as they are.</summary>
    Ethernet = TC_LINKLAYER.TC_LINKLAYER_ETHERNET,

    /// <summary>Packets go in cells of 48 bytes that take 53 on the link (ADSL).</summary>
    Atm = TC_LINKLAYER.TC_LINKLAYER_ATM,
}
