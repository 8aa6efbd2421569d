using System.CommandLine;
using System.Text;
using VffNetlink.Conntrack;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Uapi;
using Vffnl.Cli;

namespace Vffnl.Decode;

/// <summary><c>vffnl decode</c>: captured messages, attribute by attribute.</summary>
internal static class DecodeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string>("HEX|FILE")
        {
            Description = "Messages in hexadecimal (blanks, colons, and lines from a # on do not count), or a file: with the same, with the bytes as they are, or a capture of an nlmon device (pcap).",
        };
        var protocol = new Option<string>("--protocol", "-p")
        {
            Description = "Whose messages they are, where no capture tells it.",
            HelpName = "route|netfilter|generic",
            DefaultValueFactory = static _ => "route",
        };
        var command = new Command("decode", "Tells captured netlink messages: their names, headers, attributes and values.") { input, protocol };
        command.SetAction(parsed =>
        {
            using var ns = Target.Open(parsed);
            var printer = new MessagePrinter(MessageCatalog.Combine(RouteCatalog.Messages, TcCatalog.Messages, ConntrackCatalog.Messages, NftCatalog.Messages));
            var text = new StringBuilder();
            foreach (var (socket, bytes) in Captured.Read(parsed.GetValue(input)!, ProtocolOf(parsed.GetValue(protocol)!)))
                printer.Print(socket, bytes.Span, text);
            terminal.Output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        });
        return command;
    }

    private static NETLINK ProtocolOf(string name) => name switch
    {
        "route" => NETLINK.NETLINK_ROUTE,
        "netfilter" => NETLINK.NETLINK_NETFILTER,
        "generic" => NETLINK.NETLINK_GENERIC,
        _ => throw new UsageException($"--protocol is route, netfilter or generic, not \"{name}\""),
    };
}
