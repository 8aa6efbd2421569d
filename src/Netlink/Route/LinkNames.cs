using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The names in messages about links.</summary>
internal static class LinkNames
{
    private static AttributeSpace Inet6 => AttributeSpace.Of<IFLA_INET6>()
        .With(ValueFormat.Hex, IFLA_INET6.IFLA_INET6_FLAGS)
        .With(ValueFormat.List(ValueFormat.S32, sizeof(int)), IFLA_INET6.IFLA_INET6_CONF)
        .With(ValueFormat.List(ValueFormat.U64, sizeof(ulong)), IFLA_INET6.IFLA_INET6_STATS, IFLA_INET6.IFLA_INET6_ICMP6STATS)
        .With(ValueFormat.Address, IFLA_INET6.IFLA_INET6_TOKEN)
        .With(ValueFormat.Names<IN6_ADDR_GEN_MODE>(), IFLA_INET6.IFLA_INET6_ADDR_GEN_MODE)
        .With(ValueFormat.U32, IFLA_INET6.IFLA_INET6_RA_MTU);

    public static AttributeSpace CreateSpace()
    {
        var info = AttributeSpace.Of<IFLA_INFO>()
            .WithKinds(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, KnownLinkKinds.Find)
            .WithKinds(IFLA_INFO.IFLA_INFO_SLAVE_KIND, IFLA_INFO.IFLA_INFO_SLAVE_DATA, KnownLinkKinds.FindPort)
            .With(ValueFormat.String, IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_SLAVE_KIND);
        return AttributeSpace.Of<ifinfomsg, IFLA>(
                (IFLA.IFLA_LINKINFO, info),
                (IFLA.IFLA_AF_SPEC, AttributeSpace.Of((AF.AF_INET6, Inet6))),
                (IFLA.IFLA_PROP_LIST, AttributeSpace.Of<IFLA>().With(ValueFormat.String, IFLA.IFLA_ALT_IFNAME)))
            .With(ValueFormat.LinkAddress, IFLA.IFLA_ADDRESS, IFLA.IFLA_BROADCAST, IFLA.IFLA_PERM_ADDRESS)
            .With(ValueFormat.String, IFLA.IFLA_IFNAME, IFLA.IFLA_QDISC, IFLA.IFLA_IFALIAS, IFLA.IFLA_PHYS_PORT_NAME, IFLA.IFLA_ALT_IFNAME, IFLA.IFLA_PARENT_DEV_NAME, IFLA.IFLA_PARENT_DEV_BUS_NAME)
            .With(ValueFormat.U32, IFLA.IFLA_MTU, IFLA.IFLA_MASTER, IFLA.IFLA_TXQLEN, IFLA.IFLA_WEIGHT, IFLA.IFLA_NET_NS_PID, IFLA.IFLA_NUM_VF, IFLA.IFLA_GROUP, IFLA.IFLA_NET_NS_FD)
            .With(ValueFormat.U32, IFLA.IFLA_PROMISCUITY, IFLA.IFLA_NUM_TX_QUEUES, IFLA.IFLA_NUM_RX_QUEUES, IFLA.IFLA_CARRIER_CHANGES, IFLA.IFLA_GSO_MAX_SEGS, IFLA.IFLA_GSO_MAX_SIZE)
            .With(ValueFormat.U32, IFLA.IFLA_CARRIER_UP_COUNT, IFLA.IFLA_CARRIER_DOWN_COUNT, IFLA.IFLA_MIN_MTU, IFLA.IFLA_MAX_MTU, IFLA.IFLA_GRO_MAX_SIZE, IFLA.IFLA_TSO_MAX_SIZE, IFLA.IFLA_TSO_MAX_SEGS, IFLA.IFLA_ALLMULTI)
            .With(ValueFormat.S32, IFLA.IFLA_LINK, IFLA.IFLA_LINK_NETNSID, IFLA.IFLA_NEW_NETNSID, IFLA.IFLA_IF_NETNSID, IFLA.IFLA_NEW_IFINDEX)
            .With(ValueFormat.Struct<rtnl_link_stats64>(), IFLA.IFLA_STATS64)
            .With(ValueFormat.Names<IF_OPER>(), IFLA.IFLA_OPERSTATE)
            .With(ValueFormat.Names<RTEXT_FILTER>(), IFLA.IFLA_EXT_MASK)
            .With(ValueFormat.U8, IFLA.IFLA_LINKMODE, IFLA.IFLA_CARRIER, IFLA.IFLA_PROTO_DOWN)
            .With(ValueFormat.Hex, IFLA.IFLA_EVENT)
            .WithRequests<RTM>(PutRequest);
    }

    /// <summary>Puts the kind, and the link by its name where the request has it.</summary>
    private static void PutRequest(scoped in NetlinkMessage request, scoped ref DefaultInterpolatedStringHandler text)
    {
        var attributes = request.Attributes<ifinfomsg, IFLA>();
        if (attributes.TryFind(IFLA.IFLA_LINKINFO, out var info) && info.Nested<IFLA_INFO>().TryFind(IFLA_INFO.IFLA_INFO_KIND, out var kind))
            RequestText.Put(ref text, kind.ReadUtf8());
        var index = request.ReadHeader<ifinfomsg>().ifi_index;
        // Beside an index a name is what the link is to be called.
        if (index == 0 && (attributes.TryFind(IFLA.IFLA_IFNAME, out var name) || attributes.TryFind(IFLA.IFLA_ALT_IFNAME, out name)))
            RequestText.Put(ref text, name.ReadUtf8());
        else
            RequestText.PutIndex(ref text, index);
    }
}
