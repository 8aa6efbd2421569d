using VffNetlink.Conntrack.Uapi;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack.Tests;

/// <summary>Whatever bytes arrive, every reader ends with values or with <see cref="NetlinkFormatException"/>, and reads no byte beyond them.</summary>
public sealed class RobustnessTests : IDisposable
{
    private readonly GuardedBytes _guarded = new();

    private static readonly byte[][] Corpus = [.. Golden.Load("table.txt"), .. Golden.Load("events.txt"), .. Golden.Load("create.txt"), Golden.Load("statistics.txt")[1]];

    public void Dispose() => _guarded.Dispose();

    [Fact]
    public void Messages_Cut_At_Every_Byte()
    {
        foreach (var message in Corpus)
        {
            for (var length = 0; length <= message.Length; length++)
            {
                // The header says the shorter length, so that the attributes are what is cut.
                var cut = message[..length];
                if (length >= 16)
                    BitConverter.TryWriteBytes(cut, length);
                ReadEverything(cut);
            }
        }
    }

    [Fact]
    public void Every_Word_Taken_For_A_Wrong_Length()
    {
        foreach (var message in Corpus)
        {
            for (var at = 20; at + 4 <= message.Length; at += 4)
            {
                var copy = message.ToArray();
                foreach (var length in (int[])[0, 3, 4, 5, 6, 7, 8, 12, 20, 63])
                {
                    BitConverter.TryWriteBytes(copy.AsSpan(at), (ushort)length);
                    ReadEverything(copy);
                }
            }
        }
    }

    [Fact]
    public void Random_Changes()
    {
        var random = new Random(20_261_121);
        for (var i = 0; i < 40_000; i++)
        {
            var copy = Corpus[random.Next(Corpus.Length)].ToArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(16, copy.Length);
                copy[at] = (byte)(random.Next(3) switch { 0 => random.Next(256), 1 => copy[at] ^ (1 << random.Next(8)), _ => random.Next(32) });
            }

            ReadEverything(copy);
        }
    }

    [Fact]
    public void Random_Bytes_Behind_A_Flows_Header()
    {
        var random = new Random(42);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(16, 200)];
            random.NextBytes(bytes);
            // Small numbers make attributes that have a chance.
            for (var at = 20; at + 4 <= bytes.Length && random.Next(4) > 0; at += 4 * random.Next(1, 6))
            {
                BitConverter.TryWriteBytes(bytes.AsSpan(at), (ushort)random.Next(4, 40));
                BitConverter.TryWriteBytes(bytes.AsSpan(at + 2), (ushort)(random.Next(30) | (random.Next(2) << 15)));
            }

            MessageWriter.Begin(bytes, FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), NLM_F.NONE);
            BitConverter.TryWriteBytes(bytes, bytes.Length);
            ReadEverything(bytes);
        }
    }

    [Fact]
    public void What_Is_No_Flow_Is_Refused()
    {
        var expectation = ScriptedTransport.Message((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_EXP << 8, NLM_F.NONE, 0, new byte[4]);
        Assert.Contains("0x0200", Assert.Throws<NetlinkFormatException>(() => Messages.Flow(expectation)).Message, StringComparison.Ordinal);
        var empty = ScriptedTransport.Message((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8, NLM_F.NONE, 0, new byte[3]);
        Assert.Throws<NetlinkFormatException>(() => Messages.Flow(empty));
        var bare = ScriptedTransport.Message((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8, NLM_F.NONE, 0, new byte[4]);
        Assert.Contains("CTA_TUPLE_ORIG", Assert.Throws<NetlinkFormatException>(() => Messages.Flow(bare)).Message, StringComparison.Ordinal);
        var endless = ScriptedTransport.Message((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8, NLM_F.NONE, 0, new byte[70_000]);
        Assert.Contains("70000", Assert.Throws<NetlinkFormatException>(() => Messages.Flow(endless)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_Of_Two_Families_Make_No_Tuple()
    {
        var message = Golden.Load("create.txt")[0];
        byte[] source = [8, 0, 1, 0, 192, 0, 2, 1];
        var at = message.AsSpan().IndexOf(source);
        // CTA_IP_V4_DST becomes CTA_IP_V6_DST with four bytes: too short. With sixteen it is the other family.
        var copy = message.ToArray();
        copy[at + 10] = (byte)CTA_IP.CTA_IP_V6_DST;
        Assert.Contains("CTA_IP_V6_DST has 4 bytes", Assert.Throws<NetlinkFormatException>(() => Messages.Flow(copy)).Message, StringComparison.Ordinal);

        byte[] mixed = [8, 0, 1, 0, 192, 0, 2, 1, 20, 0, 4, 0, .. new byte[16]];
        byte[] nest = [(byte)(mixed.Length + 4), 0, 1, 128, .. mixed];
        byte[] tuple = [.. new byte[4], (byte)(nest.Length + 4), 0, 1, 128, .. nest];
        var flow = ScriptedTransport.Message((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8, NLM_F.NONE, 0, tuple);
        Assert.Contains("mixes", Assert.Throws<NetlinkFormatException>(() => Messages.Flow(flow)).Message, StringComparison.Ordinal);
    }

    private void ReadEverything(byte[] bytes)
    {
        try
        {
            foreach (var message in new MessageReader(_guarded.Put(bytes)))
            {
                if (!FlowView.IsFlow(message))
                {
                    ConntrackStatistics.Read(message.Attributes<nfgenmsg, CTA_STATS_GLOBAL>());
                    continue;
                }

                var flow = FlowView.Read(message);
                Each(flow);
                _ = flow.ToFlow().ToString();
                _ = flow.ToInfo();
            }
        }
        catch (NetlinkFormatException)
        {
            // The one exception that broken bytes may end with.
        }
    }

    /// <summary>Each part by itself, so that one that throws does not spare the others.</summary>
    private static void Each(scoped in FlowView flow)
    {
        for (var part = 0; part < 12; part++)
        {
            try
            {
                _ = part switch
                {
                    0 => flow.Original.GetHashCode(),
                    1 => flow.Reply.GetHashCode(),
                    2 => (int?)flow.Id ?? 0,
                    3 => (int?)flow.Status ?? 0,
                    4 => (int?)flow.Mark ?? 0,
                    5 => (int)(flow.Timeout?.TotalSeconds ?? 0),
                    6 => flow.Zone ?? 0,
                    7 => (int?)flow.UseCount ?? 0,
                    8 => flow.OriginalCounters.GetHashCode() ^ flow.ReplyCounters.GetHashCode(),
                    9 => flow.Timestamps.GetHashCode(),
                    10 => flow.Tcp.GetHashCode(),
                    _ => new FlowFilter { Mark = new MaskedMark(1), Original = new TupleFilter { SourcePort = 1 } }.Matches(flow) ? 1 : 0,
                };
            }
            catch (NetlinkFormatException)
            {
                // The one exception that broken bytes may end with.
            }
        }
    }
}
