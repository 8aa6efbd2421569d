using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>As the kernel has it.</content>
public sealed partial record RouteEntry
{
    private static readonly UInt128 Known = AttributeIndex<RTA>.MaskOf(
        RTA.RTA_DST, RTA.RTA_SRC, RTA.RTA_IIF, RTA.RTA_OIF, RTA.RTA_GATEWAY, RTA.RTA_PRIORITY, RTA.RTA_PREFSRC, RTA.RTA_METRICS, RTA.RTA_MULTIPATH,
        RTA.RTA_FLOW, RTA.RTA_CACHEINFO, RTA.RTA_TABLE, RTA.RTA_VIA, RTA.RTA_PREF, RTA.RTA_EXPIRES, RTA.RTA_NH_ID, RTA.RTA_PAD);

    static AttributeSpace IRouteObject.Space => RouteCatalog.Routes;

    int IRouteObject.Room
    {
        get
        {
            var room = 512 + (3 * (Metrics.CongestionControl?.Length ?? 0)) + Metrics.Other.Span.Length + Other.Span.Length;
            foreach (var hop in NextHops)
                room += 32 + hop.Other.Span.Length;
            return room;
        }
    }

    /// <summary>Puts header and attributes of a message about it.</summary>
    /// <exception cref="ArgumentException">An address is not of the route's family, or has no prefix length, a weight is none that the kernel has, or the ways are too many.</exception>
    public void Write(MessageWriter message)
    {
        var attributes = message.PutHeader<rtmsg, RTA>(new rtmsg
        {
            rtm_family = Family,
            rtm_dst_len = PrefixLength,
            rtm_src_len = SourcePrefixLength,
            rtm_tos = TypeOfService,
            rtm_table = Table <= byte.MaxValue ? (byte)Table : (byte)0,
            rtm_protocol = Protocol,
            rtm_scope = Scope,
            rtm_type = Type,
            rtm_flags = Flags,
        });
        attributes.PutPrefix(RTA.RTA_DST, Destination, PrefixLength, Family, "route");
        attributes.PutPrefix(RTA.RTA_SRC, Source, SourcePrefixLength, Family, "route");
        attributes.PutAddress(RTA.RTA_PREFSRC, PreferredSource, Family, "route");
        if (NextHops.Count == 0 && Gateway is not null)
            PutGateway(attributes, new InetAddress(Gateway));
        if (Metric != 0)
            attributes.Put(RTA.RTA_PRIORITY, Metric);
        if (Table > byte.MaxValue)
            attributes.Put(RTA.RTA_TABLE, Table);
        attributes.PutIf(RTA.RTA_NH_ID, NextHopId);
        attributes.PutIf(RTA.RTA_FLOW, Realms);
        attributes.PutIf(RTA.RTA_PREF, Preference);
        attributes.PutIf(RTA.RTA_EXPIRES, Expires);
        attributes.PutIf(RTA.RTA_IIF, InputIndex);
        if (NextHops.Count == 0)
            attributes.PutIf(RTA.RTA_OIF, OutputIndex);
        Metrics.Write(attributes);
        if (NextHops.Count > 0)
            PutHops(attributes);
        Other.Write(attributes);
    }

    internal static RouteEntry From(scoped in RouteView view, rtmsg header, scoped in AttributeIndex<RTA> index)
    {
        var hops = HopsOf(view);
        var gateway = hops.Count > 0 ? hops[0].Gateway : view.Gateway;
        return new RouteEntry
        {
            Family = header.rtm_family,
            Destination = ToIPAddress(view.Destination),
            PrefixLength = header.rtm_dst_len,
            Source = ToIPAddress(view.Source),
            SourcePrefixLength = header.rtm_src_len,
            TypeOfService = header.rtm_tos,
            Gateway = ToIPAddress(gateway),
            OutputIndex = hops.Count > 0 ? hops[0].OutputIndex : view.OutputIndex,
            NextHops = hops,
            NextHopId = view.NextHopId,
            Metric = view.Metric ?? 0,
            Table = view.Table,
            Type = header.rtm_type,
            Protocol = header.rtm_protocol,
            Scope = header.rtm_scope,
            Flags = header.rtm_flags,
            PreferredSource = ToIPAddress(view.PreferredSource),
            Preference = view.Preference,
            Metrics = view.TryReadMetrics(out var metrics) ? metrics : default,
            Realms = view.Realms,
            InputIndex = view.InputIndex,
            Expires = view.Expires,
            CacheInfo = view.CacheInfo,
            Other = index.Others(Known),
        };
    }

    private static NextHopList HopsOf(scoped in RouteView view)
    {
        List<NextHop>? list = null;
        foreach (var hop in view.NextHops)
            (list ??= []).Add(hop.ToRecord());
        return list is null ? NextHopList.Empty : NextHopList.Of(CollectionsMarshal.AsSpan(list));
    }

    private static IPAddress? ToIPAddress(InetAddress address) => address.Length == 0 ? null : address.ToIPAddress();

    private void PutGateway(AttributeWriter<RTA> attributes, InetAddress gateway)
    {
        if ((byte)gateway.Family == Family)
        {
            attributes.Put(RTA.RTA_GATEWAY, gateway.AsSpan());
            return;
        }

        // struct rtvia.
        Span<byte> via = stackalloc byte[2 + 16];
        MemoryMarshal.Write(via, (ushort)gateway.Family);
        gateway.AsSpan().CopyTo(via[2..]);
        attributes.Put(RTA.RTA_VIA, via[..(2 + gateway.Length)]);
    }

    private void PutHops(AttributeWriter<RTA> attributes)
    {
        // A next hop is no attribute: its length is in front of it, as with a message.
        using var nest = attributes.Nest<RTA>(RTA.RTA_MULTIPATH);
        Span<byte> bytes = stackalloc byte[128];
        foreach (var hop in NextHops)
        {
            if (hop.Weight is < 1 or > 256)
                throw new ArgumentException($"The weight of a way is 1 to 256, not {hop.Weight}.", nameof(attributes));
            var scratch = MessageWriter.Begin(bytes, 0, NLM_F.NONE);
            if (hop.Gateway.Length != 0)
                PutGateway(scratch.PutHeader<rtnexthop, RTA>(default), hop.Gateway);
            else
                scratch.PutHeader<rtnexthop, RTA>(default);
            var own = scratch.Message[MessageWriter.HeaderSize..];
            var length = own.Length + hop.Other.Span.Length;
            if (length > ushort.MaxValue)
                throw new ArgumentException($"A way has {length} bytes; {ushort.MaxValue} are the most.", nameof(attributes));
            MemoryMarshal.Write(own, new rtnexthop
            {
                rtnh_len = (ushort)length,
                rtnh_flags = (byte)hop.Flags,
                rtnh_hops = (byte)(hop.Weight - 1),
                rtnh_ifindex = hop.OutputIndex,
            });
            nest.PutRaw(own);
            hop.Other.Write(nest);
        }
    }
}
