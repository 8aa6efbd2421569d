using System.Net;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>Whatever is written is read as it was.</summary>
public class RoutePropertyTests
{
    private static readonly Gen<InetFamily> Family = Gen.Elements(InetFamily.IPv4, InetFamily.IPv6);

    /// <summary>Of an address; with 0 it would say nothing.</summary>
    private static readonly Gen<byte> Bits = Gen.Choose(1, 128).Select(static bits => (byte)bits);

    private static readonly Gen<NextHop> Hop = Any.Of<NextHop>(static (name, _) => name == nameof(NextHop.Weight) ? Any.Boxed(Gen.Choose(1, 256)) : null);

    private static readonly Gen<LinkAddress> Addresses =
        from family in Family
        from address in Any.Of<LinkAddress>(static (name, type) => type == typeof(IPAddress) ? Any.Null
            : name is nameof(LinkAddress.ValidLifetime) or nameof(LinkAddress.PreferredLifetime) ? Any.Boxed(Any.Maybe(Limited))
            : null)
        from own in AddressOf(family)
        from peer in Any.MaybeNull(AddressOf(family))
        from broadcast in Any.MaybeNull(AddressOf(family))
        from anycast in Any.MaybeNull(AddressOf(family))
        select address with { Address = own, Peer = own.Equals(peer) ? null : peer, Broadcast = broadcast, Anycast = anycast };

    private static readonly Gen<RouteEntry> Routes =
        from family in Family
        from route in Any.Of<RouteEntry>(static (name, type) => type == typeof(IPAddress) || name == nameof(RouteEntry.CacheInfo) ? Any.Null
            : type == typeof(byte) && name.EndsWith("PrefixLength", StringComparison.Ordinal) ? Any.Boxed(Bits)
            : type == typeof(NextHopList) ? Any.Boxed(Gen.Constant(NextHopList.Empty))
            : type == typeof(RouteMetrics) ? Any.Boxed(Gen.OneOf(Gen.Constant(default(RouteMetrics)), Any.Of<RouteMetrics>()))
            : null)
        from destination in Any.MaybeNull(AddressOf(family))
        from source in Any.MaybeNull(AddressOf(family))
        from preferred in Any.MaybeNull(AddressOf(family))
        from gateway in Any.MaybeNull(Family.SelectMany(AddressOf))
        from hops in Gen.OneOf(Gen.Constant(Array.Empty<NextHop>()), Gen.ArrayOf(Hop, 3))
        select (hops.Length == 0 ? route with { Gateway = gateway } : route with { Gateway = Told(hops[0].Gateway), OutputIndex = hops[0].OutputIndex, NextHops = NextHopList.Of(hops) }) with
        {
            Family = (byte)family,
            Destination = destination,
            Source = source,
            PreferredSource = preferred,
        };

    // What the kernel alone knows is not written.
    private static readonly Gen<Neighbour> Neighbours =
        from family in Family
        from neighbour in Any.Of<Neighbour>(static (name, type) => type == typeof(IPAddress) || name is nameof(Neighbour.CacheInfo) or nameof(Neighbour.Probes) or nameof(Neighbour.OutputNamespaceId) ? Any.Null : null)
        from destination in Any.MaybeNull(AddressOf(family))
        select neighbour with { Family = (byte)family, Destination = destination };

    private static readonly Gen<RoutingRule> Rules =
        from family in Family
        from rule in Any.Of<RoutingRule>(static (name, type) => type == typeof(IPAddress) ? Any.Null
            : name is nameof(RoutingRule.SourceLength) or nameof(RoutingRule.DestinationLength) ? Any.Boxed(Bits)
            : name is nameof(RoutingRule.SuppressPrefixLength) or nameof(RoutingRule.SuppressGroup) ? Any.Boxed(Any.Maybe(Limited))
            : null)
        from destination in Any.MaybeNull(AddressOf(family))
        from source in Any.MaybeNull(AddressOf(family))
        select rule with { Family = (byte)family, Destination = destination, Source = source };

    private static readonly Gen<LinkChange> Changes =
        from up in Any.Bool
        from queue in Any.UInt32
        from mtu in Any.UInt32.Where(static m => m != 0)
        from address in Any.Bytes(6, 6)
        from numbers in Gen.ArrayOf(Any.UInt32, 3)
        from indices in Gen.ArrayOf(Any.Index, 3)
        select new LinkChange
        {
            Up = up,
            TxQueueLength = queue,
            Mtu = mtu,
            Address = new LinkLayerAddress(address),
            Group = numbers[0],
            TxQueues = numbers[1],
            RxQueues = numbers[2],
            ParentIndex = indices[0],
            ParentNamespaceId = indices[1],
            MasterIndex = indices[2],
        };

    /// <summary>What the kernel tells and refuses to hear, and so is not written.</summary>
    private static readonly Dictionary<Type, string[]> Untold = new()
    {
        [typeof(BridgeLink)] = [nameof(BridgeLink.LearnedCount)],
        [typeof(BridgePort)] = [nameof(BridgePort.MulticastGroupCount)],
        [typeof(BondLink)] = [nameof(BondLink.Aggregation)],
        [typeof(BondPort)] =
        [
            nameof(BondPort.State), nameof(BondPort.LinkStatus), nameof(BondPort.LinkFailures), nameof(BondPort.PermanentAddress),
            nameof(BondPort.Aggregator), nameof(BondPort.ActorState), nameof(BondPort.PartnerState),
        ],
    };

    /// <summary>Of what is all ones the kernel means that there is no limit.</summary>
    private static Gen<uint> Limited => Any.UInt32.Where(static v => v != uint.MaxValue);

    /// <summary>The kinds of links that the library has, but veth, whose peer the kernel does not tell.</summary>
    public static TheoryData<Type> Kinds => [.. typeof(Link).Assembly.GetExportedTypes().Where(static t => t.IsValueType && t != typeof(VethLink)
        && t.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ILinkKind<>)))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Kind_Of_Link(Type kind) =>
        typeof(RoutePropertyTests).GetMethod(nameof(ForKind), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(kind).Invoke(null, null);

    [Fact]
    public void Veth() => Any.Holds(Any.Name, static name => Assert.Equal(name, VethLink.Read(DataOf(new VethLink(name))).PeerName));

    [Fact]
    public void Link_With_Its_Changes() => Any.Holds(Changes.Zip(Any.Name), static made =>
    {
        var (change, name) = made;
        var buffer = new byte[4096];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        LinkMessages.Add(message, name, new VlanLink { Id = 5 }, change);
        var link = Link.Read(Only(message));
        Assert.Equal((name, "vlan"), (link.Name, link.Kind));
        Assert.Equal(change, link.ToChange());
        Assert.True(link.TryReadKind<VlanLink>(out var vlan) && vlan.Id == 5);
    });

    [Fact]
    public void Address() => Any.Holds(Addresses, static address => Assert.Equal(address, LinkAddress.Read(Only(Written(RTM.RTM_NEWADDR, address.Write)))));

    [Fact]
    public void Route() => Any.Holds(Routes, static route => Assert.Equal(route, RouteEntry.Read(Only(Written(RTM.RTM_NEWROUTE, route.Write)))));

    [Fact]
    public void Neighbour_Of_A_Link() => Any.Holds(Neighbours, static neighbour => Assert.Equal(neighbour, Neighbour.Read(Only(Written(RTM.RTM_NEWNEIGH, neighbour.Write)))));

    [Fact]
    public void Rule() => Any.Holds(Rules, static rule => Assert.Equal(rule, RoutingRule.Read(Only(Written(RTM.RTM_NEWRULE, rule.Write)))));

    private static void ForKind<T>()
        where T : struct, ILinkKind<T> =>
        Any.Holds(Any.Of<T>(static (name, _) => Untold.TryGetValue(typeof(T), out var names) && names.Contains(name) ? Any.Boxed(Gen.Constant(Default<T>(name))) : null), static kind => Assert.Equal(kind, T.Read(DataOf(kind))));

    private static object? Default<T>(string property) => typeof(T).GetProperty(property)!.GetValue(default(T));

    private static byte[] DataOf<T>(in T options)
        where T : struct, ILinkKind<T>
    {
        var message = MessageWriter.Begin(new byte[20 + options.Room], 0, NLM_F.NONE);
        options.WriteData(message.PutHeader<uint, IFLA_INFO>(0));
        var written = new AttributeReader<IFLA_INFO>(message.Message[20..]);
        return written.TryFind(options.IsSlave ? IFLA_INFO.IFLA_INFO_SLAVE_DATA : IFLA_INFO.IFLA_INFO_DATA, out var data) ? data.Payload.ToArray() : [];
    }

    private delegate void Writing(MessageWriter message);

    private static MessageWriter Written(RTM type, Writing write)
    {
        var message = MessageWriter.Begin(new byte[4096], (ushort)type, NLM_F.NONE);
        write(message);
        return message;
    }

    private static NetlinkMessage Only(MessageWriter message)
    {
        var reader = new MessageReader(message.Message);
        Assert.True(reader.MoveNext());
        return reader.Current;
    }

    private static Gen<IPAddress> AddressOf(InetFamily family) => (family == InetFamily.IPv4 ? Any.Address4 : Any.Address6).Select(static a => a.ToIPAddress());

    private static IPAddress? Told(InetAddress address) => address.Length == 0 ? null : address.ToIPAddress();
}
