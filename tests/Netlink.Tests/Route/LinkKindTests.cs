using VffNetlink.Route;
using VffNetlink.Uapi;

namespace VffNetlink.Tests.Route;

/// <summary>Kinds of links that hold attributes of any length.</summary>
public class LinkKindTests
{
    /// <summary>The room for source addresses was not counted: a link of some twenty of them could not be made again.</summary>
    [Fact]
    public void Many_Source_Addresses_Have_Room()
    {
        var addresses = Attributes(IFLA_MACVLAN.IFLA_MACVLAN_MACADDR, 500, [2, 0, 0, 0, 0, 1]);
        var link = new MacvlanLink { Mode = MACVLAN_MODE.MACVLAN_MODE_SOURCE, Addresses = addresses };
        Assert.Equal(link, MacvlanLink.Read(DataOf(link)));
    }

    /// <summary>The room for queriers was not counted.</summary>
    [Fact]
    public void Queriers_Have_Room()
    {
        var link = new BridgeLink { MulticastQuerierState = Attributes((IFLA_BR)1, 200, [192, 0, 2, 1]) };
        Assert.Equal(link, BridgeLink.Read(DataOf(link)));
    }

    private static RawAttributes Attributes<TAttr>(TAttr id, int count, ReadOnlySpan<byte> value)
        where TAttr : unmanaged, Enum
    {
        var message = MessageWriter.Begin(new byte[20 + (count * (value.Length + 8))], 0, NLM_F.NONE);
        var attributes = message.PutHeader<uint, TAttr>(0);
        for (var i = 0; i < count; i++)
            attributes.Put(id, value);
        return new RawAttributes(message.Message[20..]);
    }

    /// <summary>What is written with no more room than the kind asks for.</summary>
    private static byte[] DataOf<T>(in T options)
        where T : struct, ILinkKind<T>
    {
        var message = MessageWriter.Begin(new byte[20 + options.Room], 0, NLM_F.NONE);
        options.WriteData(message.PutHeader<uint, IFLA_INFO>(0));
        Assert.True(new AttributeReader<IFLA_INFO>(message.Message[20..]).TryFind(IFLA_INFO.IFLA_INFO_DATA, out var data));
        return data.Payload.ToArray();
    }
}
