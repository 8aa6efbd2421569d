using Microsoft.Extensions.Logging;
using VffNetlink.Generic;
using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Diagnostics;

/// <summary>Tells a logger what one socket sends and receives.</summary>
internal sealed partial class MessageTrace
{
    private readonly ILogger _logger;
    private readonly MessagePrinter _printer;
    private readonly NETLINK _protocol;
    private readonly uint _port;

    private MessageTrace(ILogger logger, MessageCatalog catalog, NETLINK protocol, uint port)
    {
        _logger = logger;
        _printer = new MessagePrinter(catalog);
        _protocol = protocol;
        _port = port;
    }

    /// <summary>Null where nobody listens.</summary>
    public static MessageTrace? Create(NetlinkSocketOptions options, NETLINK protocol, uint port) =>
        options.Logger is { } logger ? new MessageTrace(logger, options.Catalog ?? (protocol == NETLINK.NETLINK_GENERIC ? GenericCatalog.Messages : RouteCatalog.Messages), protocol, port) : null;

    public void Sending(ReadOnlySpan<byte> datagram)
    {
        if (!_logger.IsEnabled(LogLevel.Trace))
            return;
        var messages = _printer.Print(_protocol, datagram);
        LogSending(_protocol, _port, datagram.Length, messages);
    }

    public void Received(ReadOnlySpan<byte> datagram)
    {
        if (!_logger.IsEnabled(LogLevel.Trace))
            return;
        var messages = _printer.Print(_protocol, datagram);
        LogReceived(_protocol, _port, datagram.Length, messages);
    }

    [LoggerMessage(EventId = 1, EventName = "Sending", Level = LogLevel.Trace, SkipEnabledCheck = true, Message = "{Protocol} port {Port} sends {Length} bytes\n{Messages}")]
    private partial void LogSending(NETLINK protocol, uint port, int length, string messages);

    [LoggerMessage(EventId = 2, EventName = "Received", Level = LogLevel.Trace, SkipEnabledCheck = true, Message = "{Protocol} port {Port} received {Length} bytes\n{Messages}")]
    private partial void LogReceived(NETLINK protocol, uint port, int length, string messages);
}
