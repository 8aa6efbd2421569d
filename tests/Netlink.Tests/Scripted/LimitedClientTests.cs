using System.Net;
using System.Net.Sockets;
using VffNetlink.Generic;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Scripted;

/// <summary>Clients whose verbs have a deadline or can be cancelled: every verb heeds it, and it costs nothing where the answer is there.</summary>
public sealed class LimitedClientTests : IDisposable
{
    private static readonly WaitLimit Over = new CancellationToken(canceled: true);
    private static readonly LinkAddress Address = new() { LinkIndex = 1, Address = IPAddress.Loopback, PrefixLength = 8 };
    private static readonly RouteEntry Default = new() { Family = (byte)InetFamily.IPv4, OutputIndex = 1 };
    private static readonly Neighbour Neighbour = new() { Family = (byte)InetFamily.IPv4, LinkIndex = 1, Destination = IPAddress.Loopback };
    private static readonly RoutingRule Rule = new() { Family = (byte)InetFamily.IPv4 };

    private readonly ScriptedTransport _kernel = new();
    private readonly RouteClient _client;

    public LimitedClientTests() => _client = new RouteClient(new NetlinkSocket(_kernel));

    public void Dispose() => _client.Dispose();

    [Fact]
    public void Every_Verb_Of_Rtnetlink_Heeds_The_Limit()
    {
        using var ns = NetworkNamespace.OpenCurrent();
        new Verbs<RouteClient>()
            .Add(nameof(RouteClient.FindLink), static c => c.FindLink(1))
            .Add(nameof(RouteClient.FindLink), static c => c.FindLink("lo"))
            .Add(nameof(RouteClient.GetLink), static c => c.GetLink(1))
            .Add(nameof(RouteClient.GetLink), static c => c.GetLink("lo"))
            .Add(nameof(RouteClient.TryGetLink), static c => Take<LinkView>((ref sink) => c.TryGetLink(1, ref sink, out _)))
            .Add(nameof(RouteClient.GetLinks), static c => c.GetLinks())
            .Add(nameof(RouteClient.TryDumpLinks), static c => Take<LinkView>((ref sink) => c.TryDumpLinks(default, ref sink, out _)))
            .Add(nameof(RouteClient.TryAddLink), static c => c.TryAddLink("a", default(IfbLink), default, out _))
            .Add(nameof(RouteClient.AddLink), static c => c.AddLink("a", default(IfbLink)))
            .Add(nameof(RouteClient.TryChangeLink), static c => c.TryChangeLink(1, default, out _))
            .Add(nameof(RouteClient.ChangeLink), static c => c.ChangeLink(1, default))
            .Add(nameof(RouteClient.TryChangeLinkKind), static c => c.TryChangeLinkKind(1, default(IfbLink), out _))
            .Add(nameof(RouteClient.ChangeLinkKind), static c => c.ChangeLinkKind(1, default(IfbLink)))
            .Add(nameof(RouteClient.TryDeleteLink), static c => c.TryDeleteLink(1, out _))
            .Add(nameof(RouteClient.DeleteLink), static c => c.DeleteLink(1))
            .Add(nameof(RouteClient.TryAddAlternativeName), static c => c.TryAddAlternativeName(1, "b", out _))
            .Add(nameof(RouteClient.AddAlternativeName), static c => c.AddAlternativeName(1, "b"))
            .Add(nameof(RouteClient.TryDeleteAlternativeName), static c => c.TryDeleteAlternativeName(1, "b", out _))
            .Add(nameof(RouteClient.DeleteAlternativeName), static c => c.DeleteAlternativeName(1, "b"))
            .Add(nameof(RouteClient.GetAddresses), static c => c.GetAddresses())
            .Add(nameof(RouteClient.TryDumpAddresses), static c => Take<AddressView>((ref sink) => c.TryDumpAddresses(default, ref sink, out _)))
            .Add(nameof(RouteClient.TryAddAddress), static c => c.TryAddAddress(1, IPAddress.Loopback, 8, 0, out _))
            .Add(nameof(RouteClient.TryAddAddress), static c => c.TryAddAddress(Address, out _))
            .Add(nameof(RouteClient.AddAddress), static c => c.AddAddress(1, IPAddress.Loopback, 8))
            .Add(nameof(RouteClient.AddAddress), static c => c.AddAddress(Address))
            .Add(nameof(RouteClient.TryReplaceAddress), static c => c.TryReplaceAddress(Address, out _))
            .Add(nameof(RouteClient.ReplaceAddress), static c => c.ReplaceAddress(Address))
            .Add(nameof(RouteClient.TryDeleteAddress), static c => c.TryDeleteAddress(Address, out _))
            .Add(nameof(RouteClient.DeleteAddress), static c => c.DeleteAddress(Address))
            .Add(nameof(RouteClient.GetRoutes), static c => c.GetRoutes(AddressFamily.InterNetwork))
            .Add(nameof(RouteClient.GetRoutes), static c => c.GetRoutes(default(RouteFilter)))
            .Add(nameof(RouteClient.TryDumpRoutes), static c => Take<RouteView>((ref sink) => c.TryDumpRoutes(default, ref sink, out _)))
            .Add(nameof(RouteClient.TryGetRoute), static c => c.TryGetRoute(new RouteQuery { Destination = new InetAddress(IPAddress.Loopback) }, out _, out _))
            .Add(nameof(RouteClient.GetRoute), static c => c.GetRoute(new RouteQuery { Destination = new InetAddress(IPAddress.Loopback) }))
            .Add(nameof(RouteClient.FindDefaultRoute), static c => c.FindDefaultRoute())
            .Add(nameof(RouteClient.FindDefaultRoute), static c => c.FindDefaultRoute(AddressFamily.InterNetworkV6))
            .Add(nameof(RouteClient.TryAddDefaultRoute), static c => c.TryAddDefaultRoute(1, IPAddress.Loopback, out _))
            .Add(nameof(RouteClient.AddDefaultRoute), static c => c.AddDefaultRoute(1, IPAddress.Loopback))
            .Add(nameof(RouteClient.TryAddRoute), static c => c.TryAddRoute(Default, out _))
            .Add(nameof(RouteClient.AddRoute), static c => c.AddRoute(Default))
            .Add(nameof(RouteClient.TryReplaceRoute), static c => c.TryReplaceRoute(Default, out _))
            .Add(nameof(RouteClient.ReplaceRoute), static c => c.ReplaceRoute(Default))
            .Add(nameof(RouteClient.TryAppendRoute), static c => c.TryAppendRoute(Default, out _))
            .Add(nameof(RouteClient.AppendRoute), static c => c.AppendRoute(Default))
            .Add(nameof(RouteClient.TryDeleteRoute), static c => c.TryDeleteRoute(Default, out _))
            .Add(nameof(RouteClient.DeleteRoute), static c => c.DeleteRoute(Default))
            .Add(nameof(RouteClient.GetNeighbours), static c => c.GetNeighbours())
            .Add(nameof(RouteClient.TryDumpNeighbours), static c => Take<NeighbourView>((ref sink) => c.TryDumpNeighbours(default, ref sink, out _)))
            .Add(nameof(RouteClient.TryGetNeighbour), static c => c.TryGetNeighbour(Neighbour, out _, out _))
            .Add(nameof(RouteClient.GetNeighbour), static c => c.GetNeighbour(Neighbour))
            .Add(nameof(RouteClient.TryAddNeighbour), static c => c.TryAddNeighbour(Neighbour, out _))
            .Add(nameof(RouteClient.AddNeighbour), static c => c.AddNeighbour(Neighbour))
            .Add(nameof(RouteClient.TryReplaceNeighbour), static c => c.TryReplaceNeighbour(Neighbour, out _))
            .Add(nameof(RouteClient.ReplaceNeighbour), static c => c.ReplaceNeighbour(Neighbour))
            .Add(nameof(RouteClient.TryDeleteNeighbour), static c => c.TryDeleteNeighbour(Neighbour, out _))
            .Add(nameof(RouteClient.DeleteNeighbour), static c => c.DeleteNeighbour(Neighbour))
            .Add(nameof(RouteClient.GetRules), static c => c.GetRules())
            .Add(nameof(RouteClient.TryDumpRules), static c => Take<RuleView>((ref sink) => c.TryDumpRules(default, ref sink, out _)))
            .Add(nameof(RouteClient.TryAddRule), static c => c.TryAddRule(Rule, out _))
            .Add(nameof(RouteClient.AddRule), static c => c.AddRule(Rule))
            .Add(nameof(RouteClient.TryDeleteRule), static c => c.TryDeleteRule(Rule, out _))
            .Add(nameof(RouteClient.DeleteRule), static c => c.DeleteRule(Rule))
            .Add(nameof(RouteClient.TryGetNamespaceId), c => c.TryGetNamespaceId(ns, out _, out _))
            .Add(nameof(RouteClient.TryGetNamespaceId), static c => c.TryGetNamespaceId(1, out _, out _))
            .Add(nameof(RouteClient.GetNamespaceId), c => c.GetNamespaceId(ns))
            .Add(nameof(RouteClient.GetNamespaceId), static c => c.GetNamespaceId(1))
            .Add(nameof(RouteClient.GetNamespaceIds), static c => c.GetNamespaceIds())
            .Add(nameof(RouteClient.TryDumpNamespaceIds), static c => Take<NamespaceIdView>((ref sink) => c.TryDumpNamespaceIds(null, ref sink, out _)))
            .Add(nameof(RouteClient.TrySetNamespaceId), c => c.TrySetNamespaceId(ns, 7, out _))
            .Add(nameof(RouteClient.SetNamespaceId), c => c.SetNamespaceId(ns, 7))
            .Add(nameof(RouteClient.Send), static c => c.Send(Batch()))
            .Add(nameof(RouteClient.Send), static c =>
            {
                var sink = default(NoAnswers);
                c.Send(Batch(), ref sink);
            })
            .AssertLimited(_client.Within(Over), _kernel);
    }

    [Fact]
    public void Every_Verb_Of_Generic_Netlink_Heeds_The_Limit()
    {
        using var client = new GenericClient(new NetlinkSocket(_kernel));
        new Verbs<GenericClient>()
            .Add(nameof(GenericClient.FindFamily), static c => c.FindFamily("ethtool"))
            .Add(nameof(GenericClient.GetFamily), static c => c.GetFamily("ethtool"))
            .Add(nameof(GenericClient.TryGetFamily), static c => c.TryGetFamily("ethtool", out _, out _))
            .Add(nameof(GenericClient.GetFamilies), static c => c.GetFamilies())
            .Add(nameof(GenericClient.TryRequest), static c => c.TryRequest(Script.Request(), null, out _))
            .Add(nameof(GenericClient.Request), static c => c.Request(Script.Request(), "request"))
            .Add(nameof(GenericClient.Exchange), static c => c.Exchange(Script.Request()).Dispose())
            .Add(nameof(GenericClient.Send), static c => c.Send(Batch()))
            .Add(nameof(GenericClient.Send), static c =>
            {
                var sink = default(NoAnswers);
                c.Send(Batch(), ref sink);
            })
            .AssertLimited(client.Within(Over), _kernel);
    }

    [Fact]
    public void Limit_Costs_No_Call_Where_The_Answer_Is_There()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        using var source = new CancellationTokenSource();
        _client.DeleteLink(1);
        var plain = _kernel.Calls;
        _client.Within(new WaitLimit(TimeSpan.FromSeconds(30), source.Token)).DeleteLink(1);
        Assert.Equal((plain.Receives * 2, 0), _kernel.Calls);
        Assert.Equal((1, 2), (plain.Receives, _kernel.Sent.Count));
    }

    [Fact]
    public void Deadline_Is_The_Views_Alone_And_The_Late_Answer_Is_Dropped()
    {
        byte[] late = [];
        _kernel.OnSend = sent => late = ScriptedTransport.Ack(sent, Errno.EPERM);
        var hurried = _client.Within(TimeSpan.FromMilliseconds(20));
        Assert.Contains("within 20 ms", Assert.Throws<TimeoutException>(() => hurried.TryDeleteLink(1, out _)).Message, StringComparison.Ordinal);
        Assert.Contains("within 60000 ms", Assert.Throws<TimeoutException>(() => _client.TryDeleteLink(1, out _)).Message, StringComparison.Ordinal);
        _kernel.Reply(late);
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        Assert.True(_client.Within(TimeSpan.FromSeconds(30)).TryDeleteLink(1, out _));
        Assert.Equal(0, _kernel.Pending);
    }

    [Fact]
    public void View_Closes_Nothing_And_Ends_With_Its_Client()
    {
        _kernel.OnSend = sent => _kernel.Reply(ScriptedTransport.Ack(sent, 0));
        var view = _client.Within(TimeSpan.FromSeconds(30)).Within(CancellationToken.None);
        view.Dispose();
        Assert.False(_kernel.IsDisposed);
        Assert.True(view.TryDeleteLink(1, out _));
        _client.Dispose();
        Assert.True(_kernel.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => view.TryDeleteLink(1, out _));
    }

    [Fact]
    public void Limits_Allocate_Nothing_Where_The_View_Is_Kept()
    {
        using var source = new CancellationTokenSource();
        using var client = new RouteClient(new NetlinkSocket(new ReplayTransport(ScriptedTransport.Ack(new byte[16], 0))));
        var view = client.Within(new WaitLimit(TimeSpan.FromSeconds(30), source.Token));
        Allocations.None(() => view.TryDeleteLink(1, out _));
    }

    private delegate void Taker<TView>(ref Ignore<TView> sink)
        where TView : struct, allows ref struct;

    private static void Take<TView>(Taker<TView> take)
        where TView : struct, allows ref struct
    {
        var sink = default(Ignore<TView>);
        take(ref sink);
    }

    private static NetlinkBatch Batch()
    {
        var batch = new NetlinkBatch();
        batch.Add(Script.Request());
        return batch;
    }

    private readonly struct Ignore<TView> : IViewSink<TView>
        where TView : struct, allows ref struct
    {
        public void Take(scoped in TView view)
        {
        }
    }

    private readonly struct NoAnswers : IBatchSink
    {
        public void Reply(int index, scoped in NetlinkMessage message)
        {
        }

        public void Refused(int index, in NetlinkError error)
        {
        }
    }
}
