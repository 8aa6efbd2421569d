using Microsoft.Extensions.Logging;
using VffNetlink.Diagnostics;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Diagnostics;

public class TraceTests
{
    [Fact]
    public void Every_Message_Is_Told_Decoded()
    {
        var log = new Log { Level = LogLevel.Trace };
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, Errno.ENODEV, Script.Explain("No device")));
        using var client = new RouteClient(new NetlinkSocket(kernel, Options(log)));
        Assert.False(client.TryDeleteLink(7, out _));
        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith("Sending NETLINK_ROUTE port 4711 sends 32 bytes\nRTM_DELLINK len 32 flags NLM_F_REQUEST|NLM_F_ACK seq ", log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\n  ifinfomsg ifi_family 0 ifi_type 0 ifi_index 7 ", log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Received NETLINK_ROUTE port 4711 received ", log.Lines[1], StringComparison.Ordinal);
        Assert.Contains("\n  error -19 ENODEV\n", log.Lines[1], StringComparison.Ordinal);
        Assert.Contains("\n  NLMSGERR_ATTR_MSG \"No device\"\n", log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_And_Notifications_Are_Told()
    {
        var log = new Log { Level = LogLevel.Trace };
        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent.AsSpan(sent.Length / 2), 0));
        using var socket = new NetlinkSocket(kernel, Options(log));
        var batch = new NetlinkBatch();
        batch.Add(Script.Request());
        batch.Add(Script.Request());
        Assert.True(batch.Send(socket).IsSuccess);
        Assert.Equal(["Sending", "Received"], log.Lines.Select(static l => l.Split(' ')[0]));

        kernel.Reply(Script.Item(0, 5));
        using var events = new NetlinkEventSocket(kernel, Options(log));
        var sink = default(Ignore);
        Assert.False(events.Receive(ref sink));
        Assert.Equal(3, log.Lines.Count);
        Assert.Contains("received 20 bytes", log.Lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Debug)]
    [InlineData(LogLevel.None)]
    public void Off_It_Costs_Nothing(LogLevel level)
    {
        var log = new Log { Level = level };
        var request = Script.Request();
        using var socket = new NetlinkSocket(new ReplayTransport(ScriptedTransport.Ack(new byte[16], 0)), Options(log));
        Allocations.None(() => Assert.True(socket.TryRequest(request, null, out _)));
        Assert.Empty(log.Lines);

        var kernel = new ScriptedTransport();
        kernel.OnSend = sent => kernel.Reply(ScriptedTransport.Ack(sent, 0));
        using var counted = new NetlinkSocket(kernel, Options(log));
        Assert.True(counted.TryRequest(request, null, out _));
        Assert.Equal((1, (1, 0)), (kernel.Sent.Count, kernel.Calls));
    }

    [Fact]
    public void Clients_Bring_Their_Names_Along_And_Yield_To_Others()
    {
        Assert.Null(NetlinkSocketOptions.WithNames(null, RouteCatalog.Messages).Catalog);
        var log = new Log { Level = LogLevel.Trace };
        Assert.Same(RouteCatalog.Messages, NetlinkSocketOptions.WithNames(new NetlinkSocketOptions { Logger = log }, RouteCatalog.Messages).Catalog);
        Assert.Same(MessageCatalog.Empty, NetlinkSocketOptions.WithNames(Options(log) with { Catalog = MessageCatalog.Empty }, RouteCatalog.Messages).Catalog);
    }

    private static NetlinkSocketOptions Options(ILogger log) => new() { Logger = log, Catalog = RouteCatalog.Messages };

    private sealed class Log : ILogger
    {
        public required LogLevel Level { get; init; }

        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Level && Level != LogLevel.None;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Trace, logLevel);
            Lines.Add($"{eventId.Name} {formatter(state, exception)}");
        }
    }

    private struct Ignore : IEventSink
    {
        public readonly void Event(scoped in NetlinkMessage message)
        {
        }

        public readonly void Overrun()
        {
        }
    }
}
