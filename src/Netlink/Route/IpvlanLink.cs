using System.Runtime.CompilerServices;
using VffNetlink.Diagnostics;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A link with network addresses of its own on another link (<see cref="LinkChange.ParentIndex"/>), whose link-layer address it shares.</summary>
public readonly record struct IpvlanLink : ILinkKind<IpvlanLink>
{
    private static readonly AttributeSpace Names = AttributeSpace.Of<IFLA_IPVLAN>()
        .With(ValueFormat.Names<IPVLAN_MODE>(), IFLA_IPVLAN.IFLA_IPVLAN_MODE)
        .With(ValueFormat.Names<IPVLAN_F>(), IFLA_IPVLAN.IFLA_IPVLAN_FLAGS);

    /// <inheritdoc/>
    public static ReadOnlySpan<byte> Kind => "ipvlan"u8;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> KindName => Kind;

    /// <inheritdoc/>
    public AttributeSpace? DataNames => Names;

    /// <inheritdoc/>
    public bool IsSlave => false;

    /// <inheritdoc/>
    public int Room => 64 + Other.Span.Length;

    /// <summary>Where packets are routed.</summary>
    public IPVLAN_MODE? Mode { get; init; }

    /// <summary>Who talks to whom.</summary>
    public IPVLAN_F? Flags { get; init; }

    /// <summary>What this library has no name for, as it came; it is written back.</summary>
    public RawAttributes Other { get; init; }

    /// <inheritdoc/>
    public static IpvlanLink Read(ReadOnlySpan<byte> data)
    {
        var attributes = new DataReader<IFLA_IPVLAN>(data);
        return new IpvlanLink
        {
            Mode = (IPVLAN_MODE?)attributes.UInt16(IFLA_IPVLAN.IFLA_IPVLAN_MODE),
            Flags = (IPVLAN_F?)attributes.UInt16(IFLA_IPVLAN.IFLA_IPVLAN_FLAGS),
            Other = attributes.Others(),
        };
    }

    /// <inheritdoc/>
    public void WriteData(AttributeWriter<IFLA_INFO> info)
    {
        using var data = info.Nest<IFLA_IPVLAN>(IFLA_INFO.IFLA_INFO_DATA);
        data.PutIf(IFLA_IPVLAN.IFLA_IPVLAN_MODE, (ushort?)Mode);
        data.PutIf(IFLA_IPVLAN.IFLA_IPVLAN_FLAGS, (ushort?)Flags);
        Other.Write(data);
    }

    [ModuleInitializer]
    internal static void Enter() => KnownLinkKinds.Add(Kind, static () => Names);
}
