using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc.Tests.Support;

/// <summary>
/// Where our messages differ from tc's on purpose. Everything else is compared byte by byte.
/// <list type="number">
/// <item>htb's rate tables (TCA_HTB_RTAB, TCA_HTB_CTAB; 2,056 bytes a class) are not sent: no kernel since 3.8 looks at them.</item>
/// <item>
/// Bursts are not cut to whole microseconds, as tc did before 6.15: that made them too small, and zero for fast classes. The arithmetic is
/// compared byte by byte with tc 6.15's, and with 6.1's but for that.
/// </item>
/// <item>
/// tbf's rate tables are not sent either; and where the rate does not fit 32 bits, tc counts the burst's ticks by the largest rate that does,
/// which no kernel notices, for it takes the burst in bytes (TCA_TBF_BURST) beside it. Ours are those of the rate.
/// </item>
/// <item>A qdisc's deletion names its kind, so that one of another kind stays; tc adds the kind's options, which the kernel does not look at.</item>
/// <item>The counter in tc_u32_mark, which only the kernel fills in, is zero; tc leaves there what its stack held.</item>
/// </list>
/// </summary>
internal static class TcDifferences
{
    private const int HeadLength = 16 + 20;

    /// <summary>The captured message as we mean to send it, but for the second difference.</summary>
    public static byte[] Without(byte[] captured)
    {
        var type = (RTM_TC)BitConverter.ToUInt16(captured, 4);
        var copy = new byte[captured.Length];
        var message = MessageWriter.Begin(copy, (ushort)type, (NLM_F)BitConverter.ToUInt16(captured, 6));
        var attributes = message.PutHeader<tcmsg, TCA>(System.Runtime.InteropServices.MemoryMarshal.Read<tcmsg>(captured.AsSpan(16)));
        var kind = "";
        foreach (var a in new AttributeReader<TCA>(captured.AsSpan(HeadLength)))
        {
            if (a.Id == TCA.TCA_KIND)
                kind = a.ReadString();
            if (a.Id == TCA.TCA_OPTIONS && type == RTM_TC.RTM_NEWTCLASS && kind == "htb")
                PutWithoutTables(attributes, a.Payload);
            else if (a.Id == TCA.TCA_OPTIONS && kind == "tbf")
                PutWithoutBucketTables(attributes, a.Payload);
            else if (a.Id == TCA.TCA_OPTIONS && kind == "u32")
                PutWithoutCounter(attributes, a.Payload);
            else if (a.Id != TCA.TCA_OPTIONS || type != RTM_TC.RTM_DELQDISC)
                attributes.Put(a.Id, a.Payload);
        }

        return message.Message.ToArray();
    }

    private static void PutWithoutTables(AttributeWriter<TCA> attributes, ReadOnlySpan<byte> payload)
    {
        using var options = attributes.Nest<TCA_HTB>(TCA.TCA_OPTIONS);
        foreach (var a in new AttributeReader<TCA_HTB>(payload))
        {
            if (a.Id is not (TCA_HTB.TCA_HTB_RTAB or TCA_HTB.TCA_HTB_CTAB))
                options.Put(a.Id, a.Payload);
        }
    }

    private static void PutWithoutBucketTables(AttributeWriter<TCA> attributes, ReadOnlySpan<byte> payload)
    {
        using var options = attributes.Nest<TCA_TBF>(TCA.TCA_OPTIONS);
        var given = new AttributeReader<TCA_TBF>(payload);
        foreach (var a in given)
        {
            if (a.Id == TCA_TBF.TCA_TBF_PARMS && given.TryFind(TCA_TBF.TCA_TBF_RATE64, out var rate) && given.TryFind(TCA_TBF.TCA_TBF_BURST, out var burst))
                options.PutStruct(a.Id, a.ReadStruct<tc_tbf_qopt>() with { buffer = (uint)Math.Ceiling(burst.ReadUInt32() * 15.625e6 / rate.ReadUInt64()) });
            else if (a.Id is not (TCA_TBF.TCA_TBF_RTAB or TCA_TBF.TCA_TBF_PTAB))
                options.Put(a.Id, a.Payload);
        }
    }

    private static void PutWithoutCounter(AttributeWriter<TCA> attributes, ReadOnlySpan<byte> payload)
    {
        using var options = attributes.Nest<TCA_U32>(TCA.TCA_OPTIONS);
        foreach (var a in new AttributeReader<TCA_U32>(payload))
        {
            if (a.Id == TCA_U32.TCA_U32_MARK)
                options.PutStruct(a.Id, a.ReadStruct<tc_u32_mark>() with { success = 0 });
            else
                options.Put(a.Id, a.Payload);
        }
    }
}
