namespace Vffnl.Tests.Conntrack;

/// <summary>What cannot be meant ends with 2 and one line that names it, before anything is asked of the kernel.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("ct", "see vffnl ct --help")]
    [InlineData("ct flush", "\"flush\" is not known here; see vffnl ct --help")]
    [InlineData("ct list now", "\"now\" is not known here; see vffnl ct list --help")]
    [InlineData("ct list --mark five", "--mark: \"five\" is no number up to 4294967295; see vffnl ct list --help")]
    [InlineData("ct list --mark 0x100/0xff", "--mark: 0x100 has bits outside its mask 0xff")]
    [InlineData("ct list --mark 4294967296", "--mark: \"4294967296\" is no number")]
    [InlineData("ct list --zone 65536", "--zone: \"65536\" is no number up to 65535")]
    [InlineData("ct list --zone -1", "--zone")]
    [InlineData("ct list --proto tpc", "--proto: \"tpc\" is no transport")]
    [InlineData("ct list --proto 256", "--proto: \"256\" is no transport")]
    [InlineData("ct list --status assured,sure", "--status: \"sure\" is no bit of the status: expected, seen_reply")]
    [InlineData("ct list --status assured,!assured", "--status: assured is named twice")]
    [InlineData("ct list --labels 128", "--labels: \"128\" is no label; they are 0 to 127")]
    [InlineData("ct list --labels 5,!5", "--labels: label 5 is named twice")]
    [InlineData("ct list --orig-src 192.0.2.256", "--orig-src: \"192.0.2.256\" is not an IPv4 or IPv6 address")]
    [InlineData("ct list --reply-dst 192.0.2.0/33", "--reply-dst: \"192.0.2.0/33\" is no prefix")]
    [InlineData("ct list --orig-src 192.0.2.1 --reply-src 2001:db8::1", "--orig-src and --reply-src are of two families")]
    [InlineData("ct list --family inet6 --orig-dst 192.0.2.1", "--family and --orig-dst are of two families")]
    [InlineData("ct list --proto tcp --icmp-type 8", "--icmp-type and --proto are of two transports: no flow can be meant")]
    [InlineData("ct delete --proto icmpv6 --reply-dport 443", "--proto and --reply-dport are of two transports: no flow can be meant")]
    [InlineData("ct list --icmp-id 0 --orig-sport 0", "--icmp-id and --orig-sport are of two transports: no flow can be meant")]
    [InlineData("ct list --zero --dying", "exclude each other")]
    [InlineData("ct get", "a flow is named by a whole tuple")]
    [InlineData("ct get --proto tcp --orig-src 192.0.2.1 --orig-dst 192.0.2.2 --orig-sport 5", "a flow is named by a whole tuple")]
    [InlineData("ct get --proto dccp --orig-src 192.0.2.1 --orig-dst 192.0.2.2 --orig-sport 5", "a flow is named by a whole tuple")]
    [InlineData("ct get --proto dccp --orig-src 192.0.2.1", "a flow is named by a whole tuple")]
    [InlineData("ct get --proto esp --orig-src 192.0.2.0/24 --orig-dst 192.0.2.2", "a flow is named by a whole tuple")]
    [InlineData("ct get --proto icmp --orig-src 192.0.2.1 --orig-dst 192.0.2.2 --icmp-type 8", "a flow is named by a whole tuple")]
    [InlineData("ct set --mark 5", "nothing is to change")]
    [InlineData("ct set --set-mark 5", "no flow is named; --all means every one")]
    [InlineData("ct set --set-mark 5 --all --zone 1", "has no place beside conditions")]
    [InlineData("ct set --set-mark 5/3 --all", "--set-mark: 0x5 has bits outside its mask 0x3")]
    [InlineData("ct set --set-status !assured --all", "--set-status: the kernel sets bits of the status and takes none away")]
    [InlineData("ct set --set-tcp-state open --all", "--set-tcp-state: \"open\" is no state of a TCP connection")]
    [InlineData("ct delete", "no flow is named; --all means every one")]
    [InlineData("ct delete --all --mark 5", "has no place beside conditions")]
    [InlineData("ct copy", "--to-netns")]
    [InlineData("ct copy --to-netns no-such-namespace", "there is no network namespace no-such-namespace: ENOENT")]
    [InlineData("ct copy --to-netns ..", "\"..\" is not the name of a network namespace")]
    [InlineData("ct copy --to-netns /proc/self/ns/mnt", "not a network namespace")]
    [InlineData("ct stats --mark 5", "\"--mark\" is not known here")]
    [InlineData("monitor ct --event born", "--event: \"born\" is no kind of event: new, update, destroy")]
    public void What_Cannot_Be_Meant_Is_2_And_One_Line(string arguments, string told)
    {
        var (code, output, error) = Tool.Run(arguments.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("vffnl: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ct list")]
    [InlineData("ct get --proto udp --orig-src 192.0.2.1 --orig-dst 192.0.2.2 --orig-sport 5 --orig-dport 6")]
    [InlineData("ct set --all --set-mark 1")]
    [InlineData("ct delete --all")]
    [InlineData("ct copy --to-netns /proc/self/ns/net")]
    [InlineData("ct stats --json")]
    [InlineData("monitor ct")]
    public void A_Namespace_That_Is_Not_There_Is_2_And_One_Line(string arguments)
    {
        var (code, output, error) = Tool.Run([.. arguments.Split(' '), "--netns", "no-such-namespace"]);
        Assert.Equal((2, "", "vffnl: there is no network namespace no-such-namespace: ENOENT\n"), (code, output, error));
    }

    [Theory]
    [InlineData("--help", "ct")]
    [InlineData("ct --help", "list", "get", "set", "delete", "copy", "stats", "--netns")]
    [InlineData("ct list --help", "--json", "--mark", "--zone", "--proto", "--orig-src", "--reply-dport", "--status", "--labels", "--id", "--family", "--icmp-id", "--zero")]
    [InlineData("ct set --help", "--set-mark", "--set-timeout", "--set-labels", "--set-status", "--set-tcp-state", "--no-helper", "--all", "--orig-src")]
    [InlineData("ct copy --help", "--to-netns", "--netns", "--mark")]
    [InlineData("monitor --help", "ct")]
    [InlineData("monitor ct --help", "--event", "--mark", "--orig-src", "--buffer")]
    public void Help_Tells_What_There_Is(string arguments, params string[] told)
    {
        var (code, output, error) = Tool.Run(arguments.Split(' '));
        Assert.Equal((0, ""), (code, error));
        Assert.All(told, word => Assert.Contains(word, output, StringComparison.Ordinal));
    }
}
