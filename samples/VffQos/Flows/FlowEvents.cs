using VffNetlink;
using VffNetlink.Conntrack;

namespace VffQos.Flows;

/// <summary>Hands conntrack's NEW and DESTROY events to the engine.</summary>
internal sealed class FlowEvents : IDisposable
{
    private const int ReceiveBuffer = 16 << 20; // seconds of a busy node's events

    private readonly ConntrackEvents _events =
        ConntrackEvents.Open(FlowEventKind.New | FlowEventKind.Destroy, new NetlinkSocketOptions { ReceiveBuffer = ReceiveBuffer, SendBuffer = null });

    /// <summary>The descriptor to poll.</summary>
    public int Descriptor => _events.Descriptor;

    /// <summary>Takes what is there, up to a bound.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool Receive(FlowEngine engine)
    {
        var sink = new Sink(engine);
        try
        {
            return _events.Receive(ref sink, maximumDatagrams: 512);
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException)
        {
            engine.EventsLost(); // whatever they were
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private readonly struct Sink(FlowEngine engine) : IFlowEventSink
    {
        public void Flow(FlowEventKind kind, scoped in FlowView flow)
        {
            if (flow.Id is not { } id)
                return;
            // After a silence the node's own packet may be the first: then the client's tuple is that of the replies.
            var tuple = flow.Original;
            if (!engine.Knows(tuple))
                tuple = flow.Reply;
            if (kind == FlowEventKind.New)
                engine.EntryAppeared(tuple, id, flow.Mark ?? 0);
            else
                engine.EntryEnded(tuple, id);
        }

        public void Overrun() => engine.EventsLost();
    }
}
