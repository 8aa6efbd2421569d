using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using VffNetlink.Conntrack;
using Xunit;

namespace VffNetlink.Testing.Conntrack;

/// <summary>What <c>conntrack -o xml,id</c> says, to compare with what we read.</summary>
internal static partial class ConntrackXml
{
    /// <summary>The flows that it printed; behind an event there is other text, too.</summary>
    public static List<XElement> Read(string output) => [.. Flow().Matches(output).Select(static m => XElement.Parse(m.Value))];

    /// <summary>The flow's id.</summary>
    public static uint IdOf(XElement flow) => Number(Independent(flow), "id")!.Value;

    /// <summary>The zone of both directions.</summary>
    public static ushort? ZoneOf(XElement flow) => (ushort?)Number(Independent(flow), "zone");

    /// <summary>Compares everything that the tool prints of a flow, also what it does not print.</summary>
    /// <param name="expected">The tool's view.</param>
    /// <param name="actual">Ours.</param>
    /// <param name="sameMoment">Whether both looked at the same message, so that what changes by itself is the same.</param>
    public static void AssertEqual(XElement expected, Flow actual, bool sameMoment = true)
    {
        var independent = Independent(expected);
        var zone = ZoneOf(expected);
        AssertTuple(Meta(expected, "original"), actual.Original, zone ?? 0);
        AssertTuple(Meta(expected, "reply"), actual.Reply!.Value, zone ?? 0);
        Assert.Equal(Number(independent, "id"), actual.Id);
        Assert.Equal(Number(independent, "mark"), actual.Mark);
        Assert.Equal(independent.Element("assured") is not null, actual.Status!.Value.HasFlag(FlowStatus.Assured));
        Assert.Equal(independent.Element("unreplied") is null, actual.Status.Value.HasFlag(FlowStatus.SeenReply));
        Assert.Equal(Counters(Meta(expected, "original")), actual.OriginalCounters);
        Assert.Equal(Counters(Meta(expected, "reply")), actual.ReplyCounters);
        if (actual.Original.Protocol == IpProtocol.Tcp)
            Assert.Equal(independent.Element("state")?.Value, NameOf(actual.Tcp?.State));
        else
            Assert.Null(actual.Tcp);
        Assert.Equal(independent.Element("deltatime") is not null, actual.Timestamps is not null);
        if (!sameMoment)
            return;
        Assert.Equal(Number(independent, "timeout"), (uint?)actual.Timeout?.TotalSeconds);
        Assert.Equal(Number(independent, "use"), actual.UseCount);
    }

    private static void AssertTuple(XElement expected, in ConntrackTuple actual, ushort zoneOfBoth)
    {
        var addresses = expected.Element("layer3")!;
        var transport = expected.Element("layer4")!;
        Assert.Equal((byte)Number(addresses, "@protonum")!, (byte)actual.Family);
        Assert.Equal(addresses.Element("src")!.Value, actual.Source.ToString());
        Assert.Equal(addresses.Element("dst")!.Value, actual.Destination.ToString());
        Assert.Equal((byte)Number(transport, "@protonum")!, (byte)actual.Protocol);
        Assert.Equal((ushort?)Number(expected, "zone") ?? zoneOfBoth, actual.Zone);
        if (actual.IsIcmp)
            return; // the tool prints nothing of it
        Assert.Equal(Number(transport, "sport") ?? Number(transport, "srckey") ?? 0, actual.SourcePort);
        Assert.Equal(Number(transport, "dport") ?? Number(transport, "dstkey") ?? 0, actual.DestinationPort);
    }

    private static FlowCounters? Counters(XElement meta) => meta.Element("counters") is { } counters
        ? new FlowCounters(
            ulong.Parse(counters.Element("packets")!.Value, CultureInfo.InvariantCulture), ulong.Parse(counters.Element("bytes")!.Value, CultureInfo.InvariantCulture))
        : null;

    private static XElement Meta(XElement flow, string direction) => flow.Elements("meta").Single(m => m.Attribute("direction")!.Value == direction);

    private static XElement Independent(XElement flow) => Meta(flow, "independent");

    private static uint? Number(XElement parent, string name)
    {
        var text = name[0] == '@' ? parent.Attribute(name[1..])?.Value : parent.Element(name)?.Value;
        return text is null ? null
            : text.StartsWith("0x", StringComparison.Ordinal) ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : uint.Parse(text, CultureInfo.InvariantCulture);
    }

    private static string? NameOf(TcpState? state) => state switch
    {
        null => null,
        TcpState.SynSent => "SYN_SENT",
        TcpState.SynReceived => "SYN_RECV",
        TcpState.FinWait => "FIN_WAIT",
        TcpState.CloseWait => "CLOSE_WAIT",
        TcpState.LastAck => "LAST_ACK",
        TcpState.TimeWait => "TIME_WAIT",
        _ => state.ToString()!.ToUpperInvariant(),
    };

    [GeneratedRegex("<flow.*?</flow>", RegexOptions.Singleline)]
    private static partial Regex Flow();
}
