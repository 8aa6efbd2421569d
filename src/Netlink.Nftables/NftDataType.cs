using System.Globalization;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// What the keys or the data of a set are, by <c>nft</c>'s own numbers: the kernel keeps the number and reads nothing into it, <c>nft
/// list</c> prints by it. A concatenation is a number, too, 6 bits for each of at most five parts.
/// </summary>
/// <param name="Number">As in <c>NFTA_SET_KEY_TYPE</c> and <c>NFTA_SET_DATA_TYPE</c>.</param>
/// <remarks>In a key every part takes whole words of 4 bytes, zeros behind it.</remarks>
public readonly record struct NftDataType(uint Number)
{
    private const int BitsPerPart = 6;
    private const uint PartMask = (1 << BitsPerPart) - 1;
    private const int MaximumParts = 5;

    /// <summary>nft's types: number, name, bytes, byte order. Types without a fixed length have no place in a set of their own.</summary>
    private static readonly (string Name, int Length, ByteOrder Order)[] Known = CreateKnown();

    /// <summary>How the bytes of a value are ordered in a register.</summary>
    private enum ByteOrder
    {
        /// <summary>Of no matter, or it depends.</summary>
        None,

        /// <summary>The machine's.</summary>
        Host,

        /// <summary>The network's.</summary>
        Network,
    }

    /// <summary>A verdict: a map of these decides about packets.</summary>
    public static NftDataType Verdict => new((uint)NFT_DATA.NFT_DATA_VERDICT);

    /// <summary>4 bytes in network order.</summary>
    public static NftDataType Ipv4Addr => new(7);

    /// <summary>16 bytes in network order.</summary>
    public static NftDataType Ipv6Addr => new(8);

    /// <summary>6 bytes.</summary>
    public static NftDataType EtherAddr => new(9);

    /// <summary>2 bytes in network order.</summary>
    public static NftDataType EtherType => new(10);

    /// <summary>1 byte: TCP, UDP, …</summary>
    public static NftDataType InetProto => new(12);

    /// <summary>2 bytes in network order: a port.</summary>
    public static NftDataType InetService => new(13);

    /// <summary>4 bytes in the machine's order.</summary>
    public static NftDataType Mark => new(19);

    /// <summary>4 bytes in the machine's order: the index of a device.</summary>
    public static NftDataType IfaceIndex => new(20);

    /// <summary>4 bytes in the machine's order: a class of traffic control, such as <c>1:fffe</c>.</summary>
    public static NftDataType ClassId => new(23);

    /// <summary>4 bytes in the machine's order.</summary>
    public static NftDataType Uid => new(24);

    /// <summary>16 bytes: the name of a device.</summary>
    public static NftDataType IfName => new(41);

    /// <summary>Bytes in a register, each part padded to whole words; 0 where the length is not known.</summary>
    public int Length
    {
        get
        {
            if (!IsConcatenation)
                return Find(Number).Length;
            var length = 0;
            for (var rest = this; rest.Number != 0; rest = rest.WithoutFirst())
            {
                var part = Find(rest.First().Number).Length;
                if (part == 0)
                    return 0;
                length += (part + 3) & ~3;
            }

            return length;
        }
    }

    /// <summary>Whether it has several parts.</summary>
    public bool IsConcatenation => Number is > PartMask and < (uint)NFT_DATA.NFT_DATA_VERDICT;

    /// <summary>A key of several parts, the first one in the lowest register.</summary>
    /// <param name="parts">Two to five.</param>
    /// <exception cref="ArgumentException">They are fewer, more, or concatenations or verdicts themselves.</exception>
    public static NftDataType Concat(params ReadOnlySpan<NftDataType> parts)
    {
        if (parts.Length is < 2 or > MaximumParts)
            throw new ArgumentException($"A concatenation has 2 to {MaximumParts} parts, not {parts.Length}.", nameof(parts));
        var number = 0u;
        foreach (var part in parts)
        {
            if (part.Number is 0 or > PartMask)
                throw new ArgumentException($"{part} cannot be a part of a concatenation.", nameof(parts));
            number = (number << BitsPerPart) | part.Number;
        }

        return new NftDataType(number);
    }

    /// <summary>As <c>nft list</c> prints it: <c>ipv4_addr . inet_service</c>; the number where it has no name.</summary>
    public override string ToString()
    {
        if (Number == (uint)NFT_DATA.NFT_DATA_VERDICT)
            return "verdict";
        if (!IsConcatenation)
            return Find(Number).Name ?? Number.ToString(CultureInfo.InvariantCulture);
        var names = new List<string>();
        for (var rest = this; rest.Number != 0; rest = rest.WithoutFirst())
            names.Add(rest.First().ToString());
        return string.Join(" . ", names);
    }

    /// <summary>
    /// What nft keeps of it with a set, so as to know how to read the bytes: 1 for the machine's order, 2 for the network's, 0 where it is neither.
    /// </summary>
    internal uint ByteOrderNumber => IsConcatenation ? 0 : (uint)Find(Number).Order;

    /// <summary>The first part, itself where it is the only one.</summary>
    internal NftDataType First() => new(Number >> (BitsPerPart * (Parts() - 1)));

    /// <summary>The other parts; number 0 where there are none.</summary>
    internal NftDataType WithoutFirst() => new(Number & ((1u << (BitsPerPart * (Parts() - 1))) - 1));

    private int Parts()
    {
        var parts = 1;
        for (var rest = Number >> BitsPerPart; rest != 0; rest >>= BitsPerPart)
            parts++;
        return parts;
    }

    private static (string? Name, int Length, ByteOrder Order) Find(uint number) => number < Known.Length ? Known[number] : default;

    private static (string Name, int Length, ByteOrder Order)[] CreateKnown()
    {
        var known = new (string, int, ByteOrder)[PartMask + 1];
        known[2] = ("nf_proto", 1, ByteOrder.None);
        known[7] = ("ipv4_addr", 4, ByteOrder.Network);
        known[8] = ("ipv6_addr", 16, ByteOrder.Network);
        known[9] = ("ether_addr", 6, ByteOrder.Network);
        known[10] = ("ether_type", 2, ByteOrder.Network);
        known[11] = ("arp_op", 2, ByteOrder.Network);
        known[12] = ("inet_proto", 1, ByteOrder.None);
        known[13] = ("inet_service", 2, ByteOrder.Network);
        known[14] = ("icmp_type", 1, ByteOrder.Network);
        known[15] = ("tcp_flag", 1, ByteOrder.Network);
        known[16] = ("dccp_pkttype", 1, ByteOrder.None);
        known[17] = ("mh_type", 1, ByteOrder.Network);
        known[18] = ("time", 4, ByteOrder.Host);
        known[19] = ("mark", 4, ByteOrder.Host);
        known[20] = ("iface_index", 4, ByteOrder.Host);
        known[21] = ("iface_type", 2, ByteOrder.Host);
        known[22] = ("realm", 4, ByteOrder.Host);
        known[23] = ("classid", 4, ByteOrder.Host);
        known[24] = ("uid", 4, ByteOrder.Host);
        known[25] = ("gid", 4, ByteOrder.Host);
        known[26] = ("ct_state", 4, ByteOrder.Host);
        known[27] = ("ct_dir", 1, ByteOrder.None);
        known[28] = ("ct_status", 4, ByteOrder.Host);
        known[29] = ("icmpv6_type", 1, ByteOrder.Network);
        known[31] = ("pkt_type", 1, ByteOrder.Host);
        known[32] = ("icmp_code", 1, ByteOrder.Network);
        known[33] = ("icmpv6_code", 1, ByteOrder.Network);
        known[34] = ("icmpx_code", 1, ByteOrder.Network);
        known[35] = ("devgroup", 4, ByteOrder.Host);
        known[36] = ("dscp", 1, ByteOrder.Network);
        known[37] = ("ecn", 1, ByteOrder.Network);
        known[38] = ("fib_addrtype", 4, ByteOrder.Host);
        known[39] = ("boolean", 1, ByteOrder.None);
        known[41] = ("ifname", 16, ByteOrder.Host);
        known[42] = ("igmp_type", 1, ByteOrder.Network);
        known[46] = ("cgroupsv2", 8, ByteOrder.Host);
        return known;
    }
}
