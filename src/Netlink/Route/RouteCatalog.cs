using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The names of rtnetlink's messages about links, addresses, routes, neighbours, rules and namespaces; <see cref="MessageCatalog"/> says how a family adds its own.</summary>
public static class RouteCatalog
{
    /// <summary>Links, behind an <c>ifinfomsg</c>.</summary>
    public static AttributeSpace Links { get; } = LinkNames.CreateSpace();

    /// <summary>Addresses, behind an <c>ifaddrmsg</c>.</summary>
    public static AttributeSpace Addresses { get; } = AttributeSpace.Of<ifaddrmsg, IFA>()
        .WithHeader(ValueFormat.Struct<ifaddrmsg>()
            .Field(nameof(ifaddrmsg.ifa_family), ValueFormat.Names<AF>())
            .Field(nameof(ifaddrmsg.ifa_flags), ValueFormat.Names<IFA_F>())
            .Field(nameof(ifaddrmsg.ifa_scope), ValueFormat.Names<RT_SCOPE>()))
        .With(ValueFormat.Struct<ifa_cacheinfo>(), IFA.IFA_CACHEINFO)
        .With(ValueFormat.Address, IFA.IFA_ADDRESS, IFA.IFA_LOCAL, IFA.IFA_BROADCAST, IFA.IFA_ANYCAST, IFA.IFA_MULTICAST)
        .With(ValueFormat.String, IFA.IFA_LABEL)
        .With(ValueFormat.Names<IFA_F>(), IFA.IFA_FLAGS)
        .With(ValueFormat.U32, IFA.IFA_RT_PRIORITY)
        .With(ValueFormat.S32, IFA.IFA_TARGET_NETNSID)
        .With(ValueFormat.U8, IFA.IFA_PROTO)
        .WithRequests<RTM>(static (scoped in request, scoped ref text) => RequestText.PutIndex(ref text, (int)request.ReadHeader<ifaddrmsg>().ifa_index));

    /// <summary>Routes, behind an <c>rtmsg</c>.</summary>
    public static AttributeSpace Routes { get; } = AttributeSpace.Of<rtmsg, RTA>(
            (RTA.RTA_METRICS, AttributeSpace.Of<RTAX>()
                .With(ValueFormat.U32, RTAX.RTAX_MTU, RTAX.RTAX_WINDOW, RTAX.RTAX_RTT, RTAX.RTAX_RTTVAR, RTAX.RTAX_SSTHRESH, RTAX.RTAX_CWND, RTAX.RTAX_ADVMSS, RTAX.RTAX_REORDERING, RTAX.RTAX_HOPLIMIT)
                .With(ValueFormat.U32, RTAX.RTAX_INITCWND, RTAX.RTAX_RTO_MIN, RTAX.RTAX_INITRWND, RTAX.RTAX_QUICKACK, RTAX.RTAX_FASTOPEN_NO_COOKIE)
                .With(ValueFormat.Hex, RTAX.RTAX_LOCK, RTAX.RTAX_FEATURES)
                .With(ValueFormat.String, RTAX.RTAX_CC_ALGO)),
            (RTA.RTA_MULTIPATH, AttributeSpace.OfRecords<rtnexthop, RTA>()
                .With(ValueFormat.Address, RTA.RTA_GATEWAY)
                .With(RouteFormats.Via, RTA.RTA_VIA)
                .With(ValueFormat.U32, RTA.RTA_FLOW)
                .With(ValueFormat.U16, RTA.RTA_ENCAP_TYPE)))
        .WithHeader(ValueFormat.Struct<rtmsg>()
            .Field(nameof(rtmsg.rtm_family), ValueFormat.Names<AF>())
            .Field(nameof(rtmsg.rtm_protocol), ValueFormat.Names<RTPROT>())
            .Field(nameof(rtmsg.rtm_scope), ValueFormat.Names<RT_SCOPE>())
            .Field(nameof(rtmsg.rtm_type), ValueFormat.Names<RTN>())
            .Field(nameof(rtmsg.rtm_flags), RouteFormats.Flags))
        .With(ValueFormat.Struct<rta_cacheinfo>(), RTA.RTA_CACHEINFO)
        .With(ValueFormat.Address, RTA.RTA_DST, RTA.RTA_SRC, RTA.RTA_GATEWAY, RTA.RTA_PREFSRC, RTA.RTA_NEWDST)
        .With(RouteFormats.Via, RTA.RTA_VIA)
        .With(ValueFormat.U32, RTA.RTA_IIF, RTA.RTA_OIF, RTA.RTA_PRIORITY, RTA.RTA_FLOW, RTA.RTA_TABLE, RTA.RTA_EXPIRES, RTA.RTA_UID, RTA.RTA_NH_ID)
        .With(ValueFormat.Hex, RTA.RTA_MARK)
        .With(ValueFormat.U16, RTA.RTA_ENCAP_TYPE)
        .With(ValueFormat.U8, RTA.RTA_PREF, RTA.RTA_TTL_PROPAGATE)
        .With(ValueFormat.Names<IpProtocol>(), RTA.RTA_IP_PROTO)
        .With(ValueFormat.U16BigEndian, RTA.RTA_SPORT, RTA.RTA_DPORT)
        .WithRequests<RTM>(static (scoped in request, scoped ref text) =>
        {
            if (request.Attributes<rtmsg, RTA>().TryFind(RTA.RTA_OIF, out var link))
                RequestText.PutIndex(ref text, link.ReadInt32());
        });

    /// <summary>Neighbours, behind an <c>ndmsg</c>.</summary>
    public static AttributeSpace Neighbours { get; } = AttributeSpace.Of<ndmsg, NDA>((NDA.NDA_CACHEINFO, AttributeSpace.OfStruct<nda_cacheinfo>()))
        .WithHeader(ValueFormat.Struct<ndmsg>().Field(nameof(ndmsg.ndm_family), ValueFormat.Names<AF>()))
        .With(ValueFormat.Address, NDA.NDA_DST)
        .With(ValueFormat.LinkAddress, NDA.NDA_LLADDR)
        .With(ValueFormat.U32, NDA.NDA_PROBES, NDA.NDA_VNI, NDA.NDA_IFINDEX, NDA.NDA_MASTER, NDA.NDA_SRC_VNI, NDA.NDA_NH_ID)
        .With(ValueFormat.U16, NDA.NDA_VLAN, NDA.NDA_NDM_STATE_MASK)
        .With(ValueFormat.U16BigEndian, NDA.NDA_PORT)
        .With(ValueFormat.S32, NDA.NDA_LINK_NETNSID)
        .With(ValueFormat.U8, NDA.NDA_PROTOCOL, NDA.NDA_NDM_FLAGS_MASK)
        .With(ValueFormat.Hex, NDA.NDA_FLAGS_EXT)
        .WithRequests<RTM>(static (scoped in request, scoped ref text) => RequestText.PutIndex(ref text, request.ReadHeader<ndmsg>().ndm_ifindex));

    /// <summary>Routing rules, behind a <c>fib_rule_hdr</c>.</summary>
    public static AttributeSpace Rules { get; } = AttributeSpace.Of<fib_rule_hdr, FRA>(
            (FRA.FRA_UID_RANGE, AttributeSpace.OfStruct<fib_rule_uid_range>()),
            (FRA.FRA_SPORT_RANGE, AttributeSpace.OfStruct<fib_rule_port_range>()),
            (FRA.FRA_DPORT_RANGE, AttributeSpace.OfStruct<fib_rule_port_range>()))
        .WithHeader(ValueFormat.Struct<fib_rule_hdr>().Field(nameof(fib_rule_hdr.family), ValueFormat.Names<AF>()))
        .With(ValueFormat.Address, FRA.FRA_DST, FRA.FRA_SRC)
        .With(ValueFormat.String, FRA.FRA_IIFNAME, FRA.FRA_OIFNAME)
        .With(ValueFormat.U32, FRA.FRA_GOTO, FRA.FRA_PRIORITY, FRA.FRA_FLOW, FRA.FRA_SUPPRESS_IFGROUP, FRA.FRA_SUPPRESS_PREFIXLEN, FRA.FRA_TABLE)
        .With(ValueFormat.Hex, FRA.FRA_FWMARK, FRA.FRA_FWMASK)
        .With(ValueFormat.U64BigEndian, FRA.FRA_TUN_ID)
        .With(ValueFormat.U8, FRA.FRA_L3MDEV, FRA.FRA_PROTOCOL, FRA.FRA_DSCP, FRA.FRA_DSCP_MASK)
        .With(ValueFormat.Hex, FRA.FRA_SPORT_MASK, FRA.FRA_DPORT_MASK)
        .With(ValueFormat.HexBigEndian, FRA.FRA_FLOWLABEL, FRA.FRA_FLOWLABEL_MASK)
        .With(ValueFormat.Names<IpProtocol>(), FRA.FRA_IP_PROTO)
        .WithRequests<RTM>(static (scoped in _, scoped ref _) => { });

    /// <summary>Numbers of network namespaces, behind an <c>rtgenmsg</c>.</summary>
    public static AttributeSpace NamespaceIds { get; } = AttributeSpace.Of<rtgenmsg, NETNSA>()
        .With(ValueFormat.S32, NETNSA.NETNSA_NSID, NETNSA.NETNSA_TARGET_NSID, NETNSA.NETNSA_CURRENT_NSID)
        .With(ValueFormat.U32, NETNSA.NETNSA_PID, NETNSA.NETNSA_FD)
        .WithRequests<RTM>(static (scoped in _, scoped ref _) => { });

    /// <summary>All of them.</summary>
    public static MessageCatalog Messages { get; } = MessageCatalog.Empty
        .Add(NETLINK.NETLINK_ROUTE, Links, RTM.RTM_NEWLINK, RTM.RTM_DELLINK, RTM.RTM_GETLINK, RTM.RTM_SETLINK, RTM.RTM_NEWLINKPROP, RTM.RTM_DELLINKPROP)
        .Add(NETLINK.NETLINK_ROUTE, Addresses, RTM.RTM_NEWADDR, RTM.RTM_DELADDR, RTM.RTM_GETADDR)
        .Add(NETLINK.NETLINK_ROUTE, Routes, RTM.RTM_NEWROUTE, RTM.RTM_DELROUTE, RTM.RTM_GETROUTE)
        .Add(NETLINK.NETLINK_ROUTE, Neighbours, RTM.RTM_NEWNEIGH, RTM.RTM_DELNEIGH, RTM.RTM_GETNEIGH)
        .Add(NETLINK.NETLINK_ROUTE, Rules, RTM.RTM_NEWRULE, RTM.RTM_DELRULE, RTM.RTM_GETRULE)
        .Add(NETLINK.NETLINK_ROUTE, NamespaceIds, RTM.RTM_NEWNSID, RTM.RTM_DELNSID, RTM.RTM_GETNSID);
}
