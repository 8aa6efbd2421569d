using System.Globalization;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route;

/// <summary>The fields of an address.</summary>
internal static class AddressFields
{
    private static readonly (IFA_F Flag, string Name)[] FlagNames =
    [
        (IFA_F.IFA_F_SECONDARY, "secondary"), (IFA_F.IFA_F_NODAD, "nodad"), (IFA_F.IFA_F_OPTIMISTIC, "optimistic"), (IFA_F.IFA_F_DADFAILED, "dadfailed"),
        (IFA_F.IFA_F_HOMEADDRESS, "home"), (IFA_F.IFA_F_DEPRECATED, "deprecated"), (IFA_F.IFA_F_TENTATIVE, "tentative"),
        (IFA_F.IFA_F_PERMANENT, "permanent"), (IFA_F.IFA_F_MANAGETEMPADDR, "mngtmpaddr"), (IFA_F.IFA_F_NOPREFIXROUTE, "noprefixroute"),
        (IFA_F.IFA_F_MCAUTOJOIN, "autojoin"), (IFA_F.IFA_F_STABLE_PRIVACY, "stable-privacy"),
    ];

    /// <summary>Writes them into the object that was begun.</summary>
    public static void Write(Report report, LinkAddress address)
    {
        var own = new InetAddress(address.Address);
        report.Text("family", own.Family == InetFamily.IPv4 ? "inet" : "inet6");
        report.Text("local", own.ToString());
        if (address.Peer is not null)
            report.Text("address", new InetAddress(address.Peer).ToString());
        report.Number("prefixlen", address.PrefixLength);
        report.NumberIf("metric", address.Metric);
        if (address.Broadcast is not null)
            report.Text("broadcast", new InetAddress(address.Broadcast).ToString());
        if (address.Anycast is not null)
            report.Text("anycast", new InetAddress(address.Anycast).ToString());
        report.Text("scope", NumberNames.Scopes.Of(address.Scope));
        WriteFlags(report, (IFA_F)address.Flags, own.Family);
        report.TextIf("label", address.Label);
        report.Lifetime("valid_life_time", address.ValidLifetime);
        WritePreferred(report, address);
    }

    private static void WriteFlags(Report report, IFA_F flags, InetFamily family)
    {
        foreach (var (flag, name) in FlagNames)
        {
            // What is always there goes without saying; the other case is told.
            if (flag == IFA_F.IFA_F_PERMANENT)
                report.FlagIfSet("dynamic", (flags & flag) == 0);
            else if ((flags & flag) != 0)
                report.Flag(flag == IFA_F.IFA_F_SECONDARY && family == InetFamily.IPv6 ? "temporary" : name, true);
            flags &= ~flag;
        }

        if (flags != 0)
            report.Text("ifa_flags", ((uint)flags).ToString("x2", CultureInfo.InvariantCulture));
    }

    private static void WritePreferred(Report report, LinkAddress address)
    {
        // Of an address that is preferred no more the time runs on below 0.
        if (address.PreferredLifetime is { } seconds && (address.Flags & (uint)IFA_F.IFA_F_DEPRECATED) != 0)
            report.Number("preferred_life_time", (int)seconds);
        else
            report.Lifetime("preferred_life_time", address.PreferredLifetime);
    }
}
