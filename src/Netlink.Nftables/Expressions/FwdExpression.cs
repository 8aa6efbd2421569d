using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>
/// <c>fwd</c>: hands a packet to another device and ends its way here, at the ingress hook of the family netdev. With an
/// address the packet leaves by that neighbour, its hop limit lowered.
/// </summary>
/// <remarks>
/// The device is meant by index: one that is down, deleted or made anew drops every packet that is handed to it, since the rule
/// keeps the dead index.
/// </remarks>
public readonly record struct FwdExpression : INftExpression<FwdExpression>
{
    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Name => "fwd"u8;

    /// <inheritdoc/>
    public static AttributeSpace Space { get; } = AttributeSpace.Of<NFTA_FWD>()
        .With(NftSpaces.Register, NFTA_FWD.NFTA_FWD_SREG_DEV, NFTA_FWD.NFTA_FWD_SREG_ADDR)
        .With(ValueFormat.Names<NFPROTO>(bigEndian: true), NFTA_FWD.NFTA_FWD_NFPROTO);

    /// <summary>Where the device's index is (32 bits in the machine's order).</summary>
    public NftRegister Device { get; init; }

    /// <summary>Where the neighbour's address is; null: the packet goes as it is.</summary>
    public NftRegister? Address { get; init; }

    /// <summary>The neighbour's family, with an address.</summary>
    public NFPROTO Family { get; init; }

    /// <summary>Hands the packet over as it is.</summary>
    public static FwdExpression ToDevice(NftRegister device) => new() { Device = device };

    /// <summary>Sends the packet to a neighbour.</summary>
    public static FwdExpression ToNeighbour(NftRegister device, NftRegister address, NFPROTO family) => new() { Device = device, Address = address, Family = family };

    /// <summary>Into a rule.</summary>
    public static implicit operator NftExpression(FwdExpression expression) => NftExpression.Of(expression);

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<NFTA_EXPR> expression)
    {
        using var data = expression.NestFlagged<NFTA_FWD>(NFTA_EXPR.NFTA_EXPR_DATA);
        Device.Put(data, NFTA_FWD.NFTA_FWD_SREG_DEV);
        if (Address is not { } address)
            return;
        address.Put(data, NFTA_FWD.NFTA_FWD_SREG_ADDR);
        data.PutBigEndian(NFTA_FWD.NFTA_FWD_NFPROTO, (uint)Family);
    }

    /// <inheritdoc/>
    public static FwdExpression Read(ReadOnlySpan<byte> data)
    {
        var fwd = default(FwdExpression);
        foreach (var a in new AttributeReader<NFTA_FWD>(data))
        {
            fwd = a.Id switch
            {
                NFTA_FWD.NFTA_FWD_SREG_DEV => fwd with { Device = NftRegister.Read(a) },
                NFTA_FWD.NFTA_FWD_SREG_ADDR => fwd with { Address = NftRegister.Read(a) },
                NFTA_FWD.NFTA_FWD_NFPROTO => fwd with { Family = (NFPROTO)a.ReadUInt32BigEndian() },
                _ => fwd,
            };
        }

        return fwd;
    }

    [ModuleInitializer]
    internal static void Enter() => NftExpressionSpaces.Enter<FwdExpression>();
}
