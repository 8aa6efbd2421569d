namespace VffNetlink.Conntrack.Tests;

/// <summary>Which flows send events. Alone, since every subscription on the host matters.</summary>
[Trait("Category", "Kernel")]
[Collection(nameof(LargeTableKernelTests))]
public sealed class EventSettingKernelTests
{
    [Fact]
    public void A_Flow_That_Is_Older_Than_All_Subscriptions_Of_The_Host_Sends_No_Event_Of_Its_End()
    {
        using var table = new KernelTable();
        using var elsewhere = new KernelTable();
        table.Set("nf_conntrack_events", (int)FlowEventSetting.WithSubscriber);
        table.Client.Create(Flows.New(Flows.Tcp4));
        using (ConntrackEvents.Open(FlowEventKind.Update, new NetlinkSocketOptions { Namespace = elsewhere.Namespace }))
            table.Client.Create(Flows.New(Flows.Udp6));
        using var events = ConntrackEvents.Open(FlowEventKind.Destroy, new NetlinkSocketOptions { Namespace = table.Namespace });
        table.Client.Delete(Flows.Tcp4);
        table.Client.Delete(Flows.Udp6);

        var sink = new Recorder([]);
        events.Receive(ref sink);
        if (sink.Ended.Contains(Flows.Tcp4))
            Assert.Skip("somebody else on this host has subscribed to events of flows");
        Assert.Equal([Flows.Udp6], sink.Ended);
    }

    private readonly struct Recorder(List<ConntrackTuple> ended) : IFlowEventSink
    {
        public List<ConntrackTuple> Ended { get; } = ended;

        public void Flow(FlowEventKind kind, scoped in FlowView flow) => Ended.Add(flow.Original);

        public void Overrun() => Assert.Fail("events were lost");
    }
}
