using System.Globalization;
using System.Runtime.CompilerServices;
using VffNetlink.Route;
using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Route.Kinds;

/// <summary>The fields of a tun or tap.</summary>
internal static class TunFields
{
    [ModuleInitializer]
    internal static void Enter() => LinkKinds.Add("tun", Write);

    private static void Write(Report report, Link link, LinkDirectory links)
    {
        if (link.KindData is null || !link.TryReadKind<TunLink>(out var tun))
            return;
        if (tun.Type is { } type)
            report.Text("type", type switch { 1 => "tun", 2 => "tap", _ => string.Create(CultureInfo.InvariantCulture, $"UNKNOWN:{type}") });
        report.FlagIf("pi", tun.PacketInformation);
        report.FlagIf("vnet_hdr", tun.VirtioHeader);
        report.Flag("multi_queue", tun.MultiQueue == true);
        if (tun.MultiQueue == true)
        {
            report.NumberIf("numqueues", tun.QueueCount);
            report.NumberIf("numdisabled", tun.DisabledQueueCount);
        }

        report.FlagIf("persist", tun.Persistent);
        WriteOwner(report, "user", tun.Owner, Accounts.User);
        WriteOwner(report, "group", tun.Group, Accounts.Group);
    }

    private static void WriteOwner(Report report, string name, uint? id, Func<uint, string?> nameOf)
    {
        if (id is not { } number)
            return;
        if (nameOf(number) is { } known)
            report.Text(name, known);
        else
            report.Number(name, number);
    }
}
