using System.Net;
using System.Net.Sockets;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

[Trait("Category", "Kernel")]
public class EventsKernelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_Flows_Life_Is_Reported()
    {
        using var table = new KernelTable();
        using var events = ConntrackEvents.Open(FlowEventKind.All, new NetlinkSocketOptions { Namespace = table.Namespace });
        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        foreach (var tuple in (ConntrackTuple[])[Flows.Tcp4, Flows.Udp6.InZone(7)])
        {
            table.Client.Create(Flows.New(tuple, 0));
            table.Client.SetMark(tuple, new MaskedMark(5, 0xff));
            table.Client.Delete(tuple);

            var id = default(uint?);
            foreach (var (kind, mark) in (ReadOnlySpan<(FlowEventKind, uint)>)[(FlowEventKind.New, 0), (FlowEventKind.Update, 5), (FlowEventKind.Destroy, 5)])
            {
                var (got, flow) = Next(events);
                Assert.Equal((kind, tuple, mark), (got, flow!.Original, flow.Mark!.Value));
                id ??= flow.Id;
                Assert.Equal(id, flow.Id);
            }
        }

        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_What_Was_Asked_For_Is_Reported()
    {
        using var table = new KernelTable();
        using var events = ConntrackEvents.Open(FlowEventKind.Destroy, new NetlinkSocketOptions { Namespace = table.Namespace });
        table.Client.Create(Flows.New(Flows.Tcp4));
        table.Client.SetMark(Flows.Tcp4, new MaskedMark(5));
        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        table.Client.Delete(Flows.Tcp4);

        Assert.Equal(FlowEventKind.Destroy, Next(events).Kind);
        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => ConntrackEvents.Open(FlowEventKind.None));
    }

    [Fact]
    public void Real_Traffic_Is_Reported_Without_Being_Asked_About()
    {
        using var table = new KernelTable(withTraffic: true);
        using var events = ConntrackEvents.Open(FlowEventKind.New | FlowEventKind.Update, new NetlinkSocketOptions { Namespace = table.Namespace });
        using var socket = table.Namespace.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.SendTo(new byte[10], new IPEndPoint(IPAddress.Loopback, 9));

        var (kind, flow) = Next(events);
        Assert.Equal(FlowEventKind.New, kind);
        Assert.Equal(new ConntrackTuple(IpProtocol.Udp, (IPEndPoint)socket.LocalEndPoint!, new IPEndPoint(IPAddress.Loopback, 9)), flow!.Original);
        Assert.Equal(table.Client.Get(flow.Original).Id, flow.Id);
    }

    [Fact]
    public void An_Overrun_Is_Told_And_Events_Go_On()
    {
        using var table = new KernelTable();
        using var events = ConntrackEvents.Open(FlowEventKind.New, new NetlinkSocketOptions { Namespace = table.Namespace, ReceiveBuffer = 4096 });
        var batch = new NetlinkBatch();
        for (var i = 0; i < 1000; i++)
            batch.CreateFlow(Flows.New(Flows.Numbered(i)));
        Assert.True(table.Client.Send(batch).IsSuccess);

        var sink = new Recorder([]);
        while (events.Receive(ref sink))
        {
            // Until there is nothing left.
        }

        Assert.Contains(sink.Events, static e => e.Kind == FlowEventKind.None);
        Assert.InRange(sink.Events.Count, 2, 999);

        table.Client.Create(Flows.New(Flows.Udp6));
        Assert.Equal(Flows.Udp6, Next(events).Flow!.Original);
        Assert.Equal(1001u, table.Client.GetStatistics().Entries);
    }

    [Fact]
    public void Events_Wake_A_Poll_Loop_By_Their_Descriptor()
    {
        using var table = new KernelTable();
        using var events = ConntrackEvents.Open(FlowEventKind.New, new NetlinkSocketOptions { Namespace = table.Namespace });
        Assert.True(events.Descriptor > 2);
        using var waited = new ManualResetEventSlim();
        var waiting = new Thread(() =>
        {
            if (events.Wait(Patience, TestContext.Current.CancellationToken))
                waited.Set();
        });
        waiting.Start();
        table.Client.Create(Flows.New(Flows.Tcp4));
        Assert.True(waited.Wait(Patience, TestContext.Current.CancellationToken));
        waiting.Join();
    }

    private static (FlowEventKind Kind, Flow? Flow) Next(ConntrackEvents events)
    {
        Assert.True(events.Wait(Patience, TestContext.Current.CancellationToken), "no event came");
        var sink = new Recorder([]);
        events.Receive(ref sink, maximumDatagrams: 1);
        return Assert.Single(sink.Events);
    }

    private readonly struct Recorder(List<(FlowEventKind Kind, Flow? Flow)> events) : IFlowEventSink
    {
        public List<(FlowEventKind Kind, Flow? Flow)> Events { get; } = events;

        public void Flow(FlowEventKind kind, scoped in FlowView flow) => Events.Add((kind, flow.ToFlow()));

        public void Overrun() => Events.Add((FlowEventKind.None, null));
    }
}
