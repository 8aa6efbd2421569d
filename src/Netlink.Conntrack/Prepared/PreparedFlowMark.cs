using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// Setting bits of one flow's mark after another's: messages are built once and then only patched. The bytes are those that
/// <see cref="FlowRequest.SetMark"/> would build.
/// </summary>
/// <remarks>
/// <see cref="Patch"/> changes this object's own message, for one thread at a time; <see cref="CopyTo"/> and <see cref="AddTo"/> may be called by
/// many. Any tuple will do; those without ports (ICMP, GRE, …) are built as ever. Send a message with <see cref="ConntrackClient.TrySend"/>.
/// </remarks>
public sealed class PreparedFlowMark
{
    private const int Zone = 1;
    private const int Mask = 2;

    private readonly Form<uint>[] _forms4 = new Form<uint>[4];
    private readonly Form<(ulong, ulong)>[] _forms6 = new Form<(ulong, ulong)>[4];
    private readonly byte[] _buffer = new byte[FlowRequest.MaximumLength];

    /// <summary>Prepares the messages.</summary>
    public PreparedFlowMark()
    {
        for (var i = 0; i < _forms4.Length; i++)
        {
            _forms4[i] = new Form<uint>(InetFamily.IPv4, i);
            _forms6[i] = new Form<(ulong, ulong)>(InetFamily.IPv6, i);
        }
    }

    /// <summary>The message for a flow.</summary>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="mark">The bits.</param>
    /// <returns>A view of this object's message, to be sent before it is patched again.</returns>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public Span<byte> Patch(scoped in ConntrackTuple tuple, MaskedMark mark)
    {
        if (!tuple.HasPorts || tuple.Family == InetFamily.Unspecified)
            return FlowRequest.SetMark(_buffer, tuple, mark).Message;
        if (tuple.Family == InetFamily.IPv4)
        {
            var form = FormOf(_forms4, tuple, mark);
            return form.Set(form.Message.Patch(), tuple.Addresses4, tuple, mark);
        }
        else
        {
            var form = FormOf(_forms6, tuple, mark);
            return form.Set(form.Message.Patch(), tuple.Addresses6, tuple, mark);
        }
    }

    /// <summary>Writes the message for a flow.</summary>
    /// <param name="buffer">At least <see cref="FlowRequest.MaximumLength"/> bytes.</param>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="mark">The bits.</param>
    /// <returns>The beginning of <paramref name="buffer"/>.</returns>
    /// <exception cref="ArgumentException">The tuple is the default value, or the buffer is too short.</exception>
    public Span<byte> CopyTo(Span<byte> buffer, scoped in ConntrackTuple tuple, MaskedMark mark)
    {
        if (!tuple.HasPorts || tuple.Family == InetFamily.Unspecified)
            return FlowRequest.SetMark(buffer, tuple, mark).Message;
        if (tuple.Family == InetFamily.IPv4)
        {
            var form = FormOf(_forms4, tuple, mark);
            return form.Set(form.Message.CopyTo(buffer), tuple.Addresses4, tuple, mark);
        }
        else
        {
            var form = FormOf(_forms6, tuple, mark);
            return form.Set(form.Message.CopyTo(buffer), tuple.Addresses6, tuple, mark);
        }
    }

    /// <summary>Puts the message for a flow into a batch.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="tuple">Of either direction, with its zone.</param>
    /// <param name="mark">The bits.</param>
    /// <returns>The index that the sink is told.</returns>
    /// <exception cref="ArgumentException">The tuple is the default value; the batch stays as it was.</exception>
    public int AddTo(NetlinkBatch batch, in ConntrackTuple tuple, MaskedMark mark)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!tuple.HasPorts || tuple.Family == InetFamily.Unspecified)
            return batch.SetFlowMark(tuple, mark);
        if (tuple.Family == InetFamily.IPv4)
        {
            var form = FormOf(_forms4, tuple, mark);
            var message = batch.Begin(form.Message);
            form.Set(message, tuple.Addresses4, tuple, mark);
            batch.Commit(message);
        }
        else
        {
            var form = FormOf(_forms6, tuple, mark);
            var message = batch.Begin(form.Message);
            form.Set(message, tuple.Addresses6, tuple, mark);
            batch.Commit(message);
        }

        return batch.Count - 1;
    }

    private static Form<TAddress> FormOf<TAddress>(Form<TAddress>[] forms, in ConntrackTuple tuple, MaskedMark mark)
        where TAddress : unmanaged => forms[(tuple.Zone != 0 ? Zone : 0) | (mark.Mask != uint.MaxValue ? Mask : 0)];

    /// <summary>One message with its slots.</summary>
    private sealed class Form<TAddress>
        where TAddress : unmanaged
    {
        private readonly Slot<TAddress> _source;
        private readonly Slot<TAddress> _destination;
        private readonly Slot<uint> _protocol;
        private readonly Slot<uint> _sourcePort;
        private readonly Slot<uint> _destinationPort;
        private readonly BigEndianSlot<ushort> _zone;
        private readonly BigEndianSlot<uint> _mark;
        private readonly BigEndianSlot<uint> _mask;
        private readonly int _parts;

        public Form(InetFamily family, int parts)
        {
            _parts = parts;
            var builder = new PreparedMessageBuilder(FlowRequest.TypeOf(IPCTNL_MSG.IPCTNL_MSG_CT_NEW), NLM_F.NLM_F_REQUEST, FlowRequest.MaximumLength);
            builder.PutHeader<nfgenmsg, CTA>(new nfgenmsg { nfgen_family = (byte)family }, out var attributes);
            var tuple = builder.Put(attributes, (CTA)((ushort)CTA.CTA_TUPLE_ORIG | NLA.NLA_F_NESTED), PortTuple<TAddress>.Empty);
            _source = tuple.Field(static (ref PortTuple<TAddress> t) => ref t.Source);
            _destination = tuple.Field(static (ref PortTuple<TAddress> t) => ref t.Destination);
            _protocol = tuple.Field(static (ref PortTuple<TAddress> t) => ref t.Protocol);
            _sourcePort = tuple.Field(static (ref PortTuple<TAddress> t) => ref t.SourcePort);
            _destinationPort = tuple.Field(static (ref PortTuple<TAddress> t) => ref t.DestinationPort);
            if ((parts & Zone) != 0)
                _zone = builder.PutBigEndian(attributes, CTA.CTA_ZONE, (ushort)0);
            _mark = builder.PutBigEndian(attributes, CTA.CTA_MARK, 0u);
            if ((parts & Mask) != 0)
                _mask = builder.PutBigEndian(attributes, CTA.CTA_MARK_MASK, 0u);
            Message = builder.Build();
        }

        public PreparedMessage Message { get; }

        public Span<byte> Set(MessagePatch message, (TAddress Source, TAddress Destination) addresses, scoped in ConntrackTuple tuple, MaskedMark mark)
        {
            var (protocol, sourcePort, destinationPort) = tuple.Transport;
            message.Set(_source, addresses.Source);
            message.Set(_destination, addresses.Destination);
            message.Set(_protocol, protocol);
            message.Set(_sourcePort, sourcePort);
            message.Set(_destinationPort, destinationPort);
            if ((_parts & Zone) != 0)
                message.Set(_zone, tuple.Zone);
            message.Set(_mark, mark.Value);
            if ((_parts & Mask) != 0)
                message.Set(_mask, mark.Mask);
            return message.Message;
        }
    }
}
