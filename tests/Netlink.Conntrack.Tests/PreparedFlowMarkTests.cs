using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>A prepared mark is, byte for byte, the message that is built from scratch, whatever came before it.</summary>
public class PreparedFlowMarkTests
{
    private readonly PreparedFlowMark _prepared = new();

    [Fact]
    public void Any_Flow_And_Mark()
    {
        var random = new Random(20_261_122);
        var (buffer, scratch) = (new byte[FlowRequest.MaximumLength], new byte[FlowRequest.MaximumLength]);
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, 0));
        using var client = new ConntrackClient(new NetlinkSocket(kernel));
        var sending = new PreparedFlowMark(); // its messages bear the socket's numbers afterwards
        var batch = new NetlinkBatch();
        for (var i = 0; i < 20_000; i++)
        {
            var tuple = WriteReadTests.AnyTuple(random);
            var mask = random.Next(3) == 0 ? uint.MaxValue : (uint)random.NextInt64(1L << 32);
            var mark = new MaskedMark((uint)random.NextInt64(1L << 32) & mask, mask);
            var expected = FlowRequest.SetMark(scratch, tuple, mark).Message.ToArray();

            random.NextBytes(buffer);
            Assert.Equal(expected, _prepared.CopyTo(buffer, tuple, mark));
            Assert.Equal(expected, _prepared.Patch(tuple, mark));

            if (i % 100 != 0)
                continue;
            kernel.Sent.Clear();
            Assert.True(client.TrySetMark(tuple, mark, out _));
            Assert.True(client.TrySend(sending.Patch(tuple, mark), out _));
            batch.Clear();
            Assert.Equal(0, _prepared.AddTo(batch, tuple, mark));
            Assert.True(client.Send(batch).IsSuccess);
            Assert.Equal(3, kernel.Sent.Count);
            foreach (var sent in kernel.Sent)
                sent.AsSpan(8, 4).Clear(); // the sequence number
            Assert.Equal(kernel.Sent[0], kernel.Sent[1]);
            Assert.Equal(kernel.Sent[0], kernel.Sent[2]);
        }
    }

    [Fact]
    public void Default_Tuple_And_Short_Buffer_Are_Refused()
    {
        var batch = new NetlinkBatch();
        Assert.Throws<ArgumentException>(() => _prepared.Patch(default, new MaskedMark(1)));
        Assert.Throws<ArgumentException>(() => _prepared.CopyTo(new byte[512], default, new MaskedMark(1)));
        Assert.Throws<ArgumentException>(() => _prepared.AddTo(batch, default, new MaskedMark(1)));
        Assert.Throws<ArgumentException>(() => _prepared.CopyTo(new byte[40], Flows.Tcp4, new MaskedMark(1)));
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public void Nothing_Is_Allocated()
    {
        var buffer = new byte[FlowRequest.MaximumLength];
        var batch = new NetlinkBatch();
        var icmp = ConntrackTuple.Icmp(Flows.Tcp4.Source, Flows.Tcp4.Destination, 8, 0, 1);
        var mark = 0u;
        Allocations.None(() =>
        {
            batch.Clear();
            mark++;
            foreach (var tuple in (ReadOnlySpan<ConntrackTuple>)[Flows.Tcp4, Flows.Udp6, Flows.Tcp4.InZone(3), icmp])
            {
                _prepared.Patch(tuple, new MaskedMark(mark));
                _prepared.CopyTo(buffer, tuple, new MaskedMark(mark & 0xffff, 0xffff));
                _prepared.AddTo(batch, tuple, new MaskedMark(mark));
            }
        });
    }
}
