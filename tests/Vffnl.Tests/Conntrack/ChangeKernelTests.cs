using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing.Conntrack;

namespace Vffnl.Tests.Conntrack;

/// <summary>Flows that are changed and deleted, one by one and many at once, and those beside them, which are not.</summary>
[Trait("Category", "Native")]
public sealed class ChangeKernelTests : IDisposable
{
    private const string One = "--proto tcp --orig-src 192.0.2.1 --orig-dst 198.51.100.1 --orig-sport 5000 --orig-dport 443";

    private readonly KernelTable _table = KernelTable.WithLabels();

    public ChangeKernelTests()
    {
        Client.Create(Flows.New(Flows.Tcp4, mark: 0x105) with { Tcp = new TcpTracking { State = TcpState.Established }, Status = FlowStatus.SeenReply, Labels = ConntrackLabels.Of(1) });
        Client.Create(Flows.New(Flows.Tcp4.InZone(3), mark: 7));
        for (var n = 1; n <= 1500; n++)
            Client.Create(Flows.New(Flows.Numbered(n, IpProtocol.Udp), mark: (uint)(n % 2)));
    }

    private ConntrackClient Client => _table.Client;

    public void Dispose() => _table.Dispose();

    [Fact]
    public void One_Flow_Is_Changed_As_Asked_And_In_Nothing_Else()
    {
        var before = Client.Get(Flows.Tcp4);
        Assert.Equal("matched=1 updated=1 gone=0 refused=0\n", Show($"ct set {One} --set-mark 0x2/0xf --set-timeout 77 --set-labels 5,!1 --set-status assured --set-tcp-state close_wait"));
        var after = Client.Get(Flows.Tcp4);
        Assert.InRange(after.Timeout!.Value.TotalSeconds, 60, 77);
        var expected = before with
        {
            Mark = 0x102,
            Labels = ConntrackLabels.Of(5),
            Status = before.Status | FlowStatus.Assured,
            Tcp = before.Tcp!.Value with { State = TcpState.CloseWait },
            Timeout = after.Timeout,
            UseCount = after.UseCount,
        };
        Assert.Equal(expected, after);
        Assert.Equal(7u, Client.Get(Flows.Tcp4.InZone(3)).Mark);
    }

    [Fact]
    public void In_Its_Zone_Another_Flow_Of_The_Same_Tuple_Is_Meant()
    {
        Assert.Equal("""{"matched":1,"updated":1,"gone":0,"refused":0}""" + "\n", Show($"ct set {One} --zone 3 --set-mark 9 --json"));
        Assert.Equal((0x105u, 9u), (Client.Get(Flows.Tcp4).Mark, Client.Get(Flows.Tcp4.InZone(3)).Mark));
        Assert.Equal("matched=1 deleted=1 gone=0 refused=0\n", Show($"ct delete {One} --zone 3 --mark 9"));
        Assert.Null(Client.Find(Flows.Tcp4.InZone(3)));
        Assert.NotNull(Client.Find(Flows.Tcp4));
    }

    [Fact]
    public void Many_Are_Changed_And_Deleted_By_What_They_Are()
    {
        Assert.Equal("matched=750 updated=750 gone=0 refused=0\n", Show("ct set --proto udp --mark 1 --set-mark 0xa0/0xf0 --set-status seen_reply"));
        var flows = Client.List();
        Assert.Equal(750, flows.Count(static f => f.Mark == 0xa1 && f.Status!.Value.HasFlag(FlowStatus.SeenReply)));
        Assert.Equal(750, flows.Count(static f => f.Mark == 0 && !f.Status!.Value.HasFlag(FlowStatus.SeenReply)));
        Assert.Equal("matched=256 deleted=256 gone=0 refused=0\n", Show("ct delete --orig-src 10.0.1.0/24 --status !expected --reply-dst 10.0.0.0/8"));
        Assert.DoesNotContain(Client.List(), static f => f.Original.Source.ToString().StartsWith("10.0.1.", StringComparison.Ordinal));
        Assert.Equal("matched=1246 deleted=1246 gone=0 refused=0\n", Show("ct delete --all"));
        Assert.Empty(Client.List());
    }

    [Fact]
    public void By_Its_Id_A_Flow_Is_Deleted_And_No_Later_One()
    {
        var first = Client.Get(Flows.Tcp4).Id;
        // The kernel makes an id from the tuple and from where the flow lies: another flow takes the place that comes free.
        for (ushort port = 1; Client.Get(Flows.Tcp4).Id == first; port++)
        {
            Client.Delete(Flows.Tcp4);
            Client.Create(Flows.New(new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, port, Flows.Server4, 9)));
            Client.Create(Flows.New(Flows.Tcp4));
        }

        Assert.Equal("matched=0 deleted=0 gone=0 refused=0\n", Show($"ct delete --id {first}"));
        var (code, _, error) = Run($"ct delete {One} --id {first}");
        Assert.Equal(1, code);
        Assert.Contains("ENOENT", error, StringComparison.Ordinal);
        Assert.Equal("matched=1 deleted=1 gone=0 refused=0\n", Show($"ct delete --id {Client.Get(Flows.Tcp4).Id}"));
        Assert.Null(Client.Find(Flows.Tcp4));
    }

    [Fact]
    public void What_The_Kernel_Refuses_Is_1_And_Its_Error()
    {
        // No flow can be marked as dying over netlink.
        var (code, output, error) = Run($"ct set {One} --set-status dying");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("EBUSY", error, StringComparison.Ordinal);
        (code, output, error) = Run("ct set --proto tcp --set-status dying --json");
        Assert.Equal((1, """{"matched":2,"updated":0,"gone":0,"refused":2}""" + "\n"), (code, output));
        Assert.Equal("vffnl: 2 of 2 flows were refused, the first one with EBUSY\n", error);
        Assert.Equal(1, Run($"ct set {One} --zone 4 --set-mark 1").ExitCode);
    }

    [Fact]
    public void A_Helper_Can_Be_Taken_Away()
    {
        var flow = Flows.New(Flows.Numbered(2000, destinationPort: 21)) with { Helper = new FlowHelper("ftp") };
        Client.Create(flow);
        Assert.Equal("ftp", Client.Get(flow.Original).Helper?.Name);
        Show("ct set --orig-dport 21 --no-helper");
        Assert.Null(Client.Get(flow.Original).Helper);
    }

    private string Show(string arguments) => Tool.Show(_table.Namespace, arguments.Split(' '));

    private (int ExitCode, string Output, string Error) Run(string arguments) => Tool.Run([.. arguments.Split(' '), "--netns", Tool.PathOf(_table.Namespace)]);
}
