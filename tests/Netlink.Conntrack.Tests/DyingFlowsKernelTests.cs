using System.Runtime.InteropServices;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Flows that ended, and whose end could not be told yet to somebody who insists on hearing of it.</summary>
[Trait("Category", "Kernel")]
public sealed partial class DyingFlowsKernelTests : IDisposable
{
    private const int Count = 40;
    private const int Netlink = 270; // SOL_NETLINK
    private const int BroadcastError = 4; // NETLINK_BROADCAST_ERROR: what cannot be told is kept, and told again

    private readonly KernelTable _table = new();

    private ConntrackClient Client => _table.Client;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void They_Are_Listed_Until_Their_End_Is_Told()
    {
        using var events = ConntrackEvents.Open(FlowEventKind.Destroy, new NetlinkSocketOptions { Namespace = _table.Namespace, ReceiveBuffer = 4096 });
        var isOn = 1;
        Assert.Equal(0, SetSocketOption(events.Descriptor, Netlink, BroadcastError, in isOn, sizeof(int)));
        var made = Enumerable.Range(0, Count).Select(static i => Flows.New(i % 2 == 0 ? Flows.Numbered(i) : Flows.Numbered6(i, IpProtocol.Udp), (uint)i)).ToList();
        made.ForEach(Client.Create);
        var ids = Client.List().Select(static f => f.Id!.Value).ToHashSet();
        Assert.Equal(Count, ids.Count);
        Client.Flush();
        Assert.Empty(Client.List());

        // Nobody reads, so that nothing leaves the list.
        var dying = Client.List(default, FlowList.Dying);
        Assert.InRange(dying.Count, Count / 2, Count - 1);
        Assert.Subset(ids, dying.Select(static f => f.Id!.Value).ToHashSet());
        Assert.All(dying, flow =>
        {
            Assert.Equal(made[(int)flow.Mark!.Value].Original, flow.Original);
            Assert.True(flow.Status!.Value.HasFlag(FlowStatus.Dying | FlowStatus.Confirmed), $"{flow.Status}");
        });
        var filter = new FlowFilter { Family = InetFamily.IPv6, Original = new TupleFilter { Protocol = IpProtocol.Udp }, Mark = new MaskedMark(1, 3) };
        var some = dying.Where(static f => f.Original.Family == InetFamily.IPv6 && f.Mark % 4 == 1).Select(static f => f.Id).Order().ToList();
        Assert.NotEmpty(some);
        Assert.Equal(some, Client.List(filter, FlowList.Dying).Select(static f => f.Id).Order());

        // Now somebody reads: all are told, each once, and the list is empty.
        var told = new Ends([]);
        Assert.True(SpinWait.SpinUntil(() => Told(events, ref told) == Count && Client.List(default, FlowList.Dying).Count == 0, TimeSpan.FromSeconds(20)), $"{told.Ids.Count} were told");
        Assert.Equal(ids.Order(), told.Ids.Order());
    }

    private static int Told(ConntrackEvents events, ref Ends told)
    {
        if (events.Wait(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken))
            events.Receive(ref told);
        return told.Ids.Count;
    }

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetSocketOption(int descriptor, int level, int option, in int value, uint length);

    private readonly struct Ends(List<uint> ids) : IFlowEventSink
    {
        public List<uint> Ids { get; } = ids;

        public void Flow(FlowEventKind kind, scoped in FlowView flow) => Ids.Add(flow.Id!.Value);

        public void Overrun()
        {
            // The kernel says that it could not tell everything at once, and tells it again.
        }
    }
}
