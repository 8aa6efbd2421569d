using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Captured dumps and events of flows with everything that a kernel tells of any, attribute by attribute as a witness in C reads the same bytes.</summary>
public class CapturedGoldenTests
{
    /// <summary>What a kernel never tells, or only to a request.</summary>
    private static readonly string[] NeverTold = ["CTA_UNSPEC", "CTA_NAT_SRC", "CTA_NAT_DST", "CTA_SECMARK", "CTA_MARK_MASK", "CTA_LABELS_MASK", "CTA_FILTER", "CTA_STATUS_MASK", "CTA_EXPECT_ZONE"];

    [Theory]
    [InlineData("flows-6.18.txt")]
    [InlineData("flows-6.12.txt")]
    [InlineData("flow-events-6.18.txt")]
    [InlineData("flow-events-6.12.txt")]
    [InlineData("expectations.txt")]
    [InlineData("expectation-events.txt")]
    public void Every_Attribute_Is_Read_As_A_Witness_In_C_Reads_It(string name)
    {
        var messages = Captured(name);
        var theirs = Told(messages);
        Assert.Equal(messages.Count, theirs.Count);
        for (var i = 0; i < messages.Count; i++)
            Assert.Equal(theirs[i].Order(StringComparer.Ordinal), Ours(messages[i]).Order(StringComparer.Ordinal));
    }

    /// <summary>The captures have every attribute there is, so that none is left out above.</summary>
    [Fact]
    public void Every_Attribute_Was_Captured()
    {
        string[] files = ["flows-6.18.txt", "flows-6.12.txt", "flow-events-6.18.txt", "flow-events-6.12.txt", "expectations.txt", "expectation-events.txt"];
        var told = FlowWitness.NamesIn(files.SelectMany(static name => Told(Captured(name))));
        IEnumerable<string> names =
        [
            .. Enum.GetNames<CTA>(), .. Enum.GetNames<CTA_TUPLE>(), .. Enum.GetNames<CTA_IP>(), .. Enum.GetNames<CTA_PROTO>(), .. Enum.GetNames<CTA_PROTOINFO>(),
            .. Enum.GetNames<CTA_PROTOINFO_TCP>(), .. Enum.GetNames<CTA_PROTOINFO_SCTP>(), .. Enum.GetNames<CTA_PROTOINFO_DCCP>(), .. Enum.GetNames<CTA_TIMESTAMP>(),
            .. Enum.GetNames<CTA_SEQADJ>(), .. Enum.GetNames<CTA_SYNPROXY>(), .. Enum.GetNames<CTA_SECCTX>(), .. Enum.GetNames<CTA_EXPECT>(), .. Enum.GetNames<CTA_EXPECT_NAT>(),
        ];
        Assert.Equal([], names.Except(told).Except(NeverTold).Where(static n => !n.EndsWith("_UNSPEC", StringComparison.Ordinal) && !n.EndsWith("_PAD", StringComparison.Ordinal)));
    }

    /// <summary>As events come, kind by kind.</summary>
    [Theory]
    [InlineData("flow-events-6.18.txt")]
    [InlineData("flow-events-6.12.txt")]
    public void Events_Are_Of_Every_Kind(string name)
    {
        var kinds = new List<FlowEventKind?>();
        foreach (var bytes in Captured(name))
            Messages.Each(bytes, (scoped in NetlinkMessage message) => kinds.Add(ConntrackEvents.KindOf(message)));
        Assert.Equal([FlowEventKind.New, FlowEventKind.Update, FlowEventKind.Destroy], kinds.Distinct().Order());
    }

    private static List<byte[]> Captured(string name) => [.. Golden.Load(name).Where(static m => BitConverter.ToUInt16(m, 4) != (ushort)NLMSG.NLMSG_DONE)];

    private static List<string> Ours(byte[] bytes)
    {
        List<string> lines = [];
        Messages.Each(bytes, (scoped in NetlinkMessage message) => lines = ExpectationView.IsExpectation(message)
            ? FlowLines.Of(Expectation.Read(message))
            : FlowLines.Of(FlowView.Read(message).ToFlow()));
        return lines;
    }

    /// <summary>What the witness prints, message by message.</summary>
    private static List<List<string>> Told(List<byte[]> messages)
    {
        using var witness = new FlowWitness();
        return witness.Read(messages);
    }
}
