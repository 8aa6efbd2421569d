using System.Globalization;
using System.Text.Json;

namespace Vffnl.Tests.Conntrack;

/// <summary>What <c>ctdump.c</c> would print of a flow, made of vffnl's JSON alone: a field that vffnl does not tell is a line that is missing, a key that nobody knows is one too many.</summary>
internal static class FlowJsonLines
{
    internal static readonly string[] TcpStates = ["none", "syn_sent", "syn_recv", "established", "fin_wait", "close_wait", "last_ack", "time_wait", "close", "syn_sent2"];
    internal static readonly string[] SctpStates =
        ["none", "closed", "cookie_wait", "cookie_echoed", "established", "shutdown_sent", "shutdown_recd", "shutdown_ack_sent", "heartbeat_sent", "heartbeat_acked"];

    internal static readonly string[] DccpStates = ["none", "request", "respond", "partopen", "open", "closereq", "closing", "timewait"];
    private static readonly string[] StatusBits =
    [
        "expected", "seen_reply", "assured", "confirmed", "src_nat", "dst_nat", "seq_adjust", "src_nat_done", "dst_nat_done", "dying", "fixed_timeout", "template", "untracked", "helper",
        "offload", "hw_offload",
    ];

    private static readonly string[] TcpFlags = ["window_scale", "sack_perm", "close_init", "be_liberal", "data_unacknowledged", "maxack_set", "challenge_ack", "simultaneous_open"];

    /// <summary>The lines, in no order.</summary>
    public static List<string> Of(JsonElement flow)
    {
        var v6 = Text(flow, "family") == "inet6";
        var lines = new List<string> { v6 ? "flow 10" : "flow 2" };
        foreach (var field in flow.EnumerateObject())
        {
            switch (field.Name)
            {
                case "family":
                    break;
                case "original" or "reply" or "master":
                    Tuple(lines, field.Name switch { "original" => "CTA_TUPLE_ORIG", "reply" => "CTA_TUPLE_REPLY", _ => "CTA_TUPLE_MASTER" }, field.Value, v6);
                    break;
                case "status":
                    lines.Add($"CTA_STATUS {Bits(field.Value, StatusBits)}");
                    break;
                case "zone" or "timeout" or "mark" or "id" or "use":
                    lines.Add($"CTA_{field.Name.ToUpperInvariant()} {field.Value.GetUInt32()}");
                    break;
                case "original_counters" or "reply_counters":
                    Nest(lines, field, field.Name == "original_counters" ? "CTA_COUNTERS_ORIG/CTA_COUNTERS_" : "CTA_COUNTERS_REPLY/CTA_COUNTERS_", "packets", "bytes");
                    break;
                case "timestamp":
                    Nest(lines, field, "CTA_TIMESTAMP/CTA_TIMESTAMP_", "start", "stop");
                    break;
                case "original_sequence" or "reply_sequence":
                    Adjustment(lines, field.Value, field.Name == "original_sequence" ? "CTA_SEQ_ADJ_ORIG/" : "CTA_SEQ_ADJ_REPLY/");
                    break;
                case "synproxy":
                    Nest(lines, field, "CTA_SYNPROXY/CTA_SYNPROXY_", "isn", "its", "tsoff");
                    break;
                case "helper":
                    foreach (var part in field.Value.EnumerateObject())
                        lines.Add($"CTA_HELP/{(part.Name is "name" or "info" ? "CTA_HELP_" + part.Name.ToUpperInvariant() : part.Name)} {part.Value.GetString()}");
                    break;
                case "event_time":
                    lines.Add($"CTA_TIMESTAMP_EVENT {field.Value.GetUInt64()}");
                    break;
                case "security_context":
                    lines.Add($"CTA_SECCTX/CTA_SECCTX_NAME {field.Value.GetString()}");
                    break;
                case "labels":
                    var labels = new byte[16];
                    foreach (var label in field.Value.EnumerateArray())
                        labels[label.GetInt32() / 8] |= (byte)(1 << (label.GetInt32() % 8));
                    lines.Add($"CTA_LABELS {Convert.ToHexStringLower(labels)}");
                    break;
                case "tcp" or "sctp" or "dccp":
                    foreach (var part in field.Value.EnumerateObject())
                        lines.Add($"CTA_PROTOINFO/CTA_PROTOINFO_{field.Name.ToUpperInvariant()}/CTA_PROTOINFO_{field.Name.ToUpperInvariant()}_{Transport(field.Name, part)}");
                    break;
                default:
                    lines.Add(Unknown("", field));
                    break;
            }
        }

        return lines;
    }

    /// <summary>The number of a transport.</summary>
    internal static int NumberOf(string protocol) => protocol switch
    {
        "icmp" => 1,
        "igmp" => 2,
        "tcp" => 6,
        "udp" => 17,
        "dccp" => 33,
        "gre" => 47,
        "esp" => 50,
        "ah" => 51,
        "icmpv6" => 58,
        "sctp" => 132,
        "udplite" => 136,
        _ => int.Parse(protocol, CultureInfo.InvariantCulture),
    };

    private static void Tuple(List<string> lines, string name, JsonElement tuple, bool v6)
    {
        var icmp = Text(tuple, "protocol") == "icmpv6" ? "ICMPV6" : "ICMP";
        var ip = v6 ? "V6" : "V4";
        foreach (var part in tuple.EnumerateObject())
        {
            lines.Add(part.Name switch
            {
                "protocol" => $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_NUM {NumberOf(part.Value.GetString()!)}",
                "src" or "dst" => $"{name}/CTA_TUPLE_IP/CTA_IP_{ip}_{part.Name.ToUpperInvariant()} {part.Value.GetString()}",
                "sport" => $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_SRC_PORT {part.Value.GetUInt16()}",
                "dport" => $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_DST_PORT {part.Value.GetUInt16()}",
                "icmp_type" or "icmp_code" or "icmp_id" => $"{name}/CTA_TUPLE_PROTO/CTA_PROTO_{icmp}_{part.Name[5..].ToUpperInvariant()} {part.Value.GetUInt16()}",
                "zone" => $"{name}/CTA_TUPLE_ZONE {part.Value.GetUInt16()}",
                _ => Unknown(name + "/", part),
            });
        }
    }

    private static string Transport(string transport, JsonProperty part) => (transport, part.Name) switch
    {
        ("tcp", "state") => $"STATE {Number(TcpStates, part)}",
        ("tcp", "original_scale") => $"WSCALE_ORIGINAL {part.Value.GetByte()}",
        ("tcp", "reply_scale") => $"WSCALE_REPLY {part.Value.GetByte()}",
        ("tcp", "original_flags") => $"FLAGS_ORIGINAL {Bits(part.Value, TcpFlags)}/0",
        ("tcp", "reply_flags") => $"FLAGS_REPLY {Bits(part.Value, TcpFlags)}/0",
        ("sctp", "state") => $"STATE {Number(SctpStates, part)}",
        ("sctp", "original_tag") => $"VTAG_ORIGINAL {part.Value.GetUInt32()}",
        ("sctp", "reply_tag") => $"VTAG_REPLY {part.Value.GetUInt32()}",
        ("dccp", "state") => $"STATE {Number(DccpStates, part)}",
        ("dccp", "role") => $"ROLE {(part.Value.GetString() == "server" ? 1 : 0)}",
        ("dccp", "handshake_sequence") => $"HANDSHAKE_SEQ {part.Value.GetUInt64()}",
        _ => $"{part.Name} {part.Value}",
    };

    private static void Nest(List<string> lines, JsonProperty nest, string name, params ReadOnlySpan<string> known)
    {
        foreach (var part in nest.Value.EnumerateObject())
            lines.Add($"{name}{(known.Contains(part.Name) ? part.Name.ToUpperInvariant() : part.Name)} {part.Value}");
    }

    private static void Adjustment(List<string> lines, JsonElement adjustment, string name)
    {
        foreach (var part in adjustment.EnumerateObject())
        {
            lines.Add(part.Name switch
            {
                "position" => $"{name}CTA_SEQADJ_CORRECTION_POS {part.Value.GetUInt32()}",
                "offset_before" => $"{name}CTA_SEQADJ_OFFSET_BEFORE {(uint)part.Value.GetInt32()}",
                "offset_after" => $"{name}CTA_SEQADJ_OFFSET_AFTER {(uint)part.Value.GetInt32()}",
                _ => $"{name}{part.Name} {part.Value}",
            });
        }
    }

    /// <summary>The witness tells what has no name by its number, vffnl by that of its space, too.</summary>
    private static string Unknown(string way, JsonProperty field) => $"{way}{field.Name[(field.Name.LastIndexOf('_') + 1)..]} {field.Value.GetString()}";

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static int Number(string[] names, JsonProperty field)
    {
        var number = Array.IndexOf(names, field.Value.GetString());
        return number >= 0 ? number : int.Parse(field.Value.GetString()!, CultureInfo.InvariantCulture);
    }

    private static uint Bits(JsonElement array, string[] names)
    {
        uint bits = 0;
        foreach (var item in array.EnumerateArray())
        {
            var bit = Array.IndexOf(names, item.GetString());
            bits |= bit >= 0 ? 1u << bit : uint.Parse(item.GetString().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return bits;
    }
}
