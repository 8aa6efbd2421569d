using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Requests that no command sends, byte for byte as libnetfilter_conntrack sends them, but for the order of their attributes.</summary>
/// <remarks>
/// Nobody here sends these: a dump by zone, expectations of one flow or flushed by helper, with a class, a translation or the kernel's function for
/// it, and an adjustment of sequence numbers in a new flow. They are read back from the kernel instead (<see cref="EveryFlowKernelTests"/>,
/// <see cref="ExpectationKernelTests"/>, <see cref="FilterKernelTests"/>).
/// </remarks>
public class LibraryRequestGoldenTests
{
    private static readonly ConntrackTuple Zoned = Flows.Udp4.InZone(7);
    private static readonly ConntrackTuple Control = new(IpProtocol.Tcp, Flows.Client4, 5000, Flows.Server4, 21);

    private readonly byte[] _buffer = new byte[FlowRequest.MaximumLength];
    private readonly IReadOnlyList<byte[]> _golden = Golden.Load("library.txt");

    public LibraryRequestGoldenTests()
    {
        _buffer.AsSpan().Fill(0xee);
        Assert.Equal(10, _golden.Count);
    }

    [Fact]
    public void Flows_Of_A_Zone()
    {
        Same(_golden[0], FlowRequest.Get(_buffer, Zoned).Message);
        Same(_golden[1], FlowRequest.Delete(_buffer, Zoned).Message);
        Same(_golden[2], FlowRequest.SetMark(_buffer, Zoned, new MaskedMark(9)).Message);
    }

    [Fact]
    public void Flows_With_Everything()
    {
        var flow = new Flow
        {
            Original = Control,
            Timeout = TimeSpan.FromSeconds(600),
            Tcp = new TcpTracking
            {
                State = TcpState.Established,
                OriginalFlags = TcpFlags.WindowScale | TcpFlags.SackPermitted,
                OriginalFlagsMask = (TcpFlags)byte.MaxValue,
                ReplyFlags = TcpFlags.SackPermitted,
                ReplyFlagsMask = (TcpFlags)byte.MaxValue,
                OriginalWindowScale = 7,
                ReplyWindowScale = 9,
            },
            Helper = new FlowHelper("ftp"),
            SynProxy = new SynProxyState(0x01020304, 0x05060708, 0x090a0b0c),
            Labels = ConntrackLabels.Of(0, 127),
        };
        Same(_golden[3], FlowRequest.Create(_buffer, flow).Message);
        var expected = new Flow
        {
            Original = new ConntrackTuple(IpProtocol.Tcp, Flows.Client4, 5001, Flows.Server4, 20),
            Timeout = TimeSpan.FromSeconds(600),
            Tcp = new TcpTracking { State = TcpState.Established },
            Master = Control,
        };
        Same(_golden[4], FlowRequest.Create(_buffer, expected).Message);
    }

    [Fact]
    public void Expectations()
    {
        var expectation = new Expectation
        {
            Master = Control,
            Tuple = new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 0, Flows.Client4, 6000),
            Timeout = TimeSpan.FromSeconds(300),
            Flags = ExpectationFlags.Permanent,
            Helper = "ftp",
        };
        Golden.Equal(Wire.SortedExpectation(_golden[5]), Wire.SortedExpectation(ExpectationRequest.Create(_buffer, expectation).Message));
    }

    [Fact]
    public void Lists_And_Flushes()
    {
        Golden.Equal(_golden[6], FlowRequest.Dump(_buffer, new FlowFilter { Family = InetFamily.IPv6, Mark = new MaskedMark(5, 0xffff) }, FlowList.TableAndZeroCounters).Message);
        Golden.Equal(_golden[7], FlowRequest.Flush(_buffer, InetFamily.IPv6).Message);
    }

    /// <summary>Ours ask for an expectation to be changed, and not to be made where it is not there.</summary>
    [Fact]
    public void What_Is_There_Is_Changed()
    {
        Same(_golden[8], FlowRequest.CreateOrUpdate(_buffer, new Flow { Original = Flows.Udp4, Timeout = TimeSpan.FromSeconds(120), Mark = 9 }).Message);
        var update = _golden[9].ToArray();
        update[7] &= 0xfb; // NLM_F_CREATE, in the high byte of the flags
        Golden.Equal(Wire.SortedExpectation(update), Wire.SortedExpectation(ExpectationRequest.Update(_buffer, new ConntrackTuple(IpProtocol.Tcp, Flows.Server4, 0, Flows.Client4, 6000), TimeSpan.FromSeconds(300)).Message));
    }

    private static void Same(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) => Golden.Equal(Wire.Sorted(expected), Wire.Sorted(actual));
}
