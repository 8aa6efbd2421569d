using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables.Tests;

public class FwdExpressionTests : ExpressionTests<FwdExpression>
{
    protected override NftFamily Family => NftFamily.Netdev;

    protected override FwdExpression Create(Random random) => random.Next(2) == 0
        ? FwdExpression.ToDevice(Register(random))
        : FwdExpression.ToNeighbour(Register(random), Register(random), (NFPROTO)random.Next(1, 20));

    protected override IReadOnlyList<Listed> Rules(int device) =>
    [
        new("fwd to \"eth0\"", ImmediateExpression.Load(NftRegister.R1, NftData.UInt32((uint)device)), FwdExpression.ToDevice(NftRegister.R1)),
        Neighbour("fwd ip to 192.0.2.9 device \"eth0\"", device, "192.0.2.9", NFPROTO.NFPROTO_IPV4),
        Neighbour("fwd ip6 to 2001:db8::9 device \"eth0\"", device, "2001:db8::9", NFPROTO.NFPROTO_IPV6),
    ];

    private static Listed Neighbour(string listing, int device, string address, NFPROTO family) => new(
        listing,
        ImmediateExpression.Load(NftRegister.R1, NftData.UInt32((uint)device)),
        ImmediateExpression.Load(NftRegister.R2, NftData.Address(InetAddress.Parse(address))),
        FwdExpression.ToNeighbour(NftRegister.R1, NftRegister.R2, family));
}
