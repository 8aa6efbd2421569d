using System.CommandLine;
using VffNetlink;

namespace Vffnl.Cli;

/// <summary>The options that several commands have.</summary>
internal static class Options
{
    /// <summary>The name of <see cref="Netns"/>.</summary>
    public const string NetnsName = "--netns";

    /// <summary>Where to look; all commands have it.</summary>
    public static Option<string?> Netns() => new(NetnsName)
    {
        Description = "The network namespace: a name of ip netns, or a path such as /proc/1234/ns/net. Without it, one's own.",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary>The form of the output.</summary>
    public static Option<bool> Json() => new("--json", "-j") { Description = "Prints JSON, with the keys and values of ip -j -d." };

    /// <summary>One address family alone.</summary>
    public static Option<InetFamily> Family(string description) => new("--family", "-f")
    {
        Description = description,
        HelpName = "inet|inet6",
        CustomParser = static result =>
        {
            switch (result.Tokens is [var token] ? token.Value : "")
            {
                case "inet":
                    return InetFamily.IPv4;
                case "inet6":
                    return InetFamily.IPv6;
                default:
                    result.AddError("--family is inet or inet6");
                    return default;
            }
        },
    };
}
