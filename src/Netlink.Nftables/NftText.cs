using System.Globalization;
using System.Runtime.InteropServices;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Nftables;

/// <summary>Says in words what a message asks of what.</summary>
internal static class NftText
{
    /// <summary>A family as <c>nft</c> names it.</summary>
    public static string NameOf(NftFamily family) => family switch
    {
        NftFamily.Unspecified => "all families",
        NftFamily.Inet => "inet",
        NftFamily.Ip => "ip",
        NftFamily.Arp => "arp",
        NftFamily.Netdev => "netdev",
        NftFamily.Bridge => "bridge",
        NftFamily.Ip6 => "ip6",
        _ => $"family {(byte)family}",
    };

    /// <summary>Such as <c>NFT_MSG_NEWSETELEM flows4 in netdev vffqos</c>.</summary>
    /// <param name="message">Well-formed, header included: one that was written here.</param>
    public static string Describe(ReadOnlySpan<byte> message)
    {
        var header = MemoryMarshal.Read<nlmsghdr>(message);
        var type = (NFT_MSG)(header.nlmsg_type & 0xff);
        var family = NameOf((NftFamily)message[Marshal.SizeOf<nlmsghdr>()]);
        var attributes = new AttributeReader<NFTA_RULE>(message[(Marshal.SizeOf<nlmsghdr>() + Marshal.SizeOf<nfgenmsg>())..]);
        // In every one of these spaces 1 is the table's name, and 2 the object's; only chains have theirs at 3, where rules have a handle.
        var isTable = type is NFT_MSG.NFT_MSG_NEWTABLE or NFT_MSG.NFT_MSG_GETTABLE or NFT_MSG.NFT_MSG_DELTABLE or NFT_MSG.NFT_MSG_DESTROYTABLE;
        var isChain = type is NFT_MSG.NFT_MSG_NEWCHAIN or NFT_MSG.NFT_MSG_GETCHAIN or NFT_MSG.NFT_MSG_DELCHAIN or NFT_MSG.NFT_MSG_DESTROYCHAIN;
        var isRule = type is NFT_MSG.NFT_MSG_NEWRULE or NFT_MSG.NFT_MSG_GETRULE or NFT_MSG.NFT_MSG_DELRULE or NFT_MSG.NFT_MSG_DESTROYRULE;
        var table = attributes.TryFind(NFTA_RULE.NFTA_RULE_TABLE, out var t) ? $"{family} {t.ReadString()}" : family;
        var name = !isTable && attributes.TryFind(isChain ? NFTA_RULE.NFTA_RULE_HANDLE : NFTA_RULE.NFTA_RULE_CHAIN, out var n) ? n.ReadString() : null;
        var handle = isRule && attributes.TryFind(NFTA_RULE.NFTA_RULE_HANDLE, out var h) ? h.ReadUInt64BigEndian() : (ulong?)null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{type} {(handle is { } number ? $"handle {number} of " : "")}{(name is null ? "" : $"{name} in ")}{table}");
    }
}
