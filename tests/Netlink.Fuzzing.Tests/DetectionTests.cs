using VffNetlink.Uapi;

namespace VffNetlink.Fuzzing.Tests;

/// <summary>Readers with faults that the fuzzer has to find.</summary>
public class DetectionTests
{
    private const int Messages = 10_000;

    private static readonly AttributeSpace Links = VffNetlink.Route.RouteCatalog.Links;

    [Fact]
    public void Another_Exception_Is_A_Fault()
    {
        var run = Run(static (scoped in m) =>
        {
            foreach (var a in m.Attributes<ifinfomsg, IFLA>())
                _ = a.Id == IFLA.IFLA_MTU ? a.Payload[3] : 0;
        });
        var fault = Assert.Single(run.Faults);
        Assert.Contains(nameof(IndexOutOfRangeException), fault.What, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(fault.Message), fault.ToString(), StringComparison.Ordinal);
        // The message alone shows it again.
        using var again = new FuzzRun(Suite(static (scoped in m) => _ = m.Payload[4000]), 0);
        again.Replay("Link", fault.Message);
        Assert.Single(again.Faults);
    }

    [Fact]
    public void A_Hunger_That_Has_Nothing_To_Do_With_The_Message_Is_A_Fault()
    {
        var run = Run(static (scoped in m) => GC.KeepAlive(GC.AllocateUninitializedArray<byte>(m.Flags == NLM_F.NLM_F_ACK ? 64 << 20 : 1)));
        Assert.Contains("on the heap", Assert.Single(run.Faults).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Reader_That_Does_Not_Come_Back_Is_Found()
    {
        using var released = new ManualResetEventSlim();
        var suite = Suite((scoped in m) =>
        {
            if (m.Header.nlmsg_seq % 64 == 1)
                released.Wait(TestContext.Current.CancellationToken);
        });
        var run = new FuzzRun(suite, 1);
        var hung = FuzzSupervisor.Watch(run, () => run.Run(0, Messages), patience: TimeSpan.FromSeconds(2));
        Assert.NotNull(hung);
        Assert.Equal(run.Number, hung);
        released.Set();
    }

    [Fact]
    public void A_Reader_That_Does_As_It_Must_Has_No_Fault_And_All_Its_Attributes_Are_Met()
    {
        var run = Run(static (scoped in m) =>
        {
            foreach (var a in m.Attributes<ifinfomsg, IFLA>())
                _ = a.Id == IFLA.IFLA_MTU ? a.ReadUInt32() : 0;
        });
        Assert.Empty(run.Faults);
        var tally = Assert.Single(run.Tallies);
        Assert.InRange(tally.Refused, 1, tally.Messages / 2);
        Assert.All(tally.Coverage.Counts, static c => Assert.InRange(c.Count, 1, long.MaxValue));
    }

    [Fact]
    public void A_Refused_Attribute_Is_Not_Counted()
    {
        var run = Run(static (scoped in m) =>
        {
            if (m.Attributes<ifinfomsg, IFLA>().TryFind(IFLA.IFLA_MTU, out _))
                throw new NetlinkFormatException("No MTU is wanted.");
        });
        Assert.Equal(0, Assert.Single(run.Tallies[0].Coverage.Counts, static c => c.Attribute == nameof(IFLA.IFLA_MTU)).Count);
    }

    private static FuzzRun Run(MessageReading read)
    {
        var run = new FuzzRun(Suite(read), 20261122);
        Assert.Null(FuzzSupervisor.Watch(run, () => run.Run(0, Messages)));
        return run;
    }

    private static FuzzSuite Suite(MessageReading read) => FuzzSuite.Of(FuzzTarget.OfRoute(typeof(Route.Link), Links, read, RTM.RTM_NEWLINK));
}
