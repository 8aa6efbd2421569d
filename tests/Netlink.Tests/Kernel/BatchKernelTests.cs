using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Kernel;

[Trait("Category", "Kernel")]
public class BatchKernelTests : KernelTest
{
    [Fact]
    public void Changes_And_Refusals_Land_On_Their_Messages()
    {
        Requires.Tool("ip");
        var indexes = Enumerable.Range(0, 20).Select(i => Client.AddLink($"shape{i}", default(IfbLink)).Index).ToArray();
        using var socket = OpenSocket();
        var batch = new NetlinkBatch();
        for (var i = 0; i < 20; i++)
        {
            var message = batch.Begin((ushort)RTM.RTM_NEWLINK, NLM_F.NONE, 128);
            message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = i % 7 == 3 ? 999_999 : indexes[i] }).Put(IFLA.IFLA_TXQLEN, 100u + (uint)i);
            batch.Commit(message);
        }

        var sink = new Sink();
        Assert.Equal(new BatchResult(20, 3, false), batch.Send(socket, ref sink));
        Assert.Equal(["3 ENODEV", "10 ENODEV", "17 ENODEV"], sink.Refusals);
        var seen = Witness.Run(Namespace, "ip", "link");
        for (var i = 0; i < 20; i++)
            Assert.Equal(i % 7 != 3, seen.Contains($"qlen {100 + i}\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Gets_Are_Matched_And_None_Is_Lost_Even_With_The_Smallest_Buffers()
    {
        var link = Client.AddLink("shape0", default(IfbLink), new LinkChange { Alias = new string('x', 255) });
        using var socket = OpenSocket(receiveBuffer: 16 * 1024, sendBuffer: 8 * 1024);
        var batch = new NetlinkBatch();
        for (var i = 0; i < 500; i++)
            batch.Add(Message(RTM.RTM_GETLINK, i % 3 == 0 ? 999_999 : link.Index));
        var sink = new Sink();
        Assert.Equal(new BatchResult(500, 167, false), batch.Send(socket, ref sink));
        Assert.Equal(Enumerable.Range(0, 500).Where(static i => i % 3 == 0).Select(static i => $"{i} ENODEV"), sink.Refusals);
        Assert.Equal(Enumerable.Range(0, 500).Where(static i => i % 3 != 0).Select(static i => $"{i} shape0"), sink.Replies);
    }

    [Fact]
    public void Longest_Datagrams_Fit_The_Default_Buffers()
    {
        using var socket = OpenSocket(receiveBuffer: null, sendBuffer: null);
        var batch = new NetlinkBatch();
        for (var i = 0; i < 100; i++)
        {
            // 4 KiB each, of which the kernel takes no notice: padding of an attribute that it does not know.
            var message = batch.Begin((ushort)RTM.RTM_NEWLINK, NLM_F.NONE, 8192);
            message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = 999_999 }).Put((IFLA)200, new byte[4096]);
            batch.Commit(message);
        }

        Assert.Equal(new BatchResult(100, 100, false), batch.Send(socket));
    }

    [Fact]
    public void Answers_That_Do_Not_Fit_Are_Told()
    {
        Requires.Tool("ip");
        var link = Client.AddLink("shape0", default(IfbLink));
        // Some 7 KiB for one answer, more than a page.
        foreach (var names in Enumerable.Range(0, 40).Select(static i => $"altname {new string('n', 110)}{i}").Chunk(5))
            Witness.Run(Namespace, "ip", $"link property add dev shape0 {string.Join(' ', names)}");
        using var socket = OpenSocket(receiveBuffer: 32 * 1024);
        var batch = new NetlinkBatch();
        for (var i = 0; i < 50; i++)
            batch.Add(Message(RTM.RTM_GETLINK, link.Index));
        var sink = new Sink();
        var result = batch.Send(socket, ref sink);
        Assert.True(result.RepliesLost);
        Assert.False(result.IsSuccess);
        Assert.InRange(sink.Replies.Count, 1, 49);

        Assert.False(socket.TryRequest(Message(RTM.RTM_DELLINK, 999_999), null, out var error));
        Assert.Equal(Errno.ENODEV, error.Number);
    }

    /// <summary>The evidence for <see cref="NetlinkBatch.AnswerCost"/>.</summary>
    [Fact]
    public void No_Answer_Of_Up_To_A_Page_Costs_More_Than_Is_Reckoned()
    {
        var plain = Client.AddLink("shape0", default(IfbLink)).Index;
        var named = Client.AddLink("shape1", default(IfbLink), new LinkChange { Alias = new string('x', 255) }).Index;
        var wrong = MessageWriter.Begin(new byte[64], (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_ACK);
        wrong.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = plain }).PutFlag(IFLA.IFLA_TXQLEN);
        (string What, byte[] Message)[] requests =
        [
            ("acknowledgement", Message(RTM.RTM_NEWLINK, plain, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK)),
            ("refusal", Message(RTM.RTM_DELLINK, 999_999, NLM_F.NLM_F_REQUEST)),
            ("refusal with words, attribute and policy", wrong.Message.ToArray()),
            ("link", Message(RTM.RTM_GETLINK, plain, NLM_F.NLM_F_REQUEST)),
            ("link with an alias", Message(RTM.RTM_GETLINK, named, NLM_F.NLM_F_REQUEST)),
        ];
        foreach (var (what, message) in requests)
        {
            BitConverter.TryWriteBytes(message.AsSpan(6), (ushort)((NLM_F)BitConverter.ToUInt16(message, 6) | NLM_F.NLM_F_REQUEST));
            using var socket = new RawSocket(Namespace, NETLINK.NETLINK_ROUTE);
            for (var i = 0; i < 10; i++)
                socket.Send(message);
            var cost = socket.Used / 10;
            TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {cost}");
            Assert.InRange(cost, 1, NetlinkBatch.AnswerCost);
        }
    }

    private readonly struct Sink : IBatchSink
    {
        public Sink()
        {
        }

        public List<string> Replies { get; } = [];

        public List<string> Refusals { get; } = [];

        public void Reply(int index, scoped in NetlinkMessage message) => Replies.Add($"{index} {Link.Read(message).Name}");

        public void Refused(int index, in NetlinkError error) => Refusals.Add($"{index} {error}");
    }
}
