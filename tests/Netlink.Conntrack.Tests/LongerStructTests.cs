using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>A newer kernel may append to its structs and send attributes that nobody here knows; the rest is read all the same.</summary>
public class LongerStructTests
{
    [Fact]
    public void Tcp_Flags()
    {
        var message = MessageWriter.Begin(new byte[128], 0, NLM_F.NONE);
        var tcp = message.PutHeader<nfgenmsg, CTA_PROTOINFO_TCP>(default);
        tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, [(byte)IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_SACK_PERM, 0, 1, 2, 3]);
        tcp.Put((CTA_PROTOINFO_TCP)77, 1u);
        tcp.Put(CTA_PROTOINFO_TCP.CTA_PROTOINFO_TCP_STATE, (byte)TCP_CONNTRACK.TCP_CONNTRACK_ESTABLISHED);
        var read = TcpTracking.Read(new AttributeReader<CTA_PROTOINFO_TCP>(message.Message[20..]));
        Assert.Equal(((TcpFlags)IP_CT_TCP_FLAG.IP_CT_TCP_FLAG_SACK_PERM, (TcpState)TCP_CONNTRACK.TCP_CONNTRACK_ESTABLISHED), (read.OriginalFlags, read.State));
    }
}
