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
            batch.Clear();
            batch.AddFilter(KeyOf(int.MaxValue), FilterOf(0, byMark));
            batch.Add(nothing);
            client.Send(batch);
            client.TryAddFilter(KeyOf(int.MaxValue), FilterOf(0, byMark), out _);
            client.TrySend(nothing, out _);
        });
        if (batchSize == 1)
        {
            return Report.Time(count, () =>
            {
                var errors = 0L;
                for (var i = 0; i < count; i++)
                {
                    if (!client.TryAddFilter(KeyOf(link), FilterOf(i, byMark), out _))
                        errors++;
                }

                return errors;
            });
        }

        return Report.Time(count, () =>
        {
            var errors = 0L;
            for (var i = 0; i < count;)
            {
                batch.Clear();
                for (var end = Math.Min(count, i + batchSize); i < end; i++)
                    batch.AddFilter(KeyOf(link), FilterOf(i, byMark));
                errors += client.Send(batch).Refused;
            }

            return errors;
        });
    }

    private static FilterKey KeyOf(int link) => new(link, new TcHandle(1, 0), 1, FilterProtocol.IPv4, 0);

    private static U32Filter FilterOf(int i, bool byMark) => byMark
        ? new U32Filter { ClassId = new TcHandle(1, (ushort)(i + 2)), Mark = new U32Mark((uint)i + 1, uint.MaxValue) }
        : new U32Filter { ClassId = new TcHandle(1, (ushort)(i + 2)), Keys = [new U32Key(0x0a000000u + (uint)i, uint.MaxValue, 16)] };
}
