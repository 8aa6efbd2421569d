using System.CommandLine;
using Vffnl.Cli;

namespace Vffnl.Conntrack;

/// <summary><c>vffnl ct</c>: the flows that connection tracking knows.</summary>
internal static class CtCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) => new("ct", "The flows that connection tracking knows: shown, changed, deleted, copied and counted.")
    {
        ListCommand.Create(terminal),
        GetCommand.Create(terminal),
        SetCommand.Create(terminal),
        DeleteCommand.Create(terminal),
        CopyCommand.Create(terminal),
        StatsCommand.Create(terminal),
    };

    /// <summary>The form of the output of these commands.</summary>
    public static Option<bool> Json()
    {
        var json = Options.Json();
        json.Description = "Prints JSON (docs/vffnl.md has the keys).";
        return json;
    }
}
