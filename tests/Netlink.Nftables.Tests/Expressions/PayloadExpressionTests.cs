using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class PayloadExpressionTests : ExpressionTests<PayloadExpression>
{
    protected override PayloadExpression Create(Random random)
    {
        var load = PayloadExpression.Load((NFT_PAYLOAD)random.Next(6), (uint)random.Next(), (uint)random.Next(65), Register(random));
        return random.Next(2) == 0 ? load : load with
        {
            Destination = null,
            Source = Register(random),
            ChecksumType = (NFT_PAYLOAD_CSUM)random.Next(4),
            ChecksumOffset = (uint)random.Next(),
            ChecksumFlags = (NFT_PAYLOAD_L4CSUM)random.Next(2),
        };
    }

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("ip saddr 192.0.2.1", Network(NFPROTO.NFPROTO_IPV4, 12, "192.0.2.1")),
        new("ip daddr 192.0.2.1", Network(NFPROTO.NFPROTO_IPV4, 16, "192.0.2.1")),
        new("ip6 saddr 2001:db8::1", Network(NFPROTO.NFPROTO_IPV6, 8, "2001:db8::1")),
        new("ip6 daddr 2001:db8::1", Network(NFPROTO.NFPROTO_IPV6, 24, "2001:db8::1")),
        new("udp sport 443", Port(IpProtocol.Udp, 0)),
        new("tcp dport 443", Port(IpProtocol.Tcp, 2)),
        new(
            "udp dport set 53",
            MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)IpProtocol.Udp)),
            ImmediateExpression.Load(NftRegister.R1, NftData.UInt16BigEndian(53)),
            new PayloadExpression
            {
                Source = NftRegister.R1,
                Base = NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER,
                Offset = 2,
                Length = 2,
                ChecksumType = NFT_PAYLOAD_CSUM.NFT_PAYLOAD_CSUM_INET,
                ChecksumOffset = 6,
                ChecksumFlags = NFT_PAYLOAD_L4CSUM.NONE,
            }),
    ];

    private static NftExpression[] Network(NFPROTO family, uint offset, string text)
    {
        var address = InetAddress.Parse(text);
        return
        [
            MetaExpression.Load(NFT_META.NFT_META_NFPROTO, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)family)),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, offset, (uint)address.Length, NftRegister.R1),
            CmpExpression.Equal(NftRegister.R1, NftData.Address(address)),
        ];
    }

    private static NftExpression[] Port(IpProtocol protocol, uint offset) =>
    [
        MetaExpression.Load(NFT_META.NFT_META_L4PROTO, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.Byte((byte)protocol)),
        PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, offset, 2, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(443)),
    ];
}
