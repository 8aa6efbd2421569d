using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using VffQos.Configuration;
using VffQos.Flows;
using VffQos.Hosting;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;

namespace VffQos.Cli;

/// <summary><c>vffqos plan</c>: what <c>run</c> would change, and nothing changed.</summary>
internal static class PlanCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var config = CommandLine.ConfigOption();
        var command = new Command("plan", "Prints what run would change in the kernel, and changes nothing.") { config };
        command.SetAction(parsed => CommandLine.Guard(() => Run(parsed.GetValue(config)!)));
        return command;
    }

    private static int Run(string file)
    {
        var config = ConfigReader.Read(file);
        Privilege.RequireNetAdmin("plan");
        var state = StateDatabase.Read(config.StateDirectory);
        using var shaper = Shaper.Open(ShapingPolicy.From(config), new ReadOnlyFacts(state), NullLogger.Instance);
        using var conntrack = new ConntrackFlows(config.Marks.Mask, config.Sources.SelectMany(static s => s.Ports));
        var inheritance = Inheritance.Read(config, state, conntrack, shaper);
        var marks = UserAdmission.MarksOf(config, state, inheritance.Borne(), TimeProvider.System, out _, out var added, out _);
        Console.WriteLine($"data plane {shaper.Plane.Kind.ToString().ToLowerInvariant()}: {shaper.Plane.Reason}");
        foreach (var user in added)
            Console.WriteLine($"state: mark 0x{user.Mark:x} for user \"{user.Name}\"");
        var moves = inheritance.Change(marks).Count;
        if (moves > 0)
            Console.WriteLine($"conntrack: the marks of {moves} connections come under the mask 0x{config.Marks.Mask:x8}");
        var plan = shaper.Plan([.. marks.Users.Select(u => UserAdmission.ShapeOf(config, u))]);
        foreach (var change in plan.Changes)
            Console.WriteLine(change);
        if (plan.IsEmpty && added.Count == 0 && moves == 0)
            Console.WriteLine("nothing to change");
        return 0;
    }
}
