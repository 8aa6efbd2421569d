using System.Text.Json;
using VffNetlink;
using VffNetlink.Testing.Conntrack;

namespace Vffnl.Tests.Conntrack;

/// <summary>The options that say which flows are meant, alone and together, with what they choose out of everything that there is.</summary>
[Trait("Category", "Native")]
public sealed class SelectionKernelTests : IDisposable
{
    private readonly FullTable _full = new();
    private readonly List<JsonElement> _all;

    public SelectionKernelTests() => _all = FlowJson.List(Namespace);

    private NetworkNamespace Namespace => _full.Table.Namespace;

    public void Dispose() => _full.Dispose();

    /// <summary>In one table: to fill one takes longer than to ask it.</summary>
    [Fact]
    public void Every_Option_Chooses_What_It_Says()
    {
        Assert.Equal(_full.Made.Count, _all.Count);
        Is("--family inet", static f => f.GetProperty("family").GetString() == "inet");
        Is("--family inet6", static f => f.GetProperty("family").GetString() == "inet6");
        Is("--proto tcp", static f => Original(f, "protocol") == "tcp");
        Is("--proto 6", static f => Original(f, "protocol") == "tcp");
        Is("--proto 253 --family inet6", static f => Original(f, "protocol") == "253" && f.GetProperty("family").GetString() == "inet6");
        Is("--mark 5", static f => f.GetProperty("mark").GetUInt32() == 5);
        Is("--mark 0x1/0x3", static f => (f.GetProperty("mark").GetUInt32() & 3) == 1);
        Is("--mark 0", static f => f.GetProperty("mark").GetUInt32() == 0);
        Is("--status assured", static f => FlowJson.Has(f, "assured"));
        Is("--status seen_reply,!assured", static f => FlowJson.Has(f, "seen_reply") && !FlowJson.Has(f, "assured"));
        Is("--status src_nat,dst_nat", static f => FlowJson.Has(f, "src_nat") && FlowJson.Has(f, "dst_nat"));
        Is("--zone 7", static f => ZoneOf(f) == "7");
        Is("--zone 0 --proto esp", static f => ZoneOf(f) == "0" && Original(f, "protocol") == "esp");
        Is("--labels 0,64", static f => Labels(f).Contains(0) && Labels(f).Contains(64));
        Is("--labels !0,64", static f => !Labels(f).Contains(0) && Labels(f).Contains(64));
        Is("--orig-src 10.0.0.4/30", static f => Original(f, "src") is "10.0.0.4" or "10.0.0.5" or "10.0.0.6" or "10.0.0.7");
        Is("--orig-dst 198.51.100.1 --orig-dport 20", static f => Original(f, "dst") == "198.51.100.1" && Original(f, "dport") == "20");
        Is("--orig-sport 1030", static f => Original(f, "sport") == "1030");
        Is("--reply-dst 203.0.113.0/29", static f => Reply(f, "dst")!.StartsWith("203.0.113.", StringComparison.Ordinal));
        Is("--reply-dst 203.0.113.5 --proto udp", static f => Reply(f, "dst") == "203.0.113.5" && Original(f, "protocol") == "udp");
        Is("--reply-src fd00::9", static f => Reply(f, "src") == "fd00::9");
        Is("--reply-src fd00::/8 --reply-sport 443", static f => Reply(f, "src")!.StartsWith("fd", StringComparison.Ordinal) && Reply(f, "sport") == "443");
        Is("--reply-dport 999", static f => Reply(f, "dport") == "999");
        Is("--icmp-type 8 --icmp-code 7", static f => Original(f, "icmp_type") == "8" && Original(f, "icmp_code") == "7");
        Is("--proto icmpv6 --icmp-type 139", static f => Original(f, "protocol") == "icmpv6" && Original(f, "icmp_type") == "139");
        var one = _all[_all.Count / 2];
        Is($"--id {FlowJson.IdOf(one)}", f => FlowJson.IdOf(f) == FlowJson.IdOf(one));
        Assert.Equal("[]\n", Tool.Show(Namespace, "ct", "list", "--json", "--id", $"{FlowJson.IdOf(one)}", "--mark", $"{one.GetProperty("mark").GetUInt32() + 1}"));
        Assert.Equal("", Tool.Show(Namespace, "ct", "list", "--dying"));
        Assert.Equal("", Tool.Show(Namespace, "ct", "list", "--unconfirmed"));
        Assert.Equal(_all.Count, FlowJson.List(Namespace, "--zero").Count);
        var (code, output, error) = Tool.Run("ct", "list", "--zero", "--orig-src", "10.0.0.0/8", "--netns", Tool.PathOf(Namespace));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("would set the counters of other flows to zero", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Flow_Is_Found_By_Its_Tuple_Of_Either_Direction()
    {
        var found = 0;
        foreach (var flow in _all)
        {
            // ICMP's answers have no options of their own.
            var direction = found % 2 == 0 || Original(flow, "icmp_type") is not null ? "original" : "reply";
            var same = FlowJson.One(Namespace, ["get", .. Naming(flow, direction)]);
            Assert.Equal(FlowJson.IdOf(flow), FlowJson.IdOf(same));
            Assert.Equal(flow.EnumerateObject().Select(static f => f.Name), same.EnumerateObject().Select(static f => f.Name));
            found++;
        }

        Assert.True(found > 300, $"only {found} were asked for");
        Assert.Contains(_all, static f => Original(f, "protocol") == "dccp");
    }

    [Fact]
    public void Who_Is_Not_There_Is_1_And_The_Kernels_Error()
    {
        string[] nobody = ["ct", "get", "--proto", "udp", "--orig-src", "192.0.2.99", "--orig-dst", "192.0.2.98", "--orig-sport", "1", "--orig-dport", "2", "--netns", Tool.PathOf(Namespace)];
        var (code, output, error) = Tool.Run(nobody);
        Assert.Equal((1, "", "vffnl: look for udp 192.0.2.99:1 -> 192.0.2.98:2: ENOENT\n"), (code, output, error));
        var flow = _all.First(static f => Original(f, "protocol") == "udp");
        (code, output, error) = Tool.Run(["ct", "get", .. Naming(flow, "original"), "--mark", "77", "--netns", Tool.PathOf(Namespace)]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("ENOENT: the flow that is there is not as the other conditions say", error, StringComparison.Ordinal);
    }

    private static string? Original(JsonElement flow, string field) => FlowJson.Of(flow, "original", field);

    private static string? Reply(JsonElement flow, string field) => FlowJson.Of(flow, "reply", field);

    private static int[] Labels(JsonElement flow) => flow.TryGetProperty("labels", out var labels) ? [.. labels.EnumerateArray().Select(static l => l.GetInt32())] : [];

    private static string ZoneOf(JsonElement flow) => flow.TryGetProperty("zone", out var zone) ? zone.ToString() : Original(flow, "zone") ?? Reply(flow, "zone") ?? "0";

    /// <summary>The options that name a flow by one of its tuples.</summary>
    private static string[] Naming(JsonElement flow, string direction)
    {
        var options = new List<string> { "--proto", FlowJson.Of(flow, direction, "protocol")! };
        // The zone of this direction, which need not be that of the other one.
        if ((flow.TryGetProperty("zone", out var zone) ? zone.ToString() : FlowJson.Of(flow, direction, "zone")) is { } own)
            options.AddRange(["--zone", own]);
        var way = direction == "original" ? "orig" : "reply";
        foreach (var (field, option) in ((string, string)[])[("src", $"{way}-src"), ("dst", $"{way}-dst"), ("sport", $"{way}-sport"), ("dport", $"{way}-dport"), ("icmp_type", "icmp-type"), ("icmp_code", "icmp-code"), ("icmp_id", "icmp-id")])
        {
            if (FlowJson.Of(flow, direction, field) is { } value)
                options.AddRange([$"--{option}", value]);
        }

        return [.. options];
    }

    private void Is(string options, Func<JsonElement, bool> wanted)
    {
        var expected = _all.Where(wanted).Select(FlowJson.IdOf).Order().ToList();
        Assert.True(expected.Count > 0 && expected.Count < _all.Count, $"{options} chooses {expected.Count}");
        Assert.Equal(expected, FlowJson.List(Namespace, options.Split(' ')).Select(FlowJson.IdOf).Order());
    }
}
