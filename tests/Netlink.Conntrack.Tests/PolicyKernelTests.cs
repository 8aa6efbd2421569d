using VffNetlink.Testing;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Timeout policies, helpers in user space, and statistics.</summary>
[Trait("Category", "Kernel")]
public sealed class PolicyKernelTests : IDisposable
{
    private readonly KernelTable _table = new();

    private ConntrackClient Client => _table.Client;

    public static TheoryData<InetFamily, IpProtocol, StateTimeouts> Policies => new()
    {
        { InetFamily.IPv4, IpProtocol.Tcp, StateTimeouts.Empty.With(TcpTimeout.Established, TimeSpan.FromDays(5)).With(TcpTimeout.Unacknowledged, TimeSpan.FromSeconds(7)) },
        { InetFamily.IPv6, IpProtocol.Udp, StateTimeouts.Empty.With(UdpTimeout.Unreplied, TimeSpan.FromSeconds(10)) },
        { InetFamily.IPv4, IpProtocol.UdpLite, StateTimeouts.Empty.With(UdpTimeout.Replied, TimeSpan.FromSeconds(11)) },
        { InetFamily.IPv4, IpProtocol.Gre, StateTimeouts.Empty.With(UdpTimeout.Replied, TimeSpan.FromSeconds(12)) },
        { InetFamily.IPv4, IpProtocol.Icmp, StateTimeouts.Empty.With(SingleTimeout.Timeout, TimeSpan.FromSeconds(13)) },
        { InetFamily.IPv6, IpProtocol.IcmpV6, StateTimeouts.Empty.With(SingleTimeout.Timeout, TimeSpan.FromSeconds(14)) },
        { InetFamily.IPv6, IpProtocol.Sctp, StateTimeouts.Empty.With(SctpTimeout.CookieWait, TimeSpan.FromSeconds(15)).With(SctpTimeout.HeartbeatSent, TimeSpan.FromSeconds(16)) },
        { InetFamily.IPv4, (IpProtocol)255, StateTimeouts.Empty.With(SingleTimeout.Timeout, TimeSpan.FromSeconds(17)) },
    };

    public void Dispose() => _table.Dispose();

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_Policy_Is_Made_Changed_Found_And_Deleted(InetFamily family, IpProtocol protocol, StateTimeouts timeouts)
    {
        RequirePolicies();
        var policy = new TimeoutPolicy { Name = "test", Family = family, Protocol = protocol, Timeouts = timeouts };
        Client.CreateTimeoutPolicy(policy);
        var found = Client.FindTimeoutPolicy("test")!;
        Assert.Equal((family, protocol, "test"), (found.Family, found.Protocol, found.Name));
        Assert.All(timeouts.All, pair => Assert.Contains(pair, found.Timeouts.All));
        Assert.True(found.Timeouts.All.Count() >= timeouts.All.Count());
        Assert.Equal([found], Client.ListTimeoutPolicies());
        Assert.Contains("EEXIST", Assert.Throws<NetlinkException>(() => Client.CreateTimeoutPolicy(policy)).Message, StringComparison.Ordinal);

        // What was read makes the same policy again; one value differs.
        var first = timeouts.All.First().Key;
        var changed = found with { Timeouts = found.Timeouts.With((Number)first, TimeSpan.FromSeconds(99)) };
        Client.CreateTimeoutPolicy(changed, replace: true);
        Assert.Equal(changed.Timeouts, Client.FindTimeoutPolicy("test")!.Timeouts);
        Client.DeleteTimeoutPolicy("test");
        Assert.Null(Client.FindTimeoutPolicy("test"));
        Assert.Empty(Client.ListTimeoutPolicies());
        Assert.Contains("IPCTNL_MSG_TIMEOUT_DELETE test: ENOENT", Assert.Throws<NetlinkException>(() => Client.DeleteTimeoutPolicy("test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_Timeouts_Are_Those_Of_The_Settings()
    {
        RequirePolicies();
        var before = Client.GetDefaultTimeouts(InetFamily.IPv4, IpProtocol.Tcp);
        Assert.Equal(TimeSpan.FromSeconds(Setting("nf_conntrack_tcp_timeout_established")), before.Of(TcpTimeout.Established));
        Assert.Equal(TimeSpan.FromSeconds(Setting("nf_conntrack_tcp_timeout_syn_sent")), before.Of(TcpTimeout.SynSent));
        Client.SetDefaultTimeouts(InetFamily.IPv4, IpProtocol.Tcp, StateTimeouts.Empty.With(TcpTimeout.Established, TimeSpan.FromSeconds(1234)));
        Assert.Equal(1234, Setting("nf_conntrack_tcp_timeout_established"));
        Assert.Equal(before.With(TcpTimeout.Established, TimeSpan.FromSeconds(1234)), Client.GetDefaultTimeouts(InetFamily.IPv4, IpProtocol.Tcp));

        Client.SetDefaultTimeouts(InetFamily.IPv6, IpProtocol.Udp, StateTimeouts.Empty.With(UdpTimeout.Replied, TimeSpan.FromSeconds(55)));
        Assert.Equal(55, Setting("nf_conntrack_udp_timeout_stream"));
    }

    [Fact]
    public void A_Helper_Is_Made_Changed_Found_And_Deleted()
    {
        try
        {
            Assert.DoesNotContain(Client.ListHelpers(), static h => h.Name == "vfftest");
        }
        catch (NetlinkException exception) when (exception.Error.Number is Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            Requires.Kernel(false, "nfnetlink_cthelper");
        }

        // Helpers are the host's, whatever the namespace; this one's name and port are nobody's.
        var helper = new UserHelper
        {
            Name = "vfftest",
            Family = InetFamily.IPv4,
            Protocol = IpProtocol.Udp,
            QueueNumber = 4711,
            PrivateDataLength = 8,
            Policies = [new HelperPolicy("one", 3, TimeSpan.FromSeconds(30)), new HelperPolicy("two", 1, TimeSpan.FromMinutes(5))],
            IsEnabled = false,
        };
        Client.CreateHelper(helper);
        try
        {
            Assert.Equal(helper, Client.FindHelper("vfftest", InetFamily.IPv4, IpProtocol.Udp));
            Assert.Contains(helper, Client.ListHelpers());
            Client.CreateHelper(helper with { Policies = [], QueueNumber = 4712, IsEnabled = true }, change: true);
            Assert.Equal(helper with { QueueNumber = 4712, IsEnabled = true }, Client.FindHelper("vfftest", InetFamily.IPv4, IpProtocol.Udp));

            // What the helper keeps of a flow is taken with a change of the flow, and not with a new one.
            byte[] kept = [1, 2, 3, 4, 5, 6, 7, 8];
            var helped = new FlowHelper("vfftest") { Info = kept };
            Client.Create(Flows.New(Flows.Udp4) with { Helper = helped });
            Assert.Equal("vfftest", Client.Get(Flows.Udp4).Helper!.Name);
            Assert.Equal(new byte[kept.Length], Client.Get(Flows.Udp4).Helper!.Info.ToArray());
            Client.Update(Flows.Udp4, new FlowChange { Helper = helped });
            Assert.Equal(kept, Client.Get(Flows.Udp4).Helper!.Info.ToArray());
            Client.Delete(Flows.Udp4);
        }
        finally
        {
            Client.DeleteHelper("vfftest", InetFamily.IPv4, IpProtocol.Udp);
        }

        Assert.Null(Client.FindHelper("vfftest", InetFamily.IPv4, IpProtocol.Udp));
    }

    [Fact]
    public void Processors_Count_What_The_Tool_Prints()
    {
        for (var i = 0; i < 7; i++)
            Client.Create(Flows.New(Flows.Numbered(i)));
        var statistics = Client.GetCpuStatistics();
        Assert.Equal(7, statistics.Sum(static s => s.Inserted!.Value));
        Assert.Equal(
            Witness.Run(_table.Namespace, "conntrack", "-S").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.TrimEnd()),
            statistics.Select(static s => CpuLine.Of(s).TrimEnd()));
    }

    private void RequirePolicies()
    {
        try
        {
            Client.ListTimeoutPolicies();
        }
        catch (NetlinkException exception) when (exception.Error.Number is Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            Requires.Kernel(false, "nfnetlink_cttimeout");
        }
    }

    private int Setting(string name) =>
        int.Parse(_table.Namespace.Run(() => File.ReadAllText("/proc/sys/net/netfilter/" + name)), System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_Transport_That_The_Kernel_Does_Not_Know_Has_No_Policy()
    {
        RequirePolicies();
        var policy = new TimeoutPolicy { Name = "test", Family = InetFamily.IPv4, Protocol = (IpProtocol)253 };
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<NetlinkException>(() => Client.CreateTimeoutPolicy(policy)).Error.Number);
    }

    private enum Number : ushort;
}
