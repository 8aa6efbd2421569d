using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;

namespace VffNetlink.Tests.Route;

/// <summary>The streaming forms allocate nothing.</summary>
public class ViewAllocationTests
{
    [Fact]
    public void Dump_Of_Links()
    {
        using var client = Replay("reply-links.txt");
        var sink = default(Counter);
        var dumps = 0;
        Allocations.None(() =>
        {
            dumps++;
            Assert.True(client.TryDumpLinks(default, ref sink, out _));
        });
        Assert.Equal(dumps * 6, sink.Objects);
    }

    [Fact]
    public void Dump_Of_Addresses()
    {
        using var client = Replay("reply-addresses.txt");
        var sink = default(Counter);
        var dumps = 0;
        Allocations.None(() =>
        {
            dumps++;
            Assert.True(client.TryDumpAddresses(default, ref sink, out _));
        });
        Assert.Equal(dumps * 8, sink.Objects);
    }

    [Fact]
    public void Dump_Of_Routes()
    {
        using var client = Replay("reply-routes-4.txt");
        var sink = default(Counter);
        var dumps = 0;
        Allocations.None(() =>
        {
            dumps++;
            Assert.True(client.TryDumpRoutes(default, ref sink, out _));
        });
        Assert.Equal(dumps * 16, sink.Objects);
    }

    [Fact]
    public void Dump_Of_Neighbours_And_Rules()
    {
        using var neighbours = Replay("neighbour-add.txt", "neighbour-replace.txt");
        using var rules = Replay("rule-add.txt", "rule-add-not.txt");
        var sink = default(Counter);
        var dumps = 0;
        Allocations.None(() =>
        {
            dumps++;
            Assert.True(neighbours.TryDumpNeighbours(default, ref sink, out _));
            Assert.True(rules.TryDumpRules(default, ref sink, out _));
        });
        Assert.Equal(dumps * 4, sink.Objects);
    }

    [Fact]
    public void Kinds_Of_Links()
    {
        var message = Golden.Load("link-add-vxlan.txt")[0];
        var network = 0u;
        var reads = 0;
        Allocations.None(() =>
        {
            var reader = new MessageReader(message);
            reader.MoveNext();
            LinkView.TryRead(reader.Current, out var view);
            view.TryReadKind<VxlanLink>(out var kind);
            network += kind.Network ?? 0;
            reads++;
        });
        Assert.Equal(42u * (uint)reads, network);
    }

    private static RouteClient Replay(params string[] files)
    {
        var messages = files.SelectMany(static f => Golden.Load(f)).Select(static m => GoldenReplyTests.Stamp(m, 0, 0));
        return new RouteClient(new NetlinkSocket(new ReplayTransport(Script.Together([.. messages, Script.Done(0)]))));
    }

    private struct Counter : IViewSink<LinkView>, IViewSink<AddressView>, IViewSink<RouteView>, IViewSink<NeighbourView>, IViewSink<RuleView>
    {
        public int Objects { get; private set; }

        public void Take(scoped in LinkView view)
        {
            foreach (var name in view.AlternativeNames)
                Objects += name.Payload.Length & 0;
            Objects += !view.Name.IsEmpty && view.Mtu > 0 && view.HardwareAddress.Length == 6 && view.AddressGenerationMode is not null && view.TryReadStatistics(out _) ? 1 : 0;
        }

        public void Take(scoped in AddressView view) => Objects += view.Address.Length == 0 || view.Peer.Length > 16 || view.CacheInfo is null ? 0 : 1;

        public void Take(scoped in RouteView view)
        {
            foreach (var hop in view.NextHops)
                Objects += hop.Gateway.Length & 1;
            Objects += view.Table == 0 || (view.TryReadMetrics(out var metrics) && metrics.Mtu == 0) ? 0 : 1;
        }

        public void Take(scoped in NeighbourView view) => Objects += view.Destination.Length == 0 || view.HardwareAddress.IsEmpty ? 0 : 1;

        public void Take(scoped in RuleView view) => Objects += view.Source.Length == 0 || view.Priority == 0 ? 0 : 1;
    }
}
