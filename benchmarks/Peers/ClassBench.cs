using VffNetlink.Route;
using VffNetlink.Tc;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Classes i of 10mbit under 1: with handle 1:(i+2), and dumps with statistics.</summary>
internal static class ClassBench
{
    private static readonly TcHandle Root = new(1, 0);

    public static int Add(int count, int batchSize, string device)
    {
        using var client = TcClient.Open();
        var link = IndexOf(device);
        var options = new HtbClass(Psched.Read(), Rate.Parse("10mbit")) { Quantum = 1600 };
        var prepared = PreparedHtbClass.ForAdd(link, Root, options);
        var nothing = Report.Nothing();
        var batch = new NetlinkBatch(1 << 20);
        Report.WarmUp(() =>
        {
            // Refused, and acknowledged: what the clock will see, on a link that is not there.
            AddAll(client, batch, prepared, int.MaxValue, batchSize, batchSize);
            batch.Clear();
            batch.Add(nothing);
            client.Send(batch);
            client.TrySend(nothing, out _);
        });
        return Report.Time(count, () => AddAll(client, batch, prepared, link, count, batchSize));
    }

    public static int Dump(int count, string device, bool qdiscs)
    {
        using var client = TcClient.Open();
        var link = IndexOf(device);
        var sink = default(CountingSink);
        Report.WarmUp(() =>
        {
            if (qdiscs)
                client.TryDumpQdiscs(1, ref sink, out _);
            else
                client.TryDumpClasses(1, default, ref sink, out _);
        });
        sink = default;
        return Report.Time(count, () =>
        {
            NetlinkError error;
            var done = qdiscs ? client.TryDumpQdiscs(link, ref sink, out error) : client.TryDumpClasses(link, default, ref sink, out error);
            return done ? Math.Abs(sink.Count - count) : count;
        });
    }

    public static int IndexOf(string device)
    {
        using var routes = RouteClient.Open();
        return routes.GetLink(device).Index;
    }

    private static long AddAll(TcClient client, NetlinkBatch batch, PreparedHtbClass prepared, int link, int count, int batchSize)
    {
        var errors = 0L;
        if (batchSize == 1)
        {
            for (var i = 0; i < count; i++)
            {
                if (!client.TrySend(prepared.Patch(new ClassKey(link, HandleOf(i))), out _))
                    errors++;
            }

            return errors;
        }

        for (var i = 0; i < count;)
        {
            batch.Clear();
            for (var end = Math.Min(count, i + batchSize); i < end; i++)
                prepared.AddTo(batch, new ClassKey(link, HandleOf(i)));
            errors += client.Send(batch).Refused;
        }

        return errors;
    }

    private static TcHandle HandleOf(int i) => new(1, (ushort)(i + 2));

    private struct CountingSink : IClassSink, IQdiscSink
    {
        public long Count { get; private set; }

        public ulong Sum { get; private set; }

        public void Class(scoped in ClassView view)
        {
            if (view.TryRead<HtbClass>(out var options) && view.TryReadStatistics(out var statistics))
                Take(view.ClassId, statistics, options.Rate.BytesPerSecond);
        }

        public void Qdisc(scoped in QdiscView view)
        {
            if (view.TryReadStatistics(out var statistics))
                Take(view.Handle, statistics, 0);
        }

        private void Take(TcHandle handle, in TcStatistics statistics, ulong rate)
        {
            Sum += handle.Value + rate + statistics.Bytes + statistics.Packets + statistics.QueueLength + statistics.Backlog + statistics.Drops + statistics.Overlimits;
            Count++;
        }
    }
}
