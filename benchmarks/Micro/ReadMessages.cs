using System.Net;
using BenchmarkDotNet.Attributes;
using VffNetlink.Conntrack;
using VffNetlink.Tc;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Benchmarks.Micro;

/// <summary>What reading representative messages costs, from bytes to objects.</summary>
[MemoryDiagnoser]
public class ReadMessages
{
    private readonly byte[] _class;
    private readonly byte[] _flow;

    /// <summary>Builds what is read.</summary>
    public ReadMessages()
    {
        var buffer = new byte[1024];
        var options = new HtbClass(Psched.Read(), Rate.Parse("10mbit")) { Quantum = 1600 };
        var message = MessageWriter.Begin(buffer, (ushort)RTM_TC.RTM_NEWTCLASS, NLM_F.NLM_F_MULTI);
        var attributes = message.PutHeader<tcmsg, TCA>(new tcmsg { tcm_ifindex = 7, tcm_parent = 0x10000, tcm_handle = 0x10002 });
        attributes.PutString(TCA.TCA_KIND, HtbClass.Kind);
        options.Write(attributes);
        _class = message.Message.ToArray();
        var tuple = new ConntrackTuple(IpProtocol.Udp, new InetAddress(IPAddress.Parse("10.0.0.1")), 1024, new InetAddress(IPAddress.Parse("192.0.2.1")), 443);
        _flow = FlowRequest.Create(buffer, new Flow { Original = tuple, Status = FlowStatus.Confirmed, Timeout = TimeSpan.FromSeconds(6000), Mark = 5 }).Message.ToArray();
    }

    /// <summary>A class of htb with its options.</summary>
    [Benchmark]
    public ulong Class()
    {
        var sum = 0UL;
        foreach (var message in new MessageReader(_class))
        {
            var view = new ClassView(message);
            if (view.TryRead<HtbClass>(out var options))
                sum += view.ClassId.Value + options.Rate.BytesPerSecond;
        }

        return sum;
    }

    /// <summary>A flow with both tuples, status, timeout and mark.</summary>
    [Benchmark]
    public ulong FlowInfo()
    {
        var sum = 0UL;
        foreach (var message in new MessageReader(_flow))
        {
            var flow = FlowView.Read(message).ToInfo();
            sum += flow.Original.SourcePort + (ulong)(flow.Mark ?? 0);
        }

        return sum;
    }
}
