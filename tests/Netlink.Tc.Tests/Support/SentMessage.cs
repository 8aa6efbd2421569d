using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests.Support;

/// <summary>The one message that a client sends, acknowledged by a kernel that does nothing.</summary>
internal static class SentMessage
{
    /// <summary>Of a verb that sends it alone.</summary>
    public static byte[] Of(Action<TcClient> act)
    {
        var transport = new ScriptedTransport();
        transport.OnSend = request => transport.Reply(Answer(request));
        using var client = new TcClient(new NetlinkSocket(transport));
        act(client);
        return Assert.Single(transport.Sent);
    }

    /// <summary>Of a verb that puts it into a batch.</summary>
    public static byte[] OfBatch(Action<NetlinkBatch> act) => Of(client =>
    {
        var batch = new NetlinkBatch();
        act(batch);
        Assert.Equal(1, batch.Count);
        Assert.True(client.Send(batch).IsSuccess);
    });

    private static byte[] Answer(byte[] request)
    {
        var flags = (NLM_F)BitConverter.ToUInt16(request, 6);
        return (flags & NLM_F.NLM_F_DUMP) == NLM_F.NLM_F_DUMP && (flags & NLM_F.NLM_F_ACK) == 0
            ? ScriptedTransport.Message((ushort)NLMSG.NLMSG_DONE, NLM_F.NLM_F_MULTI, ScriptedTransport.SequenceOf(request), new byte[4])
            : ScriptedTransport.Ack(request, 0);
    }
}
