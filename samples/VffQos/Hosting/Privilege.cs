using System.Globalization;
using VffQos.Interop;

namespace VffQos.Hosting;

/// <summary>The capabilities that the commands need, checked before anything is touched.</summary>
internal static class Privilege
{
    private const int NetAdmin = 12;
    private const int SysAdmin = 21;
    private const string Self = "/proc/self";

    /// <summary>Whether the process may configure the network (CAP_NET_ADMIN).</summary>
    public static bool HasNetAdmin => Has(NetAdmin, Self);

    /// <summary>Whether the process may make network namespaces (CAP_SYS_ADMIN).</summary>
    public static bool HasSysAdmin => Has(SysAdmin, Self);

    /// <summary>Refuses a command that needs CAP_NET_ADMIN where it is missing.</summary>
    /// <param name="command">Such as <c>run</c>.</param>
    /// <exception cref="StartException">It is missing.</exception>
    public static void RequireNetAdmin(string command)
    {
        if (!HasNetAdmin)
            throw new StartException($"vffqos {command} needs the capability CAP_NET_ADMIN: start it as root, or with AmbientCapabilities=CAP_NET_ADMIN in its systemd unit.");
    }

    /// <summary>
    /// Whether another process may configure the network as far as can be told: in a user namespace of its own anybody has every capability.
    /// </summary>
    public static bool MayHaveNetAdmin(int process)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        try
        {
            return Has(NetAdmin, folder) && (UserNamespace(folder) is not { } other || other == UserNamespace(Self));
        }
        catch (IOException)
        {
            return Libc.GetEffectiveUser() != 0; // it ended; from others than root it may be hidden
        }
    }

    /// <summary>Null where it may not be looked at.</summary>
    private static string? UserNamespace(string folder) => new FileInfo(folder + "/ns/user").LinkTarget;

    private static bool Has(int capability, string folder)
    {
        foreach (var line in File.ReadLines(folder + "/status"))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal))
                return (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> capability & 1) != 0;
        }

        throw new StartException($"{folder}/status does not tell the capabilities: mount /proc.");
    }
}
