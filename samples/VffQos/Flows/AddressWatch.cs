using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffQos.Flows;

/// <summary>Keeps the node's own addresses as the kernel has them.</summary>
internal sealed class AddressWatch : IDisposable
{
    private readonly NetlinkEventSocket _events;
    private readonly RouteClient _client;

    /// <summary>Watches the calling thread's network namespace.</summary>
    public AddressWatch()
    {
        _events = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, [(uint)RTNLGRP.RTNLGRP_IPV4_IFADDR, (uint)RTNLGRP.RTNLGRP_IPV6_IFADDR]);
        try
        {
            _client = RouteClient.Open();
            Replace();
        }
        catch
        {
            _client?.Dispose();
            _events.Dispose();
            throw;
        }
    }

    /// <summary>The addresses.</summary>
    public LocalAddresses Addresses { get; } = new();

    /// <summary>The descriptor to poll.</summary>
    public int Descriptor => _events.Descriptor;

    /// <summary>Takes what was told, and asks for all addresses again: they change rarely, and there are few.</summary>
    public void Receive()
    {
        var sink = new Sink();
        while (_events.Receive(ref sink))
        {
        }

        if (sink.Changed)
            Replace();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events.Dispose();
        _client.Dispose();
    }

    private void Replace() => Addresses.Replace(_client.GetAddresses().Select(static a => a.Address));

    private struct Sink : IEventSink
    {
        public bool Changed { get; private set; }

        public void Event(scoped in NetlinkMessage message) => Changed = true;

        public void Overrun() => Changed = true;
    }
}
