using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about links, as the client sends them alone and a batch with others.</summary>
internal static class LinkMessages
{
    /// <summary>Bytes of any message without a kind's data.</summary>
    public const int SmallRoom = 1024;

    private const int MaximumAliasBytes = 255;

    public static int RoomFor<T>(in T options, in LinkChange set)
        where T : struct, ILinkOptions => SmallRoom + options.Room + set.Other.Span.Length;

    public static void Add<T>(MessageWriter message, string name, in T options, in LinkChange set)
        where T : struct, ILinkOptions
    {
        LinkName.ThrowIfUnfit(name);
        if (set.Alias is not null)
            ThrowIfTooLong(set.Alias);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(HeaderOf(0, set));
        Put(attributes, set with { Name = null, Alias = null });
        attributes.PutIf(IFLA.IFLA_LINK, set.ParentIndex);
        attributes.PutIf(IFLA.IFLA_LINK_NETNSID, set.ParentNamespaceId);
        attributes.PutString(IFLA.IFLA_IFNAME, name);
        using var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO);
        info.Put(IFLA_INFO.IFLA_INFO_KIND, options.KindName);
        options.WriteData(info);
        KnownLinkKinds.Remember(options.KindName, options.DataNames);
    }

    public static void Change(MessageWriter message, int index, in LinkChange change)
    {
        // With 0 the kernel would go by the name.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        Put(message.PutHeader<ifinfomsg, IFLA>(HeaderOf(index, change)), change);
    }

    public static void ChangeKind<T>(MessageWriter message, int index, in T options)
        where T : struct, ILinkOptions
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        using var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO);
        // What belongs to a master goes by the master's kind.
        info.Put(options.IsSlave ? IFLA_INFO.IFLA_INFO_SLAVE_KIND : IFLA_INFO.IFLA_INFO_KIND, options.KindName);
        options.WriteData(info);
    }

    public static void Alias(MessageWriter message, string name, string alias)
    {
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(IFLA.IFLA_IFNAME, name);
        attributes.PutText(IFLA.IFLA_IFALIAS, alias);
    }

    /// <summary>A message that has an index and no more.</summary>
    public static void Of(MessageWriter message, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
    }

    public static void Get(MessageWriter message, string name, int? namespaceId)
    {
        LinkName.ThrowIfNone(name);
        var isLong = Encoding.UTF8.GetByteCount(name) > LinkName.MaximumBytes;
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(isLong ? IFLA.IFLA_ALT_IFNAME : IFLA.IFLA_IFNAME, name);
        attributes.PutIf(IFLA.IFLA_IF_NETNSID, namespaceId);
    }

    public static void Dump(MessageWriter message, in LinkFilter filter)
    {
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        if (filter.Extra != RTEXT_FILTER.NONE)
            attributes.Put(IFLA.IFLA_EXT_MASK, (uint)filter.Extra);
        attributes.PutIf(IFLA.IFLA_MASTER, filter.MasterIndex);
        if (filter.Kind is null)
            return;
        using var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO);
        info.PutText(IFLA_INFO.IFLA_INFO_KIND, filter.Kind);
    }

    public static void AlternativeName(MessageWriter message, int index, string name)
    {
        LinkName.ThrowIfNone(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        using var properties = attributes.NestFlagged<IFLA>(IFLA.IFLA_PROP_LIST);
        properties.PutString(IFLA.IFLA_ALT_IFNAME, name);
    }

    private static ifinfomsg HeaderOf(int index, in LinkChange change)
    {
        var (set, mask) = (IFF.NONE, IFF.NONE);
        Flag(change.Up, IFF.IFF_UP, ref set, ref mask);
        Flag(change.Arp is { } arp ? !arp : null, IFF.IFF_NOARP, ref set, ref mask);
        Flag(change.Promiscuous, IFF.IFF_PROMISC, ref set, ref mask);
        Flag(change.AllMulticast, IFF.IFF_ALLMULTI, ref set, ref mask);
        Flag(change.Multicast, IFF.IFF_MULTICAST, ref set, ref mask);
        return new ifinfomsg { ifi_index = index, ifi_flags = set, ifi_change = mask };
    }

    private static void Flag(bool? value, IFF flag, ref IFF set, ref IFF mask)
    {
        if (value is not { } on)
            return;
        mask |= flag;
        if (on)
            set |= flag;
    }

    private static void Put(AttributeWriter<IFLA> attributes, in LinkChange change)
    {
        if (change.Name is not null)
        {
            LinkName.ThrowIfUnfit(change.Name);
            attributes.PutString(IFLA.IFLA_IFNAME, change.Name);
        }

        attributes.PutIf(IFLA.IFLA_TXQLEN, change.TxQueueLength);
        attributes.PutIf(IFLA.IFLA_MTU, change.Mtu);
        if (change.Alias is not null)
        {
            ThrowIfTooLong(change.Alias);
            attributes.PutText(IFLA.IFLA_IFALIAS, change.Alias);
        }

        attributes.PutIf(IFLA.IFLA_ADDRESS, change.Address);
        attributes.PutIf(IFLA.IFLA_BROADCAST, change.BroadcastAddress);
        attributes.PutIf(IFLA.IFLA_GROUP, change.Group);
        attributes.PutIf(IFLA.IFLA_MASTER, change.MasterIndex);
        attributes.PutIf(IFLA.IFLA_NUM_TX_QUEUES, change.TxQueues);
        attributes.PutIf(IFLA.IFLA_NUM_RX_QUEUES, change.RxQueues);
        attributes.PutIf(IFLA.IFLA_GSO_MAX_SIZE, change.GsoMaximumSize);
        attributes.PutIf(IFLA.IFLA_GSO_MAX_SEGS, change.GsoMaximumSegments);
        attributes.PutIf(IFLA.IFLA_GRO_MAX_SIZE, change.GroMaximumSize);
        attributes.PutIf(IFLA.IFLA_LINKMODE, change.LinkMode);
        attributes.PutIf(IFLA.IFLA_OPERSTATE, (byte?)change.OperationalState);
        attributes.PutIf(IFLA.IFLA_CARRIER, change.Carrier);
        attributes.PutIf(IFLA.IFLA_PROTO_DOWN, change.ProtocolDown);
        if (change.AddressGenerationMode is { } mode)
        {
            using var families = attributes.Nest<AF>(IFLA.IFLA_AF_SPEC);
            using var inet6 = families.Nest<IFLA_INET6>(AF.AF_INET6);
            inet6.Put(IFLA_INET6.IFLA_INET6_ADDR_GEN_MODE, (byte)mode);
        }

        if (change.Namespace is not null)
            attributes.Put(IFLA.IFLA_NET_NS_FD, change.Namespace.Descriptor);
        attributes.PutIf(IFLA.IFLA_NET_NS_PID, change.NamespaceProcess);
        attributes.PutIf(IFLA.IFLA_IF_NETNSID, change.NamespaceId);
        change.Other.Write(attributes);
    }

    private static void ThrowIfTooLong(string alias)
    {
        if (alias.Length > MaximumAliasBytes || Encoding.UTF8.GetByteCount(alias) > MaximumAliasBytes)
            throw new ArgumentException($"The alias of a link has at most {MaximumAliasBytes} bytes: \"{alias}\".", nameof(alias));
    }
}
