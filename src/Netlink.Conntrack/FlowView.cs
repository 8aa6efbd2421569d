using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// A flow as the kernel sent it, without a copy: valid as long as the message is, which is during the call that hands it over.
/// What was not sent is null; what was sent as zero is zero. <see cref="ToFlow"/> makes one that may be kept.
/// </summary>
/// <remarks>
/// Finding the attributes costs one walk over the message; each is decoded when it is asked for. Every property throws
/// <see cref="NetlinkFormatException"/> where its attribute makes no sense.
/// </remarks>
public readonly ref struct FlowView
{
    private const int HeaderLength = 4; // nfgenmsg
    private const int HeadLength = 4; // nlattr

    private readonly ReadOnlySpan<byte> _payload;
    private readonly Positions _positions;

    private FlowView(ReadOnlySpan<byte> payload)
    {
        if (payload.Length is < HeaderLength or > ushort.MaxValue)
            throw new NetlinkFormatException($"A flow has {payload.Length} bytes; its header needs {HeaderLength}, and its attributes are in the first {ushort.MaxValue}.");
        _payload = payload;
        Family = (InetFamily)payload[0];
        for (var at = HeaderLength; payload.Length - at >= HeadLength;)
        {
            var length = LengthAt(payload, at);
            if (length < HeadLength || length > payload.Length - at)
                BadLength(payload, at);
            var type = TypeAt(payload, at);
            if (type < Positions.Length)
                _positions[type] = (ushort)at; // the last one counts, as in the kernel
            at += (length + 3) & ~3; // NLA_ALIGN
        }
    }

    /// <summary>IPv4 or IPv6, by the message's header.</summary>
    public InetFamily Family { get; }

    /// <summary>The tuple of its first packet. Its zone is that of the direction, or that of the flow.</summary>
    /// <exception cref="NetlinkFormatException">The kernel sent none, or it makes no sense.</exception>
    public ConntrackTuple Original => Tuple(CTA.CTA_TUPLE_ORIG);

    /// <summary>The tuple of the answers, which shows what was translated. Its zone is that of the direction, or that of the flow.</summary>
    /// <exception cref="NetlinkFormatException">The kernel sent none, or it makes no sense.</exception>
    public ConntrackTuple Reply => Tuple(CTA.CTA_TUPLE_REPLY);

    /// <summary>
    /// What tells it from an earlier or later flow with the same tuple: the number that <c>conntrack -o id</c> prints. The kernel
    /// makes it from the tuple and the place in memory: one that comes to lie in the very same place has the same again.
    /// </summary>
    public uint? Id => Number(CTA.CTA_ID);

    /// <summary>The status bits.</summary>
    public FlowStatus? Status => (FlowStatus?)Number(CTA.CTA_STATUS);

    /// <summary>The connection mark. Events leave it out where it is zero and did not change.</summary>
    public uint? Mark => Number(CTA.CTA_MARK);

    /// <summary>How long until the flow is forgotten, in whole seconds; null for an offloaded one, and often in DESTROY events.</summary>
    public TimeSpan? Timeout => Number(CTA.CTA_TIMEOUT) is { } seconds ? TimeSpan.FromSeconds((long)seconds) : null;

    /// <summary>The zone of both directions; null for the default one, and where only one direction is in a zone: the tuples have theirs in any case.</summary>
    public ushort? Zone
    {
        get
        {
            if (!TryFind(CTA.CTA_ZONE, out var payload))
                return null;
            if (payload.Length != 2)
                BadPayload(CTA.CTA_ZONE, payload.Length, 2);
            return BinaryPrimitives.ReadUInt16BigEndian(payload);
        }
    }

    /// <summary>References that the kernel holds.</summary>
    public uint? UseCount => Number(CTA.CTA_USE);

    /// <summary>What went in the original direction, where the kernel counts.</summary>
    public FlowCounters? OriginalCounters => Counters(CTA.CTA_COUNTERS_ORIG);

    /// <summary>What came back, where the kernel counts.</summary>
    public FlowCounters? ReplyCounters => Counters(CTA.CTA_COUNTERS_REPLY);

    /// <summary>When it began and ended, where the kernel notes it.</summary>
    public FlowTimestamps? Timestamps => TryFind(CTA.CTA_TIMESTAMP, out var nest) ? FlowTimestamps.Read(new(nest)) : null;

    /// <summary>The state of the TCP connection; null for other transports, and in events that are not about it.</summary>
    public TcpTracking? Tcp => TryFindTransport(CTA_PROTOINFO.CTA_PROTOINFO_TCP, out var tcp) ? TcpTracking.Read(new(tcp)) : null;

    /// <summary>The state of the SCTP association; null for other transports, and in events that are not about it.</summary>
    public SctpTracking? Sctp => TryFindTransport(CTA_PROTOINFO.CTA_PROTOINFO_SCTP, out var sctp) ? SctpTracking.Read(new(sctp)) : null;

    /// <summary>The state of the DCCP connection; null for other transports, and from Linux 6.16 on.</summary>
    public DccpTracking? Dccp => TryFindTransport(CTA_PROTOINFO.CTA_PROTOINFO_DCCP, out var dccp) ? DccpTracking.Read(new(dccp)) : null;

    /// <summary>The labels; null where the flow has no room for any, where none is set, and in events that are not about them.</summary>
    public ConntrackLabels? Labels => TryFind(CTA.CTA_LABELS, out var labels) ? ConntrackLabels.Read(labels) : null;

    /// <summary>The labels that are meant, in a request.</summary>
    public ConntrackLabels? LabelsMask => TryFind(CTA.CTA_LABELS_MASK, out var labels) ? ConntrackLabels.Read(labels) : null;

    /// <summary>The bits of the mark that are meant, in a request.</summary>
    public uint? MarkMask => Number(CTA.CTA_MARK_MASK);

    /// <summary>The helper's name in UTF-8; empty where there is no helper.</summary>
    public ReadOnlySpan<byte> HelperName =>
        TryFind(CTA.CTA_HELP, out var nest) && new AttributeReader<CTA_HELP>(nest).TryFind(CTA_HELP.CTA_HELP_NAME, out var name) ? name.ReadUtf8() : default;

    /// <summary>What a helper in user space keeps with the flow.</summary>
    public ReadOnlySpan<byte> HelperInfo =>
        TryFind(CTA.CTA_HELP, out var nest) && new AttributeReader<CTA_HELP>(nest).TryFind(CTA_HELP.CTA_HELP_INFO, out var info) ? info.Payload : default;

    /// <summary>The original tuple of the flow that this one was expected by; null where none had.</summary>
    public ConntrackTuple? Master => Has(CTA.CTA_TUPLE_MASTER) ? Tuple(CTA.CTA_TUPLE_MASTER) : null;

    /// <summary>How TCP sequence numbers of the original direction are adjusted.</summary>
    public SequenceAdjustment? OriginalSequence => TryFind(CTA.CTA_SEQ_ADJ_ORIG, out var nest) ? SequenceAdjustment.Read(new(nest)) : null;

    /// <summary>How TCP sequence numbers of the answers are adjusted.</summary>
    public SequenceAdjustment? ReplySequence => TryFind(CTA.CTA_SEQ_ADJ_REPLY, out var nest) ? SequenceAdjustment.Read(new(nest)) : null;

    /// <summary>What a SYN proxy keeps of the connection.</summary>
    public SynProxyState? SynProxy => TryFind(CTA.CTA_SYNPROXY, out var nest) ? SynProxyState.Read(new(nest)) : null;

    /// <summary>The security context in UTF-8, as the security module writes it; empty where there is none.</summary>
    public ReadOnlySpan<byte> SecurityContext =>
        TryFind(CTA.CTA_SECCTX, out var nest) && new AttributeReader<CTA_SECCTX>(nest).TryFind(CTA_SECCTX.CTA_SECCTX_NAME, out var name) ? name.ReadUtf8() : default;

    /// <summary>When an event happened, in nanoseconds since 1970 (Linux 6.14); null elsewhere.</summary>
    public ulong? EventTime
    {
        get
        {
            if (!TryFind(CTA.CTA_TIMESTAMP_EVENT, out var payload))
                return null;
            if (payload.Length != 8)
                BadPayload(CTA.CTA_TIMESTAMP_EVENT, payload.Length, 8);
            return BinaryPrimitives.ReadUInt64BigEndian(payload);
        }
    }

    /// <summary>What the source of a new flow is to be translated to, in a request; the kernel never sends it.</summary>
    public NatRange? SourceNat => TryFind(CTA.CTA_NAT_SRC, out var nest) ? NatRange.Read(new(nest)) : null;

    /// <summary>What the destination of a new flow is to be translated to, in a request; the kernel never sends it.</summary>
    public NatRange? DestinationNat => TryFind(CTA.CTA_NAT_DST, out var nest) ? NatRange.Read(new(nest)) : null;

    /// <summary>All attributes as they came, those without a property or a name included.</summary>
    public AttributeReader<CTA> Attributes => new(_payload[HeaderLength..]);

    /// <summary>Whether a message is about a flow: the reply to a get, a part of a dump, or an event.</summary>
    public static bool IsFlow(scoped in NetlinkMessage message) =>
        message.Type is (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8) | (int)IPCTNL_MSG.IPCTNL_MSG_CT_NEW)
            or (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8) | (int)IPCTNL_MSG.IPCTNL_MSG_CT_DELETE);

    /// <summary>Views a message, also one that a batch hands to its sink.</summary>
    /// <exception cref="NetlinkFormatException">It is not about a flow, or its attributes are not well formed.</exception>
    public static FlowView Read(scoped in NetlinkMessage message) =>
        IsFlow(message) ? new FlowView(message.Payload) : throw new NetlinkFormatException($"A message of type 0x{message.Type:x4} is not about a flow.");

    /// <summary>Whether an attribute was sent.</summary>
    public bool Has(CTA id) => (uint)id < Positions.Length && _positions[(int)id] != 0;

    /// <summary>A copy that may be kept.</summary>
    public Flow ToFlow() => new()
    {
        Original = Original,
        Reply = Has(CTA.CTA_TUPLE_REPLY) ? Reply : null,
        Id = Id,
        Status = Status,
        Mark = Mark,
        Timeout = Timeout,
        OriginalCounters = OriginalCounters,
        ReplyCounters = ReplyCounters,
        Timestamps = Timestamps,
        Tcp = Tcp,
        Sctp = Sctp,
        Dccp = Dccp,
        Labels = Labels,
        Helper = Has(CTA.CTA_HELP) ? new FlowHelper(Encoding.UTF8.GetString(HelperName)) { Info = HelperInfo.ToArray() } : null,
        Master = Master,
        OriginalSequence = OriginalSequence,
        ReplySequence = ReplySequence,
        SynProxy = SynProxy,
        SecurityContext = Has(CTA.CTA_SECCTX) ? Encoding.UTF8.GetString(SecurityContext) : null,
        EventTime = EventTime,
        SourceNat = SourceNat,
        DestinationNat = DestinationNat,
        UseCount = UseCount,
    };

    /// <summary>A copy of what has a fixed size.</summary>
    public FlowInfo ToInfo() => new()
    {
        Original = Original,
        Reply = Reply,
        Id = Id,
        Status = Status,
        Mark = Mark,
        Timeout = Timeout,
        OriginalCounters = OriginalCounters,
        ReplyCounters = ReplyCounters,
    };

    private ConntrackTuple Tuple(CTA id) => TryFind(id, out var nest)
        ? ConntrackTuple.Read(nest, Zone ?? 0)
        : throw new NetlinkFormatException($"A flow without {id}.");

    private FlowCounters? Counters(CTA id) => TryFind(id, out var nest) ? FlowCounters.Read(new(nest)) : null;

    private bool TryFindTransport(CTA_PROTOINFO id, out ReadOnlySpan<byte> nest)
    {
        nest = default;
        if (!TryFind(CTA.CTA_PROTOINFO, out var info) || !new AttributeReader<CTA_PROTOINFO>(info).TryFind(id, out var found))
            return false;
        nest = found.Payload;
        return true;
    }

    private uint? Number(CTA id)
    {
        if (!TryFind(id, out var payload))
            return null;
        if (payload.Length != 4)
            BadPayload(id, payload.Length, 4);
        return BinaryPrimitives.ReadUInt32BigEndian(payload);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryFind(CTA id, out ReadOnlySpan<byte> payload)
    {
        int at = _positions[(int)id];
        if (at == 0)
        {
            payload = default;
            return false;
        }

        // The length was checked against the message's end when the attribute was found.
        payload = _payload.Slice(at + HeadLength, LengthAt(_payload, at) - HeadLength);
        return true;
    }

    private static int LengthAt(ReadOnlySpan<byte> payload, int at) => MemoryMarshal.Read<ushort>(payload[at..]);

    private static int TypeAt(ReadOnlySpan<byte> payload, int at) => MemoryMarshal.Read<ushort>(payload[(at + 2)..]) & NLA.NLA_TYPE_MASK;

    [DoesNotReturn]
    private static void BadLength(ReadOnlySpan<byte> payload, int at) => throw new NetlinkFormatException(
        $"Attribute {(CTA)TypeAt(payload, at)} of a flow says that it has {LengthAt(payload, at)} bytes; {payload.Length - at} are left in its message.");

    [DoesNotReturn]
    private static void BadPayload(CTA id, int actual, int expected) => throw new NetlinkFormatException($"{id} has {actual} bytes; {expected} were expected.");

    /// <summary>Where each attribute starts in the payload; 0, where the header is, for one that was not sent.</summary>
    [InlineArray(Length)]
    private struct Positions
    {
        public const int Length = 32;

        private ushort _first;
    }
}
