using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Builds the messages that ask for flows and change them, into a caller's buffer and without allocating. <see cref="ConntrackClient"/>
/// sends them one at a time, <see cref="ConntrackBatch"/> puts them into a <see cref="NetlinkBatch"/>.
/// </summary>
public static partial class FlowRequest
{
    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 1024;

    /// <summary>The names of what the messages hold, for errors that point at an attribute.</summary>
    public static AttributeSpace Space => ConntrackCatalog.Flows;

    /// <summary>Asks for the flow with a tuple. The kernel finds it by either of its directions, and refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">With its zone.</param>
    /// <param name="zeroCounters">Whether its counters are set to zero in the same moment.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public static MessageWriter Get(Span<byte> buffer, scoped in ConntrackTuple tuple, bool zeroCounters = false)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(zeroCounters ? IPCTNL_MSG.IPCTNL_MSG_CT_GET_CTRZERO : IPCTNL_MSG.IPCTNL_MSG_CT_GET), NLM_F.NLM_F_REQUEST);
        PutLookup(message, tuple);
        return message;
    }

    /// <summary>Sets bits of the mark of the flow with a tuple, and no other bits. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">With its zone.</param>
    /// <param name="mark">The bits.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public static MessageWriter SetMark(Span<byte> buffer, scoped in ConntrackTuple tuple, MaskedMark mark)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), NLM_F.NLM_F_REQUEST);
        PutSetMark(message, tuple, mark);
        return message;
    }

    /// <summary>Changes the flow with a tuple. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">With its zone.</param>
    /// <param name="change">What is to change; the rest stays.</param>
    /// <exception cref="ArgumentException">The tuple is the default value, or a value of the change has no place in a message.</exception>
    public static MessageWriter Update(Span<byte> buffer, scoped in ConntrackTuple tuple, scoped in FlowChange change)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), NLM_F.NLM_F_REQUEST);
        PutUpdate(message, tuple, change);
        return message;
    }

    /// <summary>Makes a flow. The kernel refuses (EEXIST) where one with either tuple is there.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="flow">
    /// Tuples, timeout, and what else is set; what <see cref="Flow"/> says is not taken is left out. The kernel sets
    /// <see cref="FlowStatus.Confirmed"/> in any case.
    /// </param>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing, or the directions are in two zones.</exception>
    public static MessageWriter Create(Span<byte> buffer, Flow flow)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), CreateFlags);
        PutCreate(message, flow);
        return message;
    }

    /// <summary>Makes a flow, or changes the one that has its original tuple, of either direction, to what is set.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="flow">
    /// As for a new flow. What is null stays as it is where the flow is there. Then the kernel refuses what <see cref="FlowChange"/> says, and (EOPNOTSUPP) a master and a translation,
    /// also the one that is taken from the status of a flow that was read.
    /// </param>
    /// <exception cref="ArgumentException">The tuple or the timeout is missing, or the directions are in two zones.</exception>
    public static MessageWriter CreateOrUpdate(Span<byte> buffer, Flow flow)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), CreateFlags & ~NLM_F.NLM_F_EXCL);
        PutCreate(message, flow);
        return message;
    }

    /// <summary>Deletes the flow with a tuple. The kernel refuses (ENOENT) where there is none, or another one.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">With its zone.</param>
    /// <param name="id">Deletes this flow only, and no later one that has taken over its tuple; null: whichever has it.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public static MessageWriter Delete(Span<byte> buffer, scoped in ConntrackTuple tuple, uint? id = null)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_DELETE), NLM_F.NLM_F_REQUEST);
        PutDelete(message, tuple, id);
        return message;
    }

    /// <summary>Deletes all flows, or all of a family (Linux 5.3).</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="family"><see cref="InetFamily.Unspecified"/>: both.</param>
    public static MessageWriter Flush(Span<byte> buffer, InetFamily family = InetFamily.Unspecified)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_DELETE), NLM_F.NLM_F_REQUEST);
        // The kernel looks at the family only in a message of version 1; older programs sent any.
        message.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)family, version = family == InetFamily.Unspecified ? (byte)0 : (byte)1 });
        return message;
    }

    /// <summary>Asks for all flows that a filter wants, as far as the kernel can tell (compare again what it sends).</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="filter">Which flows.</param>
    /// <param name="list">Where they are looked for, and whether their counters are set to zero.</param>
    public static MessageWriter Dump(Span<byte> buffer, scoped in FlowFilter filter, FlowList list = FlowList.Table)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(TypeOf(list)), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        filter.Write(PutHeader(message, filter.Family));
        return message;
    }

    /// <summary>Asks how full the table is.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    public static MessageWriter Statistics(Span<byte> buffer)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS), NLM_F.NLM_F_REQUEST);
        PutHeader(message, InetFamily.Unspecified);
        return message;
    }

    /// <summary>Asks what each processor counted.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    public static MessageWriter CpuStatistics(Span<byte> buffer)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_GET_STATS_CPU), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        PutHeader(message, InetFamily.Unspecified);
        return message;
    }

    internal const NLM_F CreateFlags = NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL;

    internal static ushort TypeOf(IPCTNL_MSG message) => (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK << 8) | (int)message);

    internal static AttributeWriter<CTA> PutLookup(MessageWriter message, in ConntrackTuple tuple)
    {
        // A deletion without a tuple would be taken for the wish to delete everything.
        if (tuple.Family == InetFamily.Unspecified)
            throw new ArgumentException("The default value is no tuple.", nameof(tuple));
        var attributes = PutHeader(message, tuple.Family);
        tuple.Write(attributes, CTA.CTA_TUPLE_ORIG, withZone: false);
        // Given for both directions, it finds a flow whose zone is that of one direction alone, too.
        if (tuple.Zone != 0)
            attributes.PutBigEndian(CTA.CTA_ZONE, tuple.Zone);
        return attributes;
    }

    internal static void PutSetMark(MessageWriter message, in ConntrackTuple tuple, MaskedMark mark)
    {
        var attributes = PutLookup(message, tuple);
        attributes.PutBigEndian(CTA.CTA_MARK, mark.Value);
        if (mark.Mask != uint.MaxValue)
            attributes.PutBigEndian(CTA.CTA_MARK_MASK, mark.Mask);
    }

    internal static void PutDelete(MessageWriter message, in ConntrackTuple tuple, uint? id)
    {
        var attributes = PutLookup(message, tuple);
        if (id is { } wanted)
            attributes.PutBigEndian(CTA.CTA_ID, wanted);
    }

    internal static void PutUpdate(MessageWriter message, in ConntrackTuple tuple, in FlowChange change) => change.Write(PutLookup(message, tuple));

    internal static IPCTNL_MSG TypeOf(FlowList list) => list switch
    {
        FlowList.Table => IPCTNL_MSG.IPCTNL_MSG_CT_GET,
        FlowList.TableAndZeroCounters => IPCTNL_MSG.IPCTNL_MSG_CT_GET_CTRZERO,
        FlowList.Dying => IPCTNL_MSG.IPCTNL_MSG_CT_GET_DYING,
        FlowList.Unconfirmed => IPCTNL_MSG.IPCTNL_MSG_CT_GET_UNCONFIRMED,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "No list of flows."),
    };

    private static AttributeWriter<CTA> PutHeader(MessageWriter message, InetFamily family) =>
        message.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)family });
}
