using VffNetlink;
using VffNetlink.Route;

namespace Vffnl.Names;

/// <summary>Link-layer addresses as text.</summary>
internal static class HardwareAddress
{
    /// <summary>Bytes with colons between them, or an IP address where the link is a tunnel whose ends have such.</summary>
    public static string Text(LinkLayerAddress address, ushort hardwareType) => (address.Length, hardwareType) switch
    {
        (4, HardwareTypes.Tunnel or HardwareTypes.Sit or HardwareTypes.Gre) or (16, HardwareTypes.Tunnel6 or HardwareTypes.Gre6) => new InetAddress(address.Span).ToString(),
        _ => address.ToString(),
    };
}
