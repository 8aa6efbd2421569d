using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Conntrack;
using VffNetlink.Tc;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Benchmarks.Peers;

/// <summary>Building messages without sending them: from scratch, and prepared ones patched in place.</summary>
internal sealed class EncodeBench
{
    private const int Device = 7;
    private const int Salt = 3;
    private const int Iterations = 5_000_000;

    private static readonly TcHandle Root = new(1, 0);

    private readonly byte[] _buffer = GC.AllocateArray<byte>(FlowRequest.MaximumLength, pinned: true);
    private readonly HtbClass _class = new(Psched.Parse("000003e8 00000040 000f4240 3b9aca00"), Rate.Parse("10mbit"), burst: new ByteSize(1600), ceilBurst: new ByteSize(1600)) { Quantum = 1600 };
    private readonly FwFilter _filter = new() { Mask = uint.MaxValue };
    private readonly PreparedHtbClass _preparedClass;
    private readonly PreparedFwFilter _preparedFilter;
    private readonly PreparedFlowMark _preparedMark = new();

    private EncodeBench()
    {
        _preparedClass = PreparedHtbClass.ForAdd(Device, Root, _class);
        _preparedFilter = PreparedFwFilter.ForAdd(FilterOf(0), uint.MaxValue);
    }

    /// <summary>Prints "op impl iterations us_per_op" for each.</summary>
    /// <param name="scale">100 is all iterations.</param>
    public static int Run(int scale)
    {
        var bench = new EncodeBench();
        var name = Environment.GetEnvironmentVariable("CANDNAME") ?? "candidate";
        var count = Math.Max(1, (int)((long)Iterations * scale / 100));
        foreach (var op in (string[])["htb_class", "fw_filter", "ct_mark_update"])
        {
            foreach (var prepared in (bool[])[false, true])
            {
                var loop = bench.LoopOf(op, prepared)!;
                Report.WarmUp(() => loop(200));
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                loop(count);
                var elapsed = Stopwatch.GetElapsedTime(start);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated != 0)
                {
                    Console.Error.WriteLine($"{op}: {allocated} bytes were allocated, where 0 are promised");
                    return 1;
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{op} {name}{(prepared ? "-prepared" : string.Empty)} {count} {elapsed.TotalMicroseconds / count:F6}"));
            }
        }

        return 0;
    }

    /// <summary>Prints messages 0, 1 and 999 in hexadecimal.</summary>
    public static int Dump(string op, bool prepared)
    {
        var bench = new EncodeBench();
        foreach (var i in (int[])[0, 1, 999])
        {
            var message = bench.Build(op, prepared, i);
            if (message.IsEmpty)
                return Program.NotThere;
            Console.WriteLine(Convert.ToHexStringLower(message));
        }

        return 0;
    }

    private Action<int>? LoopOf(string op, bool prepared) => (op, prepared) switch
    {
        ("htb_class", false) => LoopHtb,
        ("htb_class", true) => LoopPreparedHtb,
        ("fw_filter", false) => LoopFw,
        ("fw_filter", true) => LoopPreparedFw,
        ("ct_mark_update", false) => LoopMark,
        ("ct_mark_update", true) => LoopPreparedMark,
        _ => null,
    };

    private Span<byte> Build(string op, bool prepared, int i) => (op, prepared) switch
    {
        ("htb_class", false) => Htb(i),
        ("htb_class", true) => PreparedHtb(i),
        ("fw_filter", false) => Fw(i),
        ("fw_filter", true) => PreparedFw(i),
        ("ct_mark_update", false) => Mark(i),
        ("ct_mark_update", true) => PreparedMark(i),
        _ => default,
    };

    // One loop for each, so that nothing but the message is in it; compiled at once with all it can inline.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopHtb(int count)
    {
        for (var i = 0; i < count; i++)
            Htb(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopPreparedHtb(int count)
    {
        for (var i = 0; i < count; i++)
            PreparedHtb(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopFw(int count)
    {
        for (var i = 0; i < count; i++)
            Fw(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopPreparedFw(int count)
    {
        for (var i = 0; i < count; i++)
            PreparedFw(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopMark(int count)
    {
        for (var i = 0; i < count; i++)
            Mark(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoopPreparedMark(int count)
    {
        for (var i = 0; i < count; i++)
            PreparedMark(i & 0xffff);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Htb(int i)
    {
        var message = MessageWriter.Begin(_buffer, (ushort)RTM_TC.RTM_NEWTCLASS, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<tcmsg, TCA>(new tcmsg { tcm_ifindex = Device, tcm_parent = Root.Value, tcm_handle = new TcHandle(1, (ushort)(i + 2)).Value });
        attributes.PutString(TCA.TCA_KIND, HtbClass.Kind);
        _class.Write(attributes);
        return Stamp(message.Message, i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> PreparedHtb(int i) => Stamp(_preparedClass.Patch(new ClassKey(Device, new TcHandle(1, (ushort)(i + 2)))), i);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Fw(int i)
    {
        var message = MessageWriter.Begin(_buffer, (ushort)RTM_TC.RTM_NEWTFILTER, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<tcmsg, TCA>(new tcmsg { tcm_ifindex = Device, tcm_parent = Root.Value, tcm_handle = (uint)i + 1, tcm_info = 0x10008 });
        attributes.PutString(TCA.TCA_KIND, FwFilter.Kind);
        (_filter with { ClassId = new TcHandle(1, (ushort)(i + 2)) }).Write(attributes);
        return Stamp(message.Message, i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> PreparedFw(int i) => Stamp(_preparedFilter.Patch((uint)i + 1, new TcHandle(1, (ushort)(i + 2))), i);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> Mark(int i) => Stamp(FlowRequest.SetMark(_buffer, FlowBench.TupleOf(i), new MaskedMark(FlowBench.MarkOf(i, Salt))).Message, i);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<byte> PreparedMark(int i) => Stamp(_preparedMark.Patch(FlowBench.TupleOf(i), new MaskedMark(FlowBench.MarkOf(i, Salt))), i);

    private static FilterKey FilterOf(uint handle) => new(Device, Root, 1, FilterProtocol.IPv4, handle);

    /// <summary>What a socket does before it sends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Span<byte> Stamp(Span<byte> message, int i)
    {
        ref var header = ref MemoryMarshal.AsRef<nlmsghdr>(message);
        header.nlmsg_flags |= NLM_F.NLM_F_ACK;
        header.nlmsg_seq = (uint)i;
        return message;
    }
}
