using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Which events of flows a subscriber wants. The kernel runs it for each event before it queues one (<see cref="ToSocketFilter"/>), so that a subscriber is not woken for
/// others, nor loses what it wants because of them. All conditions must hold; the default one wants every event.
/// </summary>
/// <remarks>
/// Conditions are about the event as it is sent: a flow whose mark no longer matches sends no more events, not even that of its end. For many addresses an
/// nf_tables set and a mark are faster: the program compares one after the other, and has room for some hundreds.
/// </remarks>
public sealed record FlowEventFilter
{
    /// <summary>What happened. Groups that are not joined cost less than a kind that is left out here.</summary>
    public FlowEventKind Kinds { get; init; } = FlowEventKind.All;

    /// <summary>The transports, any of them; empty: every one.</summary>
    public IReadOnlyList<IpProtocol> Protocols { get; init; } = [];

    /// <summary>Bits that the connection mark must have. Events of flows with the mark 0 leave it out, which counts as 0.</summary>
    public MaskedMark Mark { get; init; }

    /// <summary>Where the flow's first packet comes from, any of these; empty: from anywhere. Where all are of one family, flows of the other are left out.</summary>
    public IReadOnlyList<AddressPrefix> Sources { get; init; } = [];

    /// <summary>Where the flow's first packet goes, before it is translated, any of these; empty: anywhere.</summary>
    public IReadOnlyList<AddressPrefix> Destinations { get; init; } = [];

    /// <summary>Whether an event is wanted: what the kernel decides, decided here.</summary>
    /// <exception cref="NetlinkFormatException">The flow makes no sense.</exception>
    public bool Matches(FlowEventKind kind, scoped in FlowView flow)
    {
        if ((Kinds & kind) == 0 || !Mark.Matches(flow.Mark ?? 0))
            return false;
        var tuple = flow.Original;
        return (Protocols.Count == 0 || Protocols.Contains(tuple.Protocol)) && Any(Sources, tuple.Source) && Any(Destinations, tuple.Destination);

        static bool Any(IReadOnlyList<AddressPrefix> prefixes, InetAddress address) => prefixes.Count == 0 || prefixes.Any(prefix => prefix.Contains(address));
    }

    /// <summary>
    /// The program for the kernel. What is no event of a flow passes. A long one may be refused when it is attached (ENOMEM): on 6.1 four hundred
    /// addresses are more than <c>net.core.optmem_max</c> has room for by default.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are so many addresses that the program would be longer than the kernel takes.</exception>
    public SocketFilter ToSocketFilter()
    {
        var program = new SocketFilterBuilder();
        var (accept, drop) = (program.NewLabel(), program.NewLabel());
        program.LoadByte(BitConverter.IsLittleEndian ? 5 : 4); // the high byte of nlmsg_type
        program.UnlessEqual((uint)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK, accept);
        PutKinds(program, drop);
        PutMark(program, drop);
        PutProtocols(program, drop);
        PutAddresses(program, Sources, CTA_IP.CTA_IP_V4_SRC, CTA_IP.CTA_IP_V6_SRC, drop);
        PutAddresses(program, Destinations, CTA_IP.CTA_IP_V4_DST, CTA_IP.CTA_IP_V6_DST, drop);
        program.Place(accept);
        program.Accept();
        program.Place(drop);
        program.Drop();
        return program.Build();
    }

    /// <summary>Bytes before the attributes: the message's header and nfgenmsg.</summary>
    private const int Headers = 20;

    private void PutKinds(SocketFilterBuilder program, int drop)
    {
        if ((Kinds & FlowEventKind.All) == FlowEventKind.All)
            return;
        var (wanted, alive) = (program.NewLabel(), program.NewLabel());
        program.LoadByte(BitConverter.IsLittleEndian ? 4 : 5); // the low byte of nlmsg_type
        program.UnlessEqual((uint)IPCTNL_MSG.IPCTNL_MSG_CT_DELETE, alive);
        program.GoTo((Kinds & FlowEventKind.Destroy) != 0 ? wanted : drop);
        program.Place(alive);
        program.LoadByte(BitConverter.IsLittleEndian ? 7 : 6); // the high byte of nlmsg_flags
        program.And((uint)(NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL) >> 8);
        program.IfEqual(0, (Kinds & FlowEventKind.Update) != 0 ? wanted : drop);
        if ((Kinds & FlowEventKind.New) == 0)
            program.GoTo(drop);
        program.Place(wanted);
    }

    private void PutMark(SocketFilterBuilder program, int drop)
    {
        if (Mark.Mask == 0)
            return;
        var (none, wanted) = (program.NewLabel(), program.NewLabel());
        program.FindAttribute(Headers, (ushort)CTA.CTA_MARK);
        program.IfEqual(0, none);
        program.EnterPayload();
        program.LoadPayloadWord(0);
        program.And(Mark.Mask);
        program.UnlessEqual(Mark.Value, drop);
        program.GoTo(wanted);
        program.Place(none);
        if (Mark.Value != 0)
            program.GoTo(drop);
        program.Place(wanted);
    }

    private void PutProtocols(SocketFilterBuilder program, int drop)
    {
        if (Protocols.Count == 0)
            return;
        var wanted = program.NewLabel();
        FindInTuple(program, CTA_TUPLE.CTA_TUPLE_PROTO, (ushort)CTA_PROTO.CTA_PROTO_NUM, drop);
        program.EnterPayload();
        program.LoadPayloadByte(0);
        foreach (var protocol in Protocols)
            program.IfEqual((uint)protocol, wanted);
        program.GoTo(drop);
        program.Place(wanted);
    }

    private static void PutAddresses(SocketFilterBuilder program, IReadOnlyList<AddressPrefix> prefixes, CTA_IP v4, CTA_IP v6, int drop)
    {
        if (prefixes.Count == 0)
            return;
        var (other, wanted) = (program.NewLabel(), program.NewLabel());
        FindInTuple(program, CTA_TUPLE.CTA_TUPLE_IP, (ushort)v4, other);
        program.EnterPayload();
        PutPrefixes(program, prefixes.Where(static p => p.Address.IsIPv4), wanted);
        program.GoTo(drop);
        program.Place(other);
        FindInTuple(program, CTA_TUPLE.CTA_TUPLE_IP, (ushort)v6, drop);
        program.EnterPayload();
        PutPrefixes(program, prefixes.Where(static p => p.Address.IsIPv6), wanted);
        program.GoTo(drop);
        program.Place(wanted);
    }

    /// <summary>Compares word by word, as far as a prefix goes.</summary>
    private static void PutPrefixes(SocketFilterBuilder program, IEnumerable<AddressPrefix> prefixes, int wanted)
    {
        foreach (var prefix in prefixes)
        {
            var next = program.NewLabel();
            var address = prefix.Address;
            var bytes = address.AsSpan();
            for (var bit = 0; bit < prefix.Length; bit += 32)
            {
                var mask = prefix.Length - bit >= 32 ? uint.MaxValue : ~(uint.MaxValue >> (prefix.Length - bit));
                program.LoadPayloadWord(bit / 8);
                program.And(mask);
                program.UnlessEqual(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[(bit / 8)..]) & mask, next);
            }

            program.GoTo(wanted);
            program.Place(next);
        }
    }

    /// <summary>Loads the place of an attribute inside the original tuple, or goes to a label where there is none.</summary>
    private static void FindInTuple(SocketFilterBuilder program, CTA_TUPLE part, ushort id, int missing)
    {
        program.FindAttribute(Headers, (ushort)CTA.CTA_TUPLE_ORIG);
        program.IfEqual(0, missing);
        program.FindNested((ushort)part);
        program.IfEqual(0, missing);
        program.FindNested(id);
        program.IfEqual(0, missing);
    }
}
