using System.Globalization;
using VffNetlink;
using VffNetlink.Nftables;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Tc;
using VffNetlink.Uapi;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// The data plane of every kernel from 6.1 on: a chain at the WAN's ingress hook looks a packet's tuple up in a map and redirects it
/// to the IFB with its class for priority. A packet that is in no map passes untouched, on its normal path.
/// </summary>
/// <remarks>Fragments but the first have no ports, so that they pass, too.</remarks>
internal sealed class MapsPlane : IUploadPlane
{
    private const string ChainName = "upload";

    private const uint SmallestMap = 16_384;
    private const uint LargestMap = 1 << 20;
    private const uint UsualMap = 262_144;
    private const string MaximumFile = "/proc/sys/net/netfilter/nf_conntrack_max";

    private readonly KernelClients _kernel;
    private readonly FlowTable _flows;
    private readonly uint _mapSize;
    private bool _hadMaps;

    /// <summary>A data plane in the clients' namespace.</summary>
    /// <param name="kernel">The clients.</param>
    /// <param name="mapSize">Elements of each map; null: as many as there can be connections, within reason.</param>
    public MapsPlane(KernelClients kernel, uint? mapSize = null)
    {
        _kernel = kernel;
        _flows = new FlowTable(kernel);
        _mapSize = mapSize ?? ReadMapSize();
    }

    /// <inheritdoc/>
    public DataPlaneKind Kind => DataPlaneKind.Maps;

    /// <inheritdoc/>
    public IFlowTable Flows => _flows;

    /// <inheritdoc/>
    public void ConvergeLookups(ShapingTarget target, IReadOnlyCollection<UserShape> users, ChangeLog changes)
    {
        var sync = new NftTableSync(_kernel, LayoutFor(target));
        var isWhole = FlowTable.Definitions(_mapSize).All(sync.IsRight);
        var carried = new Carried([]);
        if (!changes.IsPlan && !isWhole)
            _flows.Dump(ref carried);
        sync.ConvergeSets(changes);
        if (changes.IsPlan)
            return;
        // A map that is made anew, larger than before, has the flows that the old one had before anything is redirected again.
        foreach (var (tuple, index, id) in carried.Flows)
            _flows.Put(tuple, index, id);
        if (carried.Flows.Count > 0)
            _flows.Commit();
        else if (!isWhole && _hadMaps)
            _flows.Lose();
        _hadMaps = true;
    }

    /// <inheritdoc/>
    public void ConvergeRedirect(ShapingTarget target, ChangeLog changes) => new NftTableSync(_kernel, LayoutFor(target)).ConvergeChains(changes);

    /// <inheritdoc/>
    public bool HasRedirect() => _kernel.Nft.GetRules(NftFamily.Netdev, Ours.Table, ChainName).Count > 0;

    /// <inheritdoc/>
    public void WithdrawRedirect(ChangeLog changes)
    {
        if (!HasRedirect() || !changes.Carry($"nft flush chain netdev {Ours.Table} {ChainName}"))
            return;
        var transaction = new NftTransaction();
        transaction.FlushChain(NftFamily.Netdev, Ours.Table, ChainName);
        // A chain that went with its device has gone between the question and now.
        if (!_kernel.Nft.TryCommit(transaction, out var error) && error.Number != Errno.ENOENT)
            throw new NetlinkException(error, transaction.Describe(0));
    }

    /// <inheritdoc/>
    public void PutUsers(ShapingTarget target, ReadOnlySpan<UserShape> users)
    {
        // Users come flow by flow.
    }

    /// <inheritdoc/>
    public void RemoveUsers(ShapingTarget target, ReadOnlySpan<uint> marks)
    {
        // Their flows went before.
    }

    /// <inheritdoc/>
    public void Remove(int? keep, ChangeLog changes)
    {
        // The chain is on one device; where that is to stay, converging moves the chain.
        if (keep is not null || _kernel.Nft.FindTable(NftFamily.Netdev, Ours.Table) is null || !changes.Carry($"nft delete table netdev {Ours.Table}"))
            return;
        var transaction = new NftTransaction();
        transaction.RemoveTable(NftFamily.Netdev, Ours.Table);
        _kernel.Nft.Commit(transaction);
    }

    /// <summary>The table as it should be.</summary>
    internal NftLayout LayoutFor(ShapingTarget target)
    {
        var chain = new NftChain
        {
            Family = NftFamily.Netdev,
            Table = Ours.Table,
            Name = ChainName,
            // Behind everybody else's, for they would see nothing of what was redirected.
            Hook = NftHook.Netdev(NF_NETDEV.NF_NETDEV_INGRESS, (int)NF_IP_PRI.NF_IP_PRI_LAST, target.Wan.Name),
        };
        var rules = new List<NftRule>
        {
            Rule([.. Match(ETH_P_IP), .. LoadTuple(12, 4), LookupExpression.Map("flows4", NftRegister.R1, NftRegister.R1), .. Redirect(target)]),
            Rule([.. Match(ETH_P_IPV6), .. LoadTuple(8, 16), LookupExpression.Map("flows6", NftRegister.R1, NftRegister.R1), .. Redirect(target)]),
        };
        var ifb = target.Policy.Ifb;
        var texts = new List<string>
        {
            $"meta protocol ip meta priority set ip saddr . ip daddr . meta l4proto . th sport . th dport map @flows4 fwd to \"{ifb}\"",
            $"meta protocol ip6 meta priority set ip6 saddr . ip6 daddr . meta l4proto . th sport . th dport map @flows6 fwd to \"{ifb}\"",
        };
        if (target.Policy.DefaultUpload is not null)
        {
            var unknown = Ours.Class(Ours.IfbRoot, Ours.DefaultClass);
            foreach (var (protocol, name) in (ReadOnlySpan<(ushort, string)>)[(ETH_P_IP, "ip"), (ETH_P_IPV6, "ip6")])
            {
                rules.Add(Rule([.. Match(protocol), ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(unknown.Value)), .. Redirect(target)]));
                texts.Add($"meta protocol {name} meta priority set {unknown} fwd to \"{ifb}\"");
            }
        }

        return new NftLayout(NftFamily.Netdev, FlowTable.Definitions(_mapSize), [new NftChainLayout(chain, rules, texts)]);
    }

    private const ushort ETH_P_IP = 0x0800;
    private const ushort ETH_P_IPV6 = 0x86dd;

    private static NftRule Rule(IReadOnlyList<NftExpression> expressions) => new()
    {
        Family = NftFamily.Netdev,
        Table = Ours.Table,
        Chain = ChainName,
        Expressions = expressions,
    };

    private static NftExpression[] Match(ushort protocol) =>
    [
        MetaExpression.Load(NFT_META.NFT_META_PROTOCOL, NftRegister.R1),
        CmpExpression.Equal(NftRegister.R1, NftData.UInt16BigEndian(protocol)),
    ];

    /// <summary>Source, destination, transport and both ports, side by side from the first register on.</summary>
    private static NftExpression[] LoadTuple(uint addressOffset, int addressLength)
    {
        var length = (uint)addressLength;
        var destination = NftRegister.R1.After(addressLength);
        var protocol = destination.After(addressLength);
        var sourcePort = protocol.After(sizeof(byte));
        return
        [
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, addressOffset, length, NftRegister.R1),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_NETWORK_HEADER, addressOffset + length, length, destination),
            MetaExpression.Load(NFT_META.NFT_META_L4PROTO, protocol),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, 0, sizeof(ushort), sourcePort),
            PayloadExpression.Load(NFT_PAYLOAD.NFT_PAYLOAD_TRANSPORT_HEADER, sizeof(ushort), sizeof(ushort), sourcePort.After(sizeof(ushort))),
        ];
    }

    /// <summary>Takes the class that is in the first register, and the packet to the IFB.</summary>
    private static NftExpression[] Redirect(ShapingTarget target) =>
    [
        MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
        ImmediateExpression.Load(NftRegister.R1, NftData.UInt32((uint)target.IfbIndex)),
        FwdExpression.ToDevice(NftRegister.R1),
    ];

    /// <summary>Nobody can have more flows than the kernel tracks connections.</summary>
    private static uint ReadMapSize()
    {
        // Not there before anything uses connection tracking.
        if (!File.Exists(MaximumFile) || !uint.TryParse(File.ReadAllText(MaximumFile).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var maximum))
            return UsualMap;
        return Math.Clamp(maximum, SmallestMap, LargestMap);
    }

    private readonly struct Carried(List<(VffNetlink.Conntrack.ConntrackTuple Tuple, ushort Index, uint ConntrackId)> flows) : IFlowTableSink
    {
        public List<(VffNetlink.Conntrack.ConntrackTuple Tuple, ushort Index, uint ConntrackId)> Flows { get; } = flows;

        public void Flow(in VffNetlink.Conntrack.ConntrackTuple tuple, ushort index, uint conntrackId) => Flows.Add((tuple, index, conntrackId));
    }
}
