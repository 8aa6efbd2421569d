using System.Runtime.CompilerServices;
using VffNetlink.Route;
using VffNetlink.Uapi;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of an ipvlan.</summary>
internal static class IpvlanFields
{
    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("ipvlan", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<IpvlanLink>(out var ipvlan))
            return;
        if (ipvlan.Mode is { } mode)
        {
            report.Text("mode", mode switch
            {
                IPVLAN_MODE.IPVLAN_MODE_L2 => "l2",
                IPVLAN_MODE.IPVLAN_MODE_L3 => "l3",
                IPVLAN_MODE.IPVLAN_MODE_L3S => "l3s",
                _ => "unknown",
            });
        }

        if (ipvlan.Flags is not { } flags)
            return;
        if ((flags & IPVLAN_F.IPVLAN_F_PRIVATE) != 0)
            report.Flag("private", true);
        else if ((flags & IPVLAN_F.IPVLAN_F_VEPA) != 0)
            report.Flag("vepa", true);
        else
            report.Flag("bridge", true);
    }
}
