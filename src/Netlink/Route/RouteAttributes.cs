using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>The names of the attributes in rtnetlink's messages.</summary>
internal static class RouteAttributes
{
    public static readonly AttributeSpace Links = AttributeSpace.Of<ifinfomsg, IFLA>(
        (IFLA.IFLA_LINKINFO, AttributeSpace.Of<IFLA_INFO>()),
        (IFLA.IFLA_AF_SPEC, AttributeSpace.Of<AF>((AF.AF_INET6, AttributeSpace.Of<IFLA_INET6>()))));

    public static readonly AttributeSpace Addresses = AttributeSpace.Of<ifaddrmsg, IFA>();

    public static readonly AttributeSpace Routes = AttributeSpace.Of<rtmsg, RTA>((RTA.RTA_METRICS, AttributeSpace.Of<RTAX>()));

    public static readonly AttributeSpace Neighbours = AttributeSpace.Of<ndmsg, NDA>();

    public static readonly AttributeSpace Rules = AttributeSpace.Of<fib_rule_hdr, FRA>();

    public static readonly AttributeSpace NamespaceIds = AttributeSpace.Of<rtgenmsg, NETNSA>();

    private static readonly Lock Sync = new();
    private static volatile (AttributeSpace? Data, AttributeSpace Space)[] _kinds = [];

    /// <summary>The names in a message that makes a link with this data.</summary>
    public static AttributeSpace LinksOf(AttributeSpace? data)
    {
        if (data is null)
            return Links;
        foreach (var (known, space) in _kinds)
        {
            if (ReferenceEquals(known, data))
                return space;
        }

        lock (Sync)
        {
            var space = AttributeSpace.Of<ifinfomsg, IFLA>((IFLA.IFLA_LINKINFO, AttributeSpace.Of<IFLA_INFO>((IFLA_INFO.IFLA_INFO_DATA, data), (IFLA_INFO.IFLA_INFO_SLAVE_DATA, data))));
            _kinds = [.. _kinds, (data, space)];
            return space;
        }
    }
}
