using System.Globalization;

namespace VffQos.Hosting;

/// <summary>The capabilities that the commands need, checked before anything is touched.</summary>
internal static class Privilege
{
    private const int NetAdmin = 12;
    private const int SysAdmin = 21;

    /// <summary>Whether the process may configure the network (CAP_NET_ADMIN).</summary>
    public static bool HasNetAdmin => Has(NetAdmin);

    /// <summary>Whether the process may make network namespaces (CAP_SYS_ADMIN).</summary>
    public static bool HasSysAdmin => Has(SysAdmin);

    /// <summary>Refuses a command that needs CAP_NET_ADMIN where it is missing.</summary>
    /// <param name="command">Such as <c>run</c>.</param>
    /// <exception cref="StartException">It is missing.</exception>
    public static void RequireNetAdmin(string command)
    {
        if (!HasNetAdmin)
            throw new StartException($"vffqos {command} needs the capability CAP_NET_ADMIN: start it as root, or with AmbientCapabilities=CAP_NET_ADMIN in its systemd unit.");
    }

    private static bool Has(int capability)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal))
                return (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> capability & 1) != 0;
        }

        throw new StartException("/proc/self/status does not tell the capabilities: mount /proc.");
    }
}
