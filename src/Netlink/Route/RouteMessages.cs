using System.Net;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The messages about routes, as the client sends them alone and a batch with others.</summary>
internal static class RouteMessages
{
    /// <summary>A default route of table main, without an object.</summary>
    public static void Default(MessageWriter message, int linkIndex, IPAddress gateway)
    {
        var hop = new InetAddress(gateway);
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = (byte)hop.Family,
            rtm_table = (byte)RT_TABLE.RT_TABLE_MAIN,
            rtm_protocol = (byte)RTPROT.RTPROT_STATIC,
            rtm_type = (byte)RTN.RTN_UNICAST,
        });
        attributes.Put(RTA.RTA_GATEWAY, hop.AsSpan());
        attributes.Put(RTA.RTA_OIF, linkIndex);
    }

    public static void Dump(MessageWriter message, in RouteFilter filter)
    {
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = (byte)filter.Family,
            rtm_protocol = (byte)(filter.Protocol ?? 0),
            rtm_type = (byte)(filter.Type ?? 0),
            rtm_flags = filter.IsCloned ? (uint)RTM_F.RTM_F_CLONED : 0,
        });
        attributes.PutIf(RTA.RTA_TABLE, filter.Table);
        attributes.PutIf(RTA.RTA_OIF, filter.OutputIndex);
    }

    public static void Get(MessageWriter message, in RouteQuery query)
    {
        var family = query.Destination.Family;
        if (family == InetFamily.Unspecified)
            throw new ArgumentException("A look-up needs a destination.", nameof(query));
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = (byte)family,
            rtm_dst_len = (byte)(query.Destination.Length * 8),
            rtm_src_len = (byte)(query.Source.Length * 8),
            rtm_tos = query.TypeOfService,
            rtm_flags = (uint)((query.WantsTableRoute ? RTM_F.RTM_F_FIB_MATCH : RTM_F.NONE) | RTM_F.RTM_F_LOOKUP_TABLE),
        });
        attributes.PutIf(RTA.RTA_DST, query.Destination);
        attributes.PutIf(RTA.RTA_SRC, query.Source);
        attributes.PutIf(RTA.RTA_OIF, query.OutputIndex);
        attributes.PutIf(RTA.RTA_IIF, query.InputIndex);
        attributes.PutIf(RTA.RTA_MARK, query.Mark);
        attributes.PutIf(RTA.RTA_UID, query.UserId);
        attributes.PutIf(RTA.RTA_IP_PROTO, (byte?)query.Protocol);
        attributes.PutBigEndianIf(RTA.RTA_SPORT, query.SourcePort);
        attributes.PutBigEndianIf(RTA.RTA_DPORT, query.DestinationPort);
    }
}
