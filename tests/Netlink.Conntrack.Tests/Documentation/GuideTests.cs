using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests.Documentation;

/// <summary>The C# of docs/conntrack.md: it is this file's text, it compiles, and it runs.</summary>
public class GuideTests
{
    [Fact]
    public void Guide_Has_The_Text_Of_This_File() =>
        Guide.AssertStandsIn("docs/conntrack.md", "tests/Netlink.Conntrack.Tests/Documentation/GuideTests.cs", 5);

    [Fact]
    [Trait("Category", "Kernel")]
    public void One_Flow_And_Many()
    {
        using var table = new KernelTable();
        var told = new List<string>();
        table.Namespace.Run(() =>
        {
            var Console = new Teller(told);
            using var client = ConntrackClient.Open();
            var tuple = new ConntrackTuple(IpProtocol.Udp, InetAddress.Parse("192.0.2.1"), 5000, InetAddress.Parse("198.51.100.1"), 443);
            client.Create(new Flow { Original = tuple, Timeout = TimeSpan.FromMinutes(2), Mark = 0x70001 });
            client.Update(tuple, new FlowChange { Mark = new MaskedMark(5, 0xffff), Status = FlowStatus.SeenReply | FlowStatus.Assured });
            var flow = client.Get(tuple);
            Console.WriteLine($"{flow.Original} mark 0x{flow.Mark:x}, {flow.Status}"); // udp 192.0.2.1:5000 -> 198.51.100.1:443 mark 0x70005, SeenReply, Assured, Confirmed
            if (!client.TryDelete(tuple, flow.Id, out var error))
                Console.WriteLine(error); // ENOENT: it has ended; the id keeps a newer flow of the same tuple from being taken for it

            for (var i = 0; i < 3; i++)
                client.Create(Flows.New(Flows.Numbered(i, IpProtocol.Udp), (uint)(0x70000 + (i == 0 ? 4 : 5))));
            var filter = new FlowFilter { Family = InetFamily.IPv4, Mark = new MaskedMark(5, 0xffff), Original = new TupleFilter { Protocol = IpProtocol.Udp, DestinationPort = 443 } };
            var batch = new NetlinkBatch();
            foreach (var found in client.List(filter))
                batch.UpdateFlow(found.Original, new FlowChange { Timeout = TimeSpan.FromSeconds(10) });
            var result = client.Send(batch);
            var deletion = client.DeleteAll(filter);
            Console.WriteLine($"{result.Sent} changed but for {result.Refused}; {deletion.Deleted} of {deletion.Matched} deleted");

            var sink = default(LargestFlow);
            client.Dump(filter, ref sink);
            Console.WriteLine(sink.Bytes);
        });
        Assert.Equal(
            ["udp 192.0.2.1:5000 -> 198.51.100.1:443 mark 0x70005, SeenReply, Assured, Confirmed", "2 changed but for 0; 2 of 2 deleted", "0"],
            told.Select(static line => line.Replace(", SourceNatDone, DestinationNatDone", "", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public async Task Events_Are_Told()
    {
        using var table = new KernelTable();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var told = new List<string>();
        var reading = table.Namespace.Run(() => Tell(deadline.Token));
        table.Client.Create(Flows.New(Flows.Tcp4));
        table.Client.Create(Flows.New(Flows.Udp4));
        table.Client.Delete(Flows.Udp4);
        await reading;
        Assert.Equal([$"New {Flows.Udp4}", $"Destroy {Flows.Udp4}"], told);

        async Task Tell(CancellationToken cancellation)
        {
            var Console = new Teller(told);
            var wanted = new FlowEventFilter { Kinds = FlowEventKind.New | FlowEventKind.Destroy, Protocols = [IpProtocol.Udp], Sources = [AddressPrefix.Parse("192.0.2.0/24")] };
            await using var stream = ConntrackEvents.OpenStream(wanted);
            await foreach (var item in stream.ReadAllAsync(FlowEvent.Read, cancellation))
            {
                if (item.IsOverrun)
                    continue; // some were lost here: dump again, or watch a FlowTable, which does so by itself
                Console.WriteLine($"{item.Value.Kind} {item.Value.Flow.Original}");
                if (item.Value.Kind == FlowEventKind.Destroy)
                    break;
            }
        }
    }

    private struct LargestFlow : IFlowSink
    {
        public ulong Bytes { get; private set; }

        public void Flow(scoped in FlowView flow) => Bytes = Math.Max(Bytes, flow.OriginalCounters?.Bytes ?? 0);
    }

    private sealed class Teller(List<string> told)
    {
        public void WriteLine<T>(T value) => told.Add($"{value}");
    }
}
