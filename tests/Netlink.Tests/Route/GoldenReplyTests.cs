using System.Net;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>What a kernel answered to ip, read as objects.</summary>
public class GoldenReplyTests
{
    [Fact]
    public void Links()
    {
        var links = Dump("reply-links.txt", static c => c.GetLinks());
        Assert.Equal(["lo", "shape0", "near", "br0", "p1", "p0"], links.Select(static l => l.Name));
        Assert.Equal([1, 2, 3, 4, 5, 6], links.Select(static l => l.Index));
        Assert.Equal([null, "ifb", "veth", "bridge", "veth", "veth"], links.Select(static l => l.Kind));
        Assert.All(links, static l => Assert.Equal(0, l.Family));

        var shape = links[1];
        Assert.Equal(("vffqos", 1000u, 1400u, "pfifo_fast", true), (shape.Alias, shape.TxQueueLength, shape.Mtu, shape.Qdisc, shape.IsUp));
        Assert.Equal([2, 0, 0, 0, 0, 1], shape.HardwareAddress.ToArray());
        Assert.Equal((1, null, null), ((int)shape.HardwareType, shape.ParentIndex, shape.MasterIndex));
        Assert.Equal((null, 65536u, IFF.IFF_LOOPBACK, 772), (links[0].Alias, links[0].Mtu, links[0].Flags & IFF.IFF_LOOPBACK, links[0].HardwareType));
        Assert.Equal(2, links[2].ParentIndex); // in another namespace
        Assert.Equal((5, 4), (links[5].ParentIndex, links[5].MasterIndex));
        Assert.False(links[5].IsUp);
    }

    [Fact]
    public void Addresses()
    {
        var addresses = Dump("reply-addresses.txt", static c => c.GetAddresses());
        Assert.Contains(addresses, static a => (a.LinkIndex, a.Address.ToString(), a.PrefixLength, a.Scope) == (1, "127.0.0.1", 8, 254));
        Assert.Contains(addresses, static a => (a.LinkIndex, a.Address.ToString(), a.PrefixLength, a.Scope) == (3, "192.0.2.1", 24, 0));
        Assert.Contains(addresses, static a => (a.LinkIndex, a.Address.ToString(), a.PrefixLength) == (3, "198.51.100.1", 32)); // not its peer
        Assert.Contains(addresses, static a => (a.LinkIndex, a.Address.ToString(), a.PrefixLength, a.Flags) == (3, "2001:db8::1", 64, 0x82u));
        Assert.Equal(8, addresses.Count);
    }

    [Fact]
    public void Routes()
    {
        var routes = Dump("reply-routes-4.txt", static c => c.GetRoutes(System.Net.Sockets.AddressFamily.InterNetwork));
        Assert.Equal(16, routes.Count);
        Assert.Equal(2, routes.Count(static r => r.IsDefault));
        AssertRoute(routes[0], "10.8.0.0", 16, "192.0.2.7", 3, 0, 1000, 1);
        AssertRoute(routes[1], null, 0, "192.0.2.9", 3, 50, 254, 1);
        AssertRoute(routes[2], null, 0, "fe80::7", 3, 60, 254, 1);
        AssertRoute(routes[3], "10.0.0.0", 8, "192.0.2.8", 3, 0, 254, 1);
        AssertRoute(routes[4], "10.9.0.0", 16, null, null, 0, 254, 6);
        AssertRoute(routes[8], "127.0.0.0", 8, null, 1, 0, 255, 2);

        var v6 = Dump("reply-routes-6.txt", static c => c.GetRoutes(System.Net.Sockets.AddressFamily.InterNetworkV6));
        AssertRoute(v6.Single(static r => r.IsDefault), null, 0, "2001:db8::9", 3, 1024, 254, 1);
    }

    [Theory]
    [InlineData("reply-links.txt")]
    [InlineData("reply-addresses.txt")]
    [InlineData("reply-routes-4.txt")]
    public void Table_That_Changes_During_The_Dump_Is_Dumped_Again_And_Then_Reported(string file)
    {
        var objects = Golden.Load(file);
        var kernel = new ScriptedTransport();
        var interruptions = 0;
        kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            var interrupted = interruptions-- > 0;
            foreach (var o in objects)
                kernel.Reply(Stamp(o, sequence, interrupted ? NLM_F.NLM_F_DUMP_INTR : 0));
            kernel.Reply(Script.Done(sequence));
        };
        using var client = new RouteClient(new NetlinkSocket(kernel));
        int Count() => file switch
        {
            "reply-links.txt" => client.GetLinks().Count,
            "reply-addresses.txt" => client.GetAddresses().Count,
            _ => client.GetRoutes(System.Net.Sockets.AddressFamily.InterNetwork).Count,
        };

        interruptions = 7;
        Assert.Equal(objects.Count, Count());
        Assert.Equal(8, kernel.Sent.Count);
        interruptions = int.MaxValue;
        var exception = Assert.Throws<NetlinkException>(() => Count());
        Assert.Equal(Errno.EINTR, exception.Error.Number);
        Assert.Contains("the table changed during each of 8 dumps", exception.Message, StringComparison.Ordinal);
        Assert.Equal((16, 0), (kernel.Sent.Count, kernel.Pending));
    }

    [Fact]
    public void Default_Route_Reads_Only_What_Can_Be_One()
    {
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            // A route with a prefix is not looked into: this one would be malformed.
            kernel.Reply(ScriptedTransport.Message((ushort)RTM.RTM_NEWROUTE, NLM_F.NLM_F_MULTI, sequence, [2, 8, 0, 0, 254, 4, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 4, 0]));
            foreach (var o in Golden.Load("reply-routes-4.txt"))
                kernel.Reply(Stamp(o, sequence, 0));
            kernel.Reply(Script.Done(sequence));
        };
        using var client = new RouteClient(new NetlinkSocket(kernel));
        AssertRoute(client.FindDefaultRoute()!, null, 0, "192.0.2.9", 3, 50, 254, 1);
        Assert.Single(kernel.Sent);
    }

    [Fact]
    public void Refused_Dump_Is_An_Exception_And_A_Missing_Table_Has_No_Default_Route()
    {
        var kernel = new ScriptedTransport();
        var errno = Errno.ENOENT;
        kernel.OnSend = sent => kernel.Reply(Script.Done(ScriptedTransport.SequenceOf(sent), errno));
        using var client = new RouteClient(new NetlinkSocket(kernel));
        Assert.Null(client.FindDefaultRoute());
        Assert.Equal("RTM_GETROUTE: ENOENT", Assert.Throws<NetlinkException>(() => client.GetRoutes(System.Net.Sockets.AddressFamily.InterNetwork)).Message);
        errno = Errno.EPERM;
        Assert.Equal("RTM_GETROUTE: EPERM", Assert.Throws<NetlinkException>(() => client.FindDefaultRoute()).Message);
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, Errno.EPERM));
        Assert.Equal("RTM_GETLINK lo: EPERM", Assert.Throws<NetlinkException>(() => client.FindLink("lo")).Message);
    }

    internal static byte[] Stamp(byte[] captured, uint sequence, NLM_F flags)
    {
        var message = (byte[])captured.Clone();
        BitConverter.TryWriteBytes(message.AsSpan(8), sequence);
        BitConverter.TryWriteBytes(message.AsSpan(6), (ushort)((NLM_F)BitConverter.ToUInt16(message, 6) | flags));
        return message;
    }

    private static void AssertRoute(RouteEntry route, string? destination, int prefix, string? gateway, int? output, uint metric, uint table, int type)
    {
        Assert.Equal(destination, route.Destination?.ToString());
        Assert.Equal(gateway is null ? null : IPAddress.Parse(gateway), route.Gateway);
        Assert.Equal((prefix, output, metric, table, type), (route.PrefixLength, route.OutputIndex, route.Metric, route.Table, route.Type));
    }

    private static IReadOnlyList<T> Dump<T>(string file, Func<RouteClient, IReadOnlyList<T>> verb)
    {
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent =>
        {
            var sequence = ScriptedTransport.SequenceOf(sent);
            foreach (var o in Golden.Load(file))
                kernel.Reply(Stamp(o, sequence, 0));
            kernel.Reply(Script.Done(sequence));
        };
        using var client = new RouteClient(new NetlinkSocket(kernel));
        return verb(client);
    }
}
