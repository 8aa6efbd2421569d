using System.Diagnostics;
using VffNetlink.Conntrack;
using VffNetlink.Uapi;

namespace VffNetlink.Benchmarks.Macro;

/// <summary>
/// Notes when each flow was dealt with: for the maps plane the element's arrival in the flow table, which comes after the mark; for
/// the marks plane the mark itself. Runs on a thread of its own.
/// </summary>
internal sealed class MarkEvents : IDisposable
{
    private const ushort NewSetElement = (ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES << 8 | 12; // NFT_MSG_NEWSETELEM

    private readonly NetlinkEventSocket _socket;
    private readonly Thread _thread;
    private volatile bool _stop;

    public MarkEvents(NetworkNamespace ns, int flows)
    {
        DealtWith = new long[flows];
        _socket = NetlinkEventSocket.Open(NETLINK.NETLINK_NETFILTER, [(uint)NFNLGRP.NFNLGRP_NFTABLES],
            new NetlinkSocketOptions { Namespace = ns, ReceiveBuffer = 256 << 20, SendBuffer = null });
        _thread = new Thread(Listen) { IsBackground = true, Name = "events" };
        _thread.Start();
    }

    /// <summary>Timestamps by flow number; 0 where it was not seen since it was last cleared.</summary>
    public long[] DealtWith { get; }

    /// <summary>Elements that came.</summary>
    public long Count;

    /// <summary>Events that the kernel dropped: then the numbers mean nothing.</summary>
    public long Overruns;

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _socket.Dispose();
    }

    private void Listen()
    {
        var sink = new Sink(this);
        while (!_stop)
        {
            if (_socket.Wait(TimeSpan.FromMilliseconds(100)))
                _socket.Receive(ref sink);
        }
    }

    private readonly struct Sink(MarkEvents owner) : IEventSink
    {
        public void Event(scoped in NetlinkMessage message)
        {
            if (message.Type != NewSetElement)
                return;
            var now = Stopwatch.GetTimestamp();
            foreach (var a in message.Attributes<nfgenmsg, RAW>())
            {
                if (a.Type == 3) // NFTA_SET_ELEM_LIST_ELEMENTS
                    Elements(a.Nested<RAW>(), now);
            }
        }

        public void Overrun() => owner.Overruns++;

        private void Elements(AttributeReader<RAW> elements, long now)
        {
            foreach (var element in elements)
            {
                foreach (var part in element.Nested<RAW>())
                {
                    // NFTA_SET_ELEM_KEY, NFTA_DATA_VALUE: saddr, daddr, protocol, sport, dport, each in words.
                    if (part.Type != 1 || !part.Nested<RAW>().TryFind((RAW)1, out var value) || value.Payload.Length != 20)
                        continue;
                    var number = Flows.NumberOf(value.Payload);
                    if ((uint)number < (uint)owner.DealtWith.Length)
                        owner.DealtWith[number] = now;
                    owner.Count++;
                }
            }
        }
    }

    private enum RAW : ushort
    {
        None,
    }
}
