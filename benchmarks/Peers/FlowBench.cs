using System.Net;
using System.Runtime.CompilerServices;
using VffNetlink.Conntrack;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>UDP flows i: 10.0.0.0+i:(1024+i%60000) -> 192.0.2.1:443, mark i%65000+1+salt.</summary>
internal static class FlowBench
{
    private static readonly InetAddress Node = new(IPAddress.Parse("192.0.2.1"));

    private static readonly FlowFilter Wanted = new() { Family = InetFamily.IPv4 };

    public static int Create(int count, int batchSize)
    {
        using var client = ConntrackClient.Open();
        var batch = new NetlinkBatch(1 << 20);
        return Report.Time(count, () =>
        {
            var errors = 0L;
            for (var i = 0; i < count;)
            {
                batch.Clear();
                for (var end = Math.Min(count, i + batchSize); i < end; i++)
                {
                    var tuple = TupleOf(i);
                    batch.CreateFlow(new Flow
                    {
                        Original = tuple,
                        Reply = tuple.Inverted(),
                        Timeout = TimeSpan.FromSeconds(6000),
                        Status = FlowStatus.Confirmed,
                        Mark = MarkOf(i, 0),
                    });
                }

                errors += client.Send(batch).Refused;
            }

            return errors;
        });
    }

    public static int Update(int count, int batchSize, uint salt)
    {
        using var client = ConntrackClient.Open();
        var prepared = new PreparedFlowMark();
        var batch = new NetlinkBatch(1 << 20);
        var nothing = Report.Nothing();
        Report.WarmUp(() =>
        {
            // Refused, and acknowledged: what the clock will see, for flows that are not there.
            UpdateAll(client, batch, prepared, batchSize, batchSize, salt, port: 1);
            batch.Clear();
            batch.Add(nothing);
            client.Send(batch);
            client.TrySend(nothing, out _);
        });
        return Report.Time(count, () => UpdateAll(client, batch, prepared, count, batchSize, salt, port: 443));
    }

    public static int Dump(int count)
    {
        using var client = ConntrackClient.Open();
        var batch = new NetlinkBatch();
        for (var i = 0; i < Math.Min(count, 16); i++)
            batch.GetFlow(TupleOf(i));
        var sink = default(CountingSink);
        // The reading of flows, by some that are asked for, and the dump, by a list that has none: the table itself is not touched before the clock starts.
        Report.WarmUp(() =>
        {
            client.Send(batch, ref sink);
            client.TryDump(Wanted, FlowList.Unconfirmed, ref sink, out _);
        });
        sink = default;
        var allocated = 0L;
        var code = Report.Time(count, () =>
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            var done = client.TryDump(Wanted, ref sink, out _);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return done ? Math.Abs(sink.Count - count) : count;
        });
        if (allocated == 0)
            return code;
        Console.Error.WriteLine($"dump: {allocated} bytes were allocated, where 0 are promised");
        return 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConntrackTuple TupleOf(int i, ushort port = 443) =>
        new(IpProtocol.Udp, InetAddress.FromIPv4(0x0a000000u + (uint)i), (ushort)(1024 + ((uint)i % 60000)), Node, port);

    public static uint MarkOf(int i, uint salt) => (uint)(i % 65000) + 1 + salt;

    private static long UpdateAll(ConntrackClient client, NetlinkBatch batch, PreparedFlowMark prepared, int count, int batchSize, uint salt, ushort port)
    {
        var errors = 0L;
        if (batchSize == 1)
        {
            for (var i = 0; i < count; i++)
            {
                if (!client.TrySend(prepared.Patch(TupleOf(i, port), new MaskedMark(MarkOf(i, salt))), out _))
                    errors++;
            }

            return errors;
        }

        for (var i = 0; i < count;)
        {
            batch.Clear();
            for (var end = Math.Min(count, i + batchSize); i < end; i++)
                prepared.AddTo(batch, TupleOf(i, port), new MaskedMark(MarkOf(i, salt)));
            errors += client.Send(batch).Refused;
        }

        return errors;
    }

    private struct CountingSink : IFlowSink, IBatchSink
    {
        public long Count { get; private set; }

        public ulong Sum { get; private set; }

        public void Flow(scoped in FlowView flow)
        {
            var original = flow.Original;
            var reply = flow.Reply;
            if (original.Source == default || flow.Mark is not { } mark)
                return;
            Sum += (ulong)original.SourcePort + reply.DestinationPort + mark + (uint)(flow.Status ?? 0) + (ulong)(flow.Timeout?.Ticks ?? 0);
            Count++;
        }

        public void Reply(int index, scoped in NetlinkMessage message)
        {
            var flow = FlowView.Read(message);
            if (Wanted.Matches(flow))
                Flow(flow);
        }

        public readonly void Refused(int index, in NetlinkError error)
        {
        }
    }
}
