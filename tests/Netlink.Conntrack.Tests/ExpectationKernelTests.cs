using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

[Trait("Category", "Kernel")]
public sealed class ExpectationKernelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly KernelTable _table = new();

    private ConntrackClient Client => _table.Client;

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(false, (ushort)0)]
    [InlineData(true, (ushort)0)]
    [InlineData(false, (ushort)7)]
    public void An_Expectation_Is_Made_Found_Reported_And_Deleted(bool v6, ushort zone)
    {
        var (client, server) = v6 ? (Flows.Client6, Flows.Server6) : (Flows.Client4, Flows.Server4);
        // Expectations tell what happens to them where their master does.
        using var events = ExpectationEvents.Open(ExpectationEventKind.All, new NetlinkSocketOptions { Namespace = _table.Namespace });
        var master = Master(client, server, zone);
        var wanted = new Expectation
        {
            Master = master,
            Tuple = new ConntrackTuple(IpProtocol.Tcp, server, 0, client, 6000, zone),
            Timeout = TimeSpan.FromSeconds(1000), // FTP's own is 300
            Helper = "ftp",
            Flags = ExpectationFlags.Permanent,
            Class = 0,
            Nat = new ExpectationNat(IsReply: true, new ConntrackTuple(IpProtocol.Tcp, client, 6001, client, 0, zone)),
        };
        Client.CreateExpectation(wanted);

        Assert.True(Client.TryGetExpectation(wanted.Tuple, out var found, out _));
        AssertEqual(wanted, found!);
        Assert.Equal([found], Client.ListExpectations().Select(e => e with { Timeout = found!.Timeout }));
        Assert.Equal([found], Client.ListExpectations(master: master).Select(e => e with { Timeout = found!.Timeout }));
        Assert.Empty(Client.ListExpectations(v6 ? InetFamily.IPv4 : InetFamily.IPv6));
        var printed = Witness.Run(_table.Namespace, "conntrack", $"-L expect -f {(v6 ? "ipv6" : "ipv4")}");
        Assert.Contains($"src={server} dst={client} sport=0 dport=6000", printed, StringComparison.Ordinal);
        Assert.Contains($"master-src={client} master-dst={server} sport=5000 dport=21", printed, StringComparison.Ordinal);
        Assert.Contains("PERMANENT", printed, StringComparison.Ordinal);
        Assert.Contains("helper=ftp", printed, StringComparison.Ordinal);

        Assert.False(Client.TryDeleteExpectation(wanted.Tuple, found!.Id + 1, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Client.DeleteExpectation(wanted.Tuple, found.Id);
        Assert.Empty(Client.ListExpectations());
        Assert.False(Client.TryGetExpectation(wanted.Tuple, out var gone, out error));
        Assert.Null(gone);
        Assert.Equal(Errno.ENOENT, error.Number);

        // The event of its making has the timeout that the kernel gave it at first.
        foreach (var (kind, timeout) in ((ExpectationEventKind, int)[])[(ExpectationEventKind.New, 300), (ExpectationEventKind.Destroy, 1000)])
        {
            var (got, expectation) = Next(events);
            Assert.Equal(kind, got);
            AssertEqual(wanted with { Timeout = TimeSpan.FromSeconds(timeout) }, expectation);
            Assert.Equal(found.Id, expectation.Id);
        }

        Assert.False(events.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Expectations_Are_Deleted_By_Helper_And_All_At_Once()
    {
        var master = Master(Flows.Client4, Flows.Server4, 0);
        Client.Create(Flows.New(Flows.Udp4) with { Helper = new FlowHelper("tftp") });
        Client.CreateExpectation(Expecting(master, 6000) with { Helper = "ftp" });
        // FTP expects one flow at a time.
        Client.CreateExpectation(Expecting(Master(Flows.Client6, Flows.Server6, 0), 6001));
        Client.CreateExpectation(new Expectation { Master = Flows.Udp4, Tuple = Flows.Udp4.Inverted(), Timeout = TimeSpan.FromSeconds(30) });
        Assert.Equal(3, Client.ListExpectations().Count);

        // A helper's are those of the flows that have it.
        Client.FlushExpectations("tftp");
        Assert.Equal(2, Client.ListExpectations().Count);
        Client.FlushExpectations();
        Assert.Empty(Client.ListExpectations());
    }

    [Fact]
    public void What_Cannot_Be_Expected_Is_Refused_By_Name()
    {
        Client.Create(Flows.New(Flows.Udp4));
        var orphan = Expecting(Flows.Tcp4, 6000);
        Assert.False(Client.TryCreateExpectation(orphan, out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Contains("IPCTNL_MSG_EXP_NEW tcp", Assert.Throws<NetlinkException>(() => Client.CreateExpectation(orphan)).Message, StringComparison.Ordinal);
        Assert.False(Client.TryCreateExpectation(Expecting(Flows.Udp4, 6000), out error));
        Assert.Equal(Errno.EOPNOTSUPP, error.Number);
        Assert.Throws<ArgumentException>(() => Client.CreateExpectation(orphan with { Master = default }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client.CreateExpectation(orphan with { Timeout = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentException>(() => Client.CreateExpectation(orphan with { Master = Flows.Tcp4.InZone(3) }));
        Assert.Contains("because of", Assert.Throws<NetlinkException>(() => Client.ListExpectations(master: Flows.Tcp4)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((ushort)0)]
    [InlineData((ushort)7)]
    public void A_Timeout_Is_As_Asked_For_And_Changes(ushort zone)
    {
        var wanted = Expecting(Master(Flows.Client4, Flows.Server4, zone), 6000);
        Client.CreateExpectation(wanted with { Timeout = null });
        AssertTimeout(wanted.Tuple, 300); // that of FTP
        Client.UpdateExpectation(wanted.Tuple, TimeSpan.FromSeconds(5000));
        AssertTimeout(wanted.Tuple, 5000);
        Assert.True(Client.TryUpdateExpectation(wanted.Tuple, TimeSpan.FromSeconds(99.5), out _));
        AssertTimeout(wanted.Tuple, 100);
        var printed = Witness.Run(_table.Namespace, "conntrack", "-L expect -f ipv4");
        Assert.InRange(int.Parse(printed.TrimStart().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), 40, 100);
        Client.DeleteExpectation(wanted.Tuple);

        Client.CreateExpectation(wanted with { Timeout = TimeSpan.FromSeconds(77) });
        AssertTimeout(wanted.Tuple, 77);
        Client.UpdateExpectation(wanted.Tuple, TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => Client.FindExpectation(wanted.Tuple) is null, Patience), "it was not given up");

        Assert.False(Client.TryUpdateExpectation(wanted.Tuple, TimeSpan.FromSeconds(5), out var error));
        Assert.Equal(Errno.ENOENT, error.Number);
        Assert.Equal(
            "IPCTNL_MSG_EXP_NEW timeout 00:00:05 on tcp 198.51.100.1:0 -> 192.0.2.1:6000: ENOENT",
            Assert.Throws<NetlinkException>(() => Client.UpdateExpectation(wanted.Tuple.InZone(0), TimeSpan.FromSeconds(5))).Message);
    }

    [Fact]
    public void A_Flow_Without_A_Helper_Has_None()
    {
        Client.Create(Flows.New(Flows.Udp4));
        Client.CreateExpectation(Expecting(Master(Flows.Client4, Flows.Server4, 0), 6000));
        Assert.Empty(Client.ListExpectations(master: Flows.Udp4));
        Assert.Single(Client.ListExpectations());
    }

    [Fact]
    public void Processors_Count_Them()
    {
        var master = Master(Flows.Client4, Flows.Server4, 0);
        // FTP expects one flow at a time: each is deleted by the next one.
        for (ushort i = 0; i < 5; i++)
            Client.CreateExpectation(Expecting(master, (ushort)(6000 + i)));
        Client.FlushExpectations();

        var statistics = Client.GetExpectationStatistics();
        Assert.Equal(Environment.ProcessorCount, statistics.Count);
        Assert.Equal(Enumerable.Range(0, statistics.Count), statistics.Select(static s => s.Cpu));
        Assert.Equal(5, statistics.Sum(static s => s.Created!.Value));
        Assert.Equal(5, statistics.Sum(static s => s.Deleted!.Value));
        Assert.Equal(0, statistics.Sum(static s => s.New!.Value));
    }

    private void AssertTimeout(in ConntrackTuple tuple, int seconds) =>
        Assert.InRange(Client.FindExpectation(tuple)!.Timeout!.Value, TimeSpan.FromSeconds(seconds * 0.6), TimeSpan.FromSeconds(seconds));

    private static Expectation Expecting(in ConntrackTuple master, ushort port) =>
        new() { Master = master, Tuple = new ConntrackTuple(master.Protocol, master.Destination, 0, master.Source, port, master.Zone), Timeout = TimeSpan.FromSeconds(60) };

    private ConntrackTuple Master(InetAddress client, InetAddress server, ushort zone)
    {
        var master = new ConntrackTuple(IpProtocol.Tcp, client, 5000, server, 21, zone);
        Client.Create(Flows.New(master) with { Helper = new FlowHelper("ftp"), Tcp = new TcpTracking { State = TcpState.Established } });
        return master;
    }

    private static void AssertEqual(Expectation wanted, Expectation found)
    {
        // The kernel does not tell the zone.
        Assert.Equal((wanted.Master.InZone(0), wanted.Tuple.InZone(0), wanted.Helper, wanted.Flags, wanted.Class), (found.Master, found.Tuple, found.Helper, found.Flags, found.Class));
        var (nat, other) = (wanted.Nat!.Value, found.Nat!.Value);
        Assert.Equal((nat.IsReply, nat.Original.Source, nat.Original.SourcePort), (other.IsReply, other.Original.Source, other.Original.SourcePort));
        Assert.InRange(found.Timeout!.Value, wanted.Timeout!.Value - TimeSpan.FromSeconds(60), wanted.Timeout.Value);
        var mask = found.Mask!.Value;
        Assert.Equal((0, ushort.MaxValue), (mask.SourcePort, mask.DestinationPort));
        Assert.All(mask.Source.AsSpan().ToArray(), static b => Assert.Equal(0xff, b));
        Assert.NotNull(found.Id);
    }

    private static (ExpectationEventKind Kind, Expectation Expectation) Next(ExpectationEvents events)
    {
        Assert.True(events.Wait(Patience, TestContext.Current.CancellationToken), "no event came");
        var sink = new Recorder([]);
        events.Receive(ref sink, maximumDatagrams: 1);
        return Assert.Single(sink.Events);
    }

    private readonly struct Recorder(List<(ExpectationEventKind Kind, Expectation Expectation)> events) : IExpectationEventSink
    {
        public List<(ExpectationEventKind Kind, Expectation Expectation)> Events { get; } = events;

        public void Expectation(ExpectationEventKind kind, scoped in ExpectationView expectation) => Events.Add((kind, expectation.ToExpectation()));

        public void Overrun() => Assert.Fail("events were lost");
    }
}
