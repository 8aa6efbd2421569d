using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Vffnl.Tests.Conntrack;

/// <summary>What <c>conntrack -o xml,extended,id</c> prints of a flow beside what it would print if vffnl's JSON were all that there is: each element and attribute, those included that are not there.</summary>
internal static class XmlFields
{
    private static readonly string[] WithPorts = ["tcp", "udp", "udplite", "sctp", "dccp"];

    /// <summary>Fails where anything differs but what runs on between the two looks.</summary>
    public static void AssertEqual(XElement theirs, JsonElement ours)
    {
        var expected = Leaves(theirs).ToList();
        // Of DCCP's states it depends on the tool's version whether they are printed.
        var withDccp = expected.Any(static l => l.StartsWith("independent/state ", StringComparison.Ordinal));
        var told = Told(ours, withDccp ? ["tcp", "sctp", "dccp"] : ["tcp", "sctp"]).ToList();
        Assert.Equal(expected.Where(static l => !IsClock(l)).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        var timeout = expected.Single(static l => l.StartsWith("independent/timeout ", StringComparison.Ordinal));
        Assert.InRange(ours.GetProperty("timeout").GetInt64() - long.Parse(timeout.Split(' ')[1], CultureInfo.InvariantCulture), 0, 60);
    }

    private static bool IsClock(string leaf) => leaf.StartsWith("independent/timeout ", StringComparison.Ordinal) || leaf.StartsWith("independent/deltatime ", StringComparison.Ordinal);

    /// <summary>The names on the way, and the value.</summary>
    private static IEnumerable<string> Leaves(XElement flow) =>
        flow.Elements("meta").SelectMany(static meta => Leaves(meta, meta.Attribute("direction")!.Value, isMeta: true));

    private static IEnumerable<string> Leaves(XElement element, string way, bool isMeta = false)
    {
        foreach (var attribute in element.Attributes().Where(_ => !isMeta))
            yield return $"{way}@{attribute.Name} {attribute.Value}";
        foreach (var child in element.Elements())
        {
            foreach (var leaf in Leaves(child, $"{way}/{child.Name}"))
                yield return leaf;
        }

        if (!element.HasElements && !element.HasAttributes)
            yield return $"{way} {element.Value}";
    }

    private static IEnumerable<string> Told(JsonElement flow, string[] transports)
    {
        foreach (var direction in (string[])["original", "reply"])
        {
            foreach (var leaf in Direction(flow, direction))
                yield return $"{direction}/{leaf}";
        }

        foreach (var name in (string[])["mark", "zone", "use", "id"])
        {
            if (flow.TryGetProperty(name, out var value))
                yield return $"independent/{name} {value}";
        }

        foreach (var transport in transports)
        {
            if (flow.TryGetProperty(transport, out var tracking))
                yield return $"independent/state {StateOf(transport, tracking.GetProperty("state").GetString()!)}";
        }

        if (FlowJson.Has(flow, "assured"))
            yield return "independent/assured ";
        if (!FlowJson.Has(flow, "seen_reply"))
            yield return "independent/unreplied ";
        if (flow.TryGetProperty("security_context", out var context))
            yield return $"independent/secctx {context}";
    }

    private static IEnumerable<string> Direction(JsonElement flow, string direction)
    {
        var tuple = flow.GetProperty(direction);
        var v6 = flow.GetProperty("family").GetString() == "inet6";
        var protocol = tuple.GetProperty("protocol").GetString()!;
        yield return $"layer3@protonum {(v6 ? 10 : 2)}";
        yield return $"layer3@protoname {(v6 ? "ipv6" : "ipv4")}";
        yield return $"layer3/src {tuple.GetProperty("src")}";
        yield return $"layer3/dst {tuple.GetProperty("dst")}";
        yield return $"layer4@protonum {FlowJsonLines.NumberOf(protocol)}";
        yield return $"layer4@protoname {NameOf(protocol)}";
        if (WithPorts.Contains(protocol))
        {
            // A kernel that does not know DCCP any more sends no ports of it, and the tool prints zeros.
            yield return $"layer4/sport {(tuple.TryGetProperty("sport", out var source) ? source : "0")}";
            yield return $"layer4/dport {(tuple.TryGetProperty("dport", out var destination) ? destination : "0")}";
        }
        else if (protocol == "gre")
        {
            yield return $"layer4/srckey 0x{tuple.GetProperty("sport").GetUInt16():x}";
            yield return $"layer4/dstkey 0x{tuple.GetProperty("dport").GetUInt16():x}";
        }

        if (tuple.TryGetProperty("zone", out var zone))
            yield return $"zone {zone}";
        if (flow.TryGetProperty($"{direction}_counters", out var counters))
        {
            yield return $"counters/packets {counters.GetProperty("packets")}";
            yield return $"counters/bytes {counters.GetProperty("bytes")}";
        }
    }

    /// <summary>The tool tells every state under the name that TCP's of the same number has.</summary>
    private static string StateOf(string transport, string state)
    {
        var names = transport == "sctp" ? FlowJsonLines.SctpStates : transport == "dccp" ? FlowJsonLines.DccpStates : FlowJsonLines.TcpStates;
        return FlowJsonLines.TcpStates[Array.IndexOf(names, state)].ToUpperInvariant();
    }

    /// <summary>The tool knows fewer names.</summary>
    private static string NameOf(string protocol) => protocol is "icmp" or "tcp" or "udp" or "dccp" or "gre" or "icmpv6" or "sctp" or "udplite" ? protocol : "unknown";
}
