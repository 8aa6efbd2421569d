using VffNetlink.Tc;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Filters i: 10.0.0.0+i, or mark i+1, to class 1:(i+2).</summary>
internal static class FilterBench
{
    public static int Add(int count, int batchSize, string device, bool byMark)
    {
        using var client = TcClient.Open();
        var link = ClassBench.IndexOf(device);
        var batch = new NetlinkBatch(1 << 20);
        var nothing = Report.Nothing();
        Report.WarmUp(() =>
        {
            AddAll(client, batch, int.MaxValue, batchSize, batchSize, byMark);
            batch.Clear();
            batch.Add(nothing);
            client.Send(batch);
            client.TrySend(nothing, out _);
        });
        return Report.Time(count, () => AddAll(client, batch, link, count, batchSize, byMark));
    }

    private static long AddAll(TcClient client, NetlinkBatch batch, int link, int count, int batchSize, bool byMark)
    {
        var errors = 0L;
        if (batchSize == 1)
        {
            for (var i = 0; i < count; i++)
            {
                if (!client.TryAddFilter(KeyOf(link), FilterOf(i, byMark), out _))
                    errors++;
            }

            return errors;
        }

        for (var i = 0; i < count;)
        {
            batch.Clear();
            for (var end = Math.Min(count, i + batchSize); i < end; i++)
                batch.AddFilter(KeyOf(link), FilterOf(i, byMark));
            errors += client.Send(batch).Refused;
        }

        return errors;
    }

    private static FilterKey KeyOf(int link) => new(link, new TcHandle(1, 0), 1, FilterProtocol.IPv4, 0);

    private static U32Filter FilterOf(int i, bool byMark) => byMark
        ? new U32Filter { ClassId = new TcHandle(1, (ushort)(i + 2)), Mark = new U32Mark((uint)i + 1, uint.MaxValue) }
        : new U32Filter { ClassId = new TcHandle(1, (ushort)(i + 2)), Keys = [new U32Key(0x0a000000u + (uint)i, uint.MaxValue, 16)] };
}
