using System.Buffers.Binary;
using VffNetlink.Tc.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Tc;

/// <summary>
/// Builds the messages of traffic control, one method per form, whether they go out alone (<see cref="TcClient"/>) or in a batch
/// (<see cref="TcBatch"/>). Nothing is allocated.
/// </summary>
internal static class TcMessages
{
    /// <summary>Header, tcmsg, TCA_CHAIN and TCA_KIND, whose name has at most 16 bytes in every kernel.</summary>
    private const int HeadRoom = 80;

    /// <summary>Room for a message without options.</summary>
    public const int SmallRoom = 128;

    public static int RoomFor<T>(in T options)
        where T : struct, ITcOptions => HeadRoom + options.KindName.Length + options.Room;

    /// <summary>What tc sends for the verb. A class's or filter's replacement is marked by the absence of NLM_F_EXCL alone.</summary>
    public static NLM_F FlagsOf(TcVerb verb, bool isQdisc = false) => verb switch
    {
        TcVerb.Add => NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL,
        TcVerb.Replace => isQdisc ? NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE : NLM_F.NLM_F_CREATE,
        _ => NLM_F.NONE,
    };

    public static void PutQdisc<T>(MessageWriter message, in QdiscKey key, in T options)
        where T : struct, IQdiscOptions => PutOptions(PutHead(message, key), options);

    public static void PutQdisc(MessageWriter message, in QdiscKey key, ReadOnlySpan<byte> kind)
    {
        var attributes = PutHead(message, key);
        if (!kind.IsEmpty)
            attributes.PutString(TCA.TCA_KIND, kind);
    }

    public static void PutClass<T>(MessageWriter message, in ClassKey key, TcHandle parent, in T options)
        where T : struct, IClassOptions => PutOptions(PutHead(message, key, parent), options);

    public static void PutClass(MessageWriter message, in ClassKey key, TcHandle parent) => PutHead(message, key, parent);

    public static void PutFilter<T>(MessageWriter message, in FilterKey key, in T options)
        where T : struct, IFilterOptions => PutOptions(PutHead(message, key), options);

    public static void PutFilter(MessageWriter message, in FilterKey key, ReadOnlySpan<byte> kind)
    {
        var attributes = PutHead(message, key);
        if (!kind.IsEmpty)
            attributes.PutString(TCA.TCA_KIND, kind);
    }

    public static void PutFilters(MessageWriter message, int ifIndex, TcHandle parent, in FilterQuery query)
    {
        var attributes = PutHead(message, ifIndex, parent, 0, query.Priority ?? 0, query.Protocol ?? FilterProtocol.None);
        if (query.Chain is { } chain)
            attributes.Put(TCA.TCA_CHAIN, chain);
    }

    /// <summary>A filter's key is complete where the kernel would otherwise delete, or look at, more than one filter.</summary>
    /// <exception cref="ArgumentException">Priority, protocol or handle is missing.</exception>
    public static void CheckComplete(in FilterKey key)
    {
        if (key.Priority == 0 || key.Protocol == FilterProtocol.None || key.Handle == 0)
            throw new ArgumentException($"The key \"{key}\" does not name one filter: priority, protocol and handle must not be 0.", nameof(key));
    }

    /// <summary>A priority is named where the kernel would otherwise delete all of a chain.</summary>
    /// <exception cref="ArgumentException">Priority or protocol is missing.</exception>
    public static void CheckPriority(in FilterKey key)
    {
        if (key.Priority == 0 || key.Protocol == FilterProtocol.None)
            throw new ArgumentException($"The key \"{key}\" does not name one priority: priority and protocol must not be 0.", nameof(key));
    }

    /// <summary>A qdisc's key is complete where it names what hangs there, not only the place.</summary>
    /// <exception cref="ArgumentException">Parent or handle is missing.</exception>
    public static void CheckComplete(in QdiscKey key)
    {
        if (key.Parent == TcHandle.None || key.Handle == TcHandle.None)
            throw new ArgumentException($"The key \"{key}\" with parent \"{key.Parent}\" does not name one qdisc: parent and handle must not be none.", nameof(key));
    }

    private static void PutOptions<T>(AttributeWriter<TCA> attributes, in T options)
        where T : struct, ITcOptions
    {
        KnownKinds.Remember(options);
        attributes.PutString(TCA.TCA_KIND, options.KindName);
        options.Write(attributes);
    }

    private static AttributeWriter<TCA> PutHead(MessageWriter message, in QdiscKey key) => message.PutHeader<tcmsg, TCA>(new tcmsg
    {
        tcm_ifindex = key.IfIndex,
        tcm_parent = key.Parent.Value,
        tcm_handle = key.Handle.Value,
    });

    private static AttributeWriter<TCA> PutHead(MessageWriter message, in ClassKey key, TcHandle parent) => message.PutHeader<tcmsg, TCA>(new tcmsg
    {
        tcm_ifindex = key.IfIndex,
        tcm_parent = parent.Value,
        tcm_handle = key.ClassId.Value,
    });

    private static AttributeWriter<TCA> PutHead(MessageWriter message, in FilterKey key)
    {
        var attributes = PutHead(message, key.IfIndex, key.Parent, key.Handle, key.Priority, key.Protocol);
        if (key.Chain != 0)
            attributes.Put(TCA.TCA_CHAIN, key.Chain);
        return attributes;
    }

    /// <summary>What a message about a filter begins with.</summary>
    public static tcmsg HeaderOf(in FilterKey key) => HeaderOf(key.IfIndex, key.Parent, key.Handle, key.Priority, key.Protocol);

    private static AttributeWriter<TCA> PutHead(MessageWriter message, int ifIndex, TcHandle parent, uint handle, ushort priority, FilterProtocol protocol) =>
        message.PutHeader<tcmsg, TCA>(HeaderOf(ifIndex, parent, handle, priority, protocol));

    private static tcmsg HeaderOf(int ifIndex, TcHandle parent, uint handle, ushort priority, FilterProtocol protocol) => new()
    {
        tcm_ifindex = ifIndex,
        tcm_parent = parent.Value,
        tcm_handle = handle,
        tcm_info = ((uint)priority << 16) | (BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)protocol) : (ushort)protocol),
    };
}
