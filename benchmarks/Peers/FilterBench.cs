using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VffNetlink.Tc;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Filters i: 10.0.0.0+i, or mark i+1, to class 1:(i+2).</summary>
internal static class FilterBench
{
    public static int Add(int count, int batchSize, string device, bool byMark)
    {
        using var client = TcClient.Open();
        var filters = new Filters(ClassBench.IndexOf(device), byMark);
        var nowhere = new Filters(int.MaxValue, byMark);
        var batch = new NetlinkBatch(1 << 20);
        var nothing = Report.Nothing();
        Report.WarmUp(() =>
        {
            AddAll(client, batch, nowhere, batchSize, batchSize);
            batch.Clear();
            batch.Add(nothing);
            client.Send(batch);
            client.TrySend(nothing, out _);
        });
        return Report.Time(count, () => AddAll(client, batch, filters, count, batchSize));
    }

    private static long AddAll(TcClient client, NetlinkBatch batch, Filters filters, int count, int batchSize)
    {
        var errors = 0L;
        if (batchSize == 1)
        {
            for (var i = 0; i < count; i++)
            {
                if (!client.TrySend(filters.Patch(i), out _))
                    errors++;
            }

            return errors;
        }

        for (var i = 0; i < count;)
        {
            batch.Clear();
            for (var end = Math.Min(count, i + batchSize); i < end; i++)
                filters.AddTo(batch, i);
            errors += client.Send(batch).Refused;
        }

        return errors;
    }

    /// <summary>u32 filters with one key, or one mark: a message that a user of the library prepares, as there is no class for it.</summary>
    private sealed class Filters
    {
        private readonly PreparedMessage _message;
        private readonly Slot<uint> _class;
        private readonly Slot<uint>? _mark;
        private readonly Slot<uint>? _key;

        public Filters(int link, bool byMark)
        {
            var builder = new PreparedMessageBuilder((ushort)RTM_TC.RTM_NEWTFILTER, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
            var info = (1u << 16) | BinaryPrimitives.ReverseEndianness((ushort)0x0800);
            builder.PutHeader<tcmsg, TCA>(new tcmsg { tcm_ifindex = link, tcm_parent = new TcHandle(1, 0).Value, tcm_info = info }, out var attributes);
            attributes.PutString(TCA.TCA_KIND, U32Filter.Kind);
            using (var options = attributes.Nest<TCA_U32>(TCA.TCA_OPTIONS))
            {
                if (byMark)
                    _mark = builder.Put(options, TCA_U32.TCA_U32_MARK, new tc_u32_mark { mask = uint.MaxValue }).Field(static (ref tc_u32_mark m) => ref m.val);
                _class = builder.Put(options, TCA_U32.TCA_U32_CLASSID, 0u);
                var selector = new Selector { Head = new tc_u32_sel { flags = TC_U32.TC_U32_TERMINAL, nkeys = (byte)(byMark ? 0 : 1) } };
                if (byMark)
                {
                    options.PutStruct(TCA_U32.TCA_U32_SEL, selector.Head);
                }
                else
                {
                    selector.Key = new tc_u32_key { mask = uint.MaxValue, off = 16 };
                    _key = builder.Put(options, TCA_U32.TCA_U32_SEL, selector).Field(static (ref Selector s) => ref s.Key.val);
                }
            }

            _message = builder.Build();
        }

        public Span<byte> Patch(int i) => Set(_message.Patch(), i);

        public void AddTo(NetlinkBatch batch, int i)
        {
            var message = batch.Begin(_message);
            Set(message, i);
            batch.Commit(message);
        }

        private Span<byte> Set(MessagePatch message, int i)
        {
            message.Set(_class, new TcHandle(1, (ushort)(i + 2)).Value);
            if (_mark is { } mark)
                message.Set(mark, (uint)i + 1);
            if (_key is { } key)
                message.Set(key, BinaryPrimitives.ReverseEndianness(0x0a000000u + (uint)i));
            return message.Message;
        }

        /// <summary>struct tc_u32_sel with one key.</summary>
        [StructLayout(LayoutKind.Sequential)]
        private struct Selector
        {
            public tc_u32_sel Head;
            public tc_u32_key Key;
        }
    }
}
