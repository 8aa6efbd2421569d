using System.Globalization;
using System.Net.Sockets;
using VffNetlink.Tc;
using VffQos.Lab;

namespace VffQos.Demo;

/// <summary>The words that both views share.</summary>
internal static class DemoText
{
    /// <summary>As <c>UDP IPv6</c>.</summary>
    public static string Transport(LabUser user) =>
        (user.Transport == ProtocolType.Tcp ? "TCP" : "UDP") + (user.Client.AddressFamily == AddressFamily.InterNetwork ? " IPv4" : " IPv6");

    /// <summary>In megabits per second, with two digits behind the point.</summary>
    public static string Measured(Rate rate) => (rate.BitsPerSecond / 1e6).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>In megabits per second, as short as it is.</summary>
    public static string Limit(Rate rate) => (rate.BitsPerSecond / 1e6).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>As <c>-1.5 %</c>.</summary>
    public static string Deviation(double deviation)
    {
        var percent = Math.Round(deviation * 100, 1);
        return percent.ToString("+0.0 '%';-0.0 '%';0.0 '%'", CultureInfo.InvariantCulture);
    }
}
