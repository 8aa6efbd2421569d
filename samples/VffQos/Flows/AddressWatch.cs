using Microsoft.Extensions.Logging;
using VffNetlink;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffQos.Flows;

/// <summary>Keeps the node's own addresses as the kernel has them.</summary>
internal sealed partial class AddressWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly NetlinkEventSocket _events;
    private readonly RouteClient _client;
    private long? _failedAt;

    /// <summary>Watches the calling thread's network namespace.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public AddressWatch(TimeProvider time, ILogger log)
    {
        _time = time;
        _log = log;
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

    /// <summary>How long until <see cref="Receive"/> has something to do besides taking what was told; null: nothing.</summary>
    public TimeSpan? UntilRetry =>
        _failedAt is not { } at ? null : Pause - _time.GetElapsedTime(at) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>
    /// Takes what was told, and asks for all addresses again: they change rarely, and there are few. Where the kernel refuses, those known
    /// stay, and it is asked again a second later.
    /// </summary>
    public void Receive()
    {
        var sink = new Sink();
        try
        {
            while (_events.Receive(ref sink))
            {
            }

            if (sink.Changed || _failedAt is not null)
                Replace();
            _failedAt = null;
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException or TimeoutException)
        {
            if (_failedAt is null)
                LogFailed(exception.Message);
            _failedAt = _time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events.Dispose();
        _client.Dispose();
    }

    private void Replace() => Addresses.Replace(_client.GetAddresses().Select(static a => a.Address));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node's addresses could not be read, and are asked for again: {Error}")]
    private partial void LogFailed(string error);

    private struct Sink : IEventSink
    {
        public bool Changed { get; private set; }

        public void Event(scoped in NetlinkMessage message) => Changed = true;

        public void Overrun() => Changed = true;
    }
}
