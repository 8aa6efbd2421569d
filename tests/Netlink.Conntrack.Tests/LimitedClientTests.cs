using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Every verb can be given a deadline or be cancelled.</summary>
public sealed class LimitedClientTests
{
    private static readonly Expectation Expected = new() { Master = Flows.Tcp4, Tuple = Flows.Udp4, Timeout = TimeSpan.FromSeconds(30) };
    private static readonly UserHelper Helper = new()
    {
        Name = "ours",
        Family = InetFamily.IPv4,
        Protocol = IpProtocol.Tcp,
        Policies = [new HelperPolicy("first", 1, TimeSpan.FromSeconds(30))],
    };

    private static readonly TimeoutPolicy Policy = new() { Name = "short", Family = InetFamily.IPv4, Protocol = IpProtocol.Udp };

    [Fact]
    public void Every_Verb_Heeds_The_Limit()
    {
        using var kernel = new ScriptedTransport();
        using var client = new ConntrackClient(new NetlinkSocket(kernel), new NetlinkSocket(kernel));
        using var other = new ConntrackClient(new NetlinkSocket(kernel));
        new Verbs<ConntrackClient>()
            .Add(nameof(ConntrackClient.TryGet), static c => c.TryGet(Flows.Tcp4, out _, out _))
            .Add(nameof(ConntrackClient.Get), static c => c.Get(Flows.Tcp4))
            .Add(nameof(ConntrackClient.Find), static c => c.Find(Flows.Tcp4))
            .Add(nameof(ConntrackClient.GetAndZeroCounters), static c => c.GetAndZeroCounters(Flows.Tcp4))
            .Add(nameof(ConntrackClient.TrySetMark), static c => c.TrySetMark(Flows.Tcp4, new MaskedMark(1), out _))
            .Add(nameof(ConntrackClient.SetMark), static c => c.SetMark(Flows.Tcp4, new MaskedMark(1)))
            .Add(nameof(ConntrackClient.TryUpdate), static c => c.TryUpdate(Flows.Tcp4, new FlowChange { Mark = new MaskedMark(1) }, out _))
            .Add(nameof(ConntrackClient.Update), static c => c.Update(Flows.Tcp4, new FlowChange { Mark = new MaskedMark(1) }))
            .Add(nameof(ConntrackClient.UpdateAll), static c => c.UpdateAll(default, new FlowChange { Mark = new MaskedMark(1) }))
            .Add(nameof(ConntrackClient.TryCreate), static c => c.TryCreate(Flows.New(Flows.Tcp4), out _))
            .Add(nameof(ConntrackClient.Create), static c => c.Create(Flows.New(Flows.Tcp4)))
            .Add(nameof(ConntrackClient.TryCreateOrUpdate), static c => c.TryCreateOrUpdate(Flows.New(Flows.Tcp4), out _))
            .Add(nameof(ConntrackClient.CreateOrUpdate), static c => c.CreateOrUpdate(Flows.New(Flows.Tcp4)))
            .Add(nameof(ConntrackClient.TryDelete), static c => c.TryDelete(Flows.Tcp4, out _))
            .Add(nameof(ConntrackClient.TryDelete), static c => c.TryDelete(Flows.Tcp4, 7, out _))
            .Add(nameof(ConntrackClient.Delete), static c => c.Delete(Flows.Tcp4))
            .Add(nameof(ConntrackClient.DeleteAll), static c => c.DeleteAll(default))
            .Add(nameof(ConntrackClient.Flush), static c => c.Flush())
            .Add(nameof(ConntrackClient.TryDump), static c => Take((ref sink) => c.TryDump(default, ref sink, out _)))
            .Add(nameof(ConntrackClient.TryDump), static c => Take((ref sink) => c.TryDump(default, FlowList.Dying, ref sink, out _)))
            .Add(nameof(ConntrackClient.Dump), static c => Take((ref sink) => c.Dump(default, ref sink)))
            .Add(nameof(ConntrackClient.Dump), static c => Take((ref sink) => c.Dump(default, FlowList.Dying, ref sink)))
            .Add(nameof(ConntrackClient.List), static c => c.List())
            .Add(nameof(ConntrackClient.List), static c => c.List(default, FlowList.Dying))
            .Add(nameof(ConntrackClient.CopyTo), c => c.CopyTo(other))
            .Add(nameof(ConntrackClient.CopyTo), c => Take((ref sink) => c.CopyTo(other, default, ref sink)))
            .Add(nameof(ConntrackClient.Send), static c => c.Send(Batch()))
            .Add(nameof(ConntrackClient.Send), static c => Take((ref sink) => c.Send(Batch(), ref sink)))
            .Add(nameof(ConntrackClient.TrySend), static c => c.TrySend(new PreparedFlowMark().Patch(Flows.Tcp4, new MaskedMark(1)), out _))
            .Add(nameof(ConntrackClient.ListExpectations), static c => c.ListExpectations())
            .Add(nameof(ConntrackClient.TryGetExpectation), static c => c.TryGetExpectation(Flows.Tcp4, out _, out _))
            .Add(nameof(ConntrackClient.FindExpectation), static c => c.FindExpectation(Flows.Tcp4))
            .Add(nameof(ConntrackClient.TryUpdateExpectation), static c => c.TryUpdateExpectation(Flows.Tcp4, TimeSpan.FromSeconds(5), out _))
            .Add(nameof(ConntrackClient.UpdateExpectation), static c => c.UpdateExpectation(Flows.Tcp4, TimeSpan.FromSeconds(5)))
            .Add(nameof(ConntrackClient.TryCreateExpectation), static c => c.TryCreateExpectation(Expected, out _))
            .Add(nameof(ConntrackClient.CreateExpectation), static c => c.CreateExpectation(Expected))
            .Add(nameof(ConntrackClient.TryDeleteExpectation), static c => c.TryDeleteExpectation(Flows.Tcp4, null, out _))
            .Add(nameof(ConntrackClient.DeleteExpectation), static c => c.DeleteExpectation(Flows.Tcp4))
            .Add(nameof(ConntrackClient.FlushExpectations), static c => c.FlushExpectations())
            .Add(nameof(ConntrackClient.TryGetStatistics), static c => c.TryGetStatistics(out _, out _))
            .Add(nameof(ConntrackClient.GetStatistics), static c => c.GetStatistics())
            .Add(nameof(ConntrackClient.GetCpuStatistics), static c => c.GetCpuStatistics())
            .Add(nameof(ConntrackClient.GetExpectationStatistics), static c => c.GetExpectationStatistics())
            .Add(nameof(ConntrackClient.ListHelpers), static c => c.ListHelpers())
            .Add(nameof(ConntrackClient.FindHelper), static c => c.FindHelper("ours", InetFamily.IPv4, IpProtocol.Tcp))
            .Add(nameof(ConntrackClient.CreateHelper), static c => c.CreateHelper(Helper))
            .Add(nameof(ConntrackClient.DeleteHelper), static c => c.DeleteHelper("ours", InetFamily.IPv4, IpProtocol.Tcp))
            .Add(nameof(ConntrackClient.ListTimeoutPolicies), static c => c.ListTimeoutPolicies())
            .Add(nameof(ConntrackClient.FindTimeoutPolicy), static c => c.FindTimeoutPolicy("short"))
            .Add(nameof(ConntrackClient.CreateTimeoutPolicy), static c => c.CreateTimeoutPolicy(Policy))
            .Add(nameof(ConntrackClient.DeleteTimeoutPolicy), static c => c.DeleteTimeoutPolicy("short"))
            .Add(nameof(ConntrackClient.GetDefaultTimeouts), static c => c.GetDefaultTimeouts(InetFamily.IPv4, IpProtocol.Udp))
            .Add(nameof(ConntrackClient.SetDefaultTimeouts), static c => c.SetDefaultTimeouts(InetFamily.IPv4, IpProtocol.Udp, StateTimeouts.Empty))
            .AssertLimited(client.Within(new CancellationToken(canceled: true)), kernel);
    }

    [Fact]
    public void View_Knows_What_Its_Client_Learnt()
    {
        using var kernel = new ScriptedTransport();
        using var client = new ConntrackClient(new NetlinkSocket(kernel));
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, Errno.EINVAL)); // it knows the filter
        Assert.True(client.FiltersTuplesInKernel);
        Assert.True(client.Within(new CancellationToken(canceled: true)).FiltersTuplesInKernel);
        Assert.Single(kernel.Sent);
    }

    private delegate void Taker(ref Sink sink);

    private static void Take(Taker take)
    {
        var sink = default(Sink);
        take(ref sink);
    }

    private static NetlinkBatch Batch()
    {
        var batch = new NetlinkBatch();
        batch.GetFlow(Flows.Tcp4);
        return batch;
    }

    private readonly struct Sink : IFlowSink, IFlowCopySink, IBatchSink
    {
        public void Flow(scoped in FlowView flow)
        {
        }

        public void Refused(Flow flow, in NetlinkError error)
        {
        }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
        }
    }
}
