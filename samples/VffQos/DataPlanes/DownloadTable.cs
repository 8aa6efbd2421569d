using VffNetlink;
using VffNetlink.Nftables;
using VffNetlink.Nftables.Uapi;
using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// What leaves by the WAN finds its class by its connection's mark: first the default class, then that of a user whose mark
/// the connection bears. HTB takes the class from the packet's priority, so that no tc filter is needed, and none of an application's own
/// priorities survives. Both data planes share it.
/// </summary>
/// <param name="kernel">Where it is.</param>
internal sealed class DownloadTable(KernelClients kernel)
{
    private const string ChainName = "download";

    /// <summary>Behind everything else that may set a priority, and before connection tracking confirms a new connection.</summary>
    private const int Priority = (int)NF_IP_PRI.NF_IP_PRI_LAST - 1;

    private readonly ClassMap _classes = new(kernel);

    /// <summary>Brings the table to the WAN, the mask and the users.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Converge(string wan, uint mask, IReadOnlyCollection<UserShape> users, ChangeLog changes)
    {
        var sync = new NftTableSync(kernel, LayoutFor(wan, mask));
        var isThere = sync.IsRight(ClassMap.Definition);
        sync.ConvergeSets(changes);
        _classes.Converge(users, isThere, changes);
        sync.ConvergeChains(changes);
    }

    /// <summary>Whether table, map and rules are there, however they look.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public bool IsThere() =>
        kernel.Nft.FindSet(ClassMap.Definition.FullName) is not null && kernel.Nft.GetRules(NftFamily.Inet, Ours.Table, ChainName).Count > 0;

    /// <summary>The marks that have a look-up; none where the table is not there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyCollection<uint> Marks() => kernel.Nft.FindSet(ClassMap.Definition.FullName) is null ? [] : _classes.Marks();

    /// <summary>Adds users' look-ups.</summary>
    /// <returns>Whether that worked; if not, only <see cref="Converge"/> helps.</returns>
    public bool TryAdd(ReadOnlySpan<UserShape> users) => _classes.TryAdd(users);

    /// <summary>Removes look-ups by mark.</summary>
    /// <returns>As <see cref="TryAdd"/>.</returns>
    public bool TryRemove(ReadOnlySpan<uint> marks) => _classes.TryRemove(marks);

    /// <summary>Removes the table.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Remove(ChangeLog changes)
    {
        if (kernel.Nft.FindTable(NftFamily.Inet, Ours.Table) is null || !changes.Carry($"nft delete table inet {Ours.Table}"))
            return;
        var transaction = new NftTransaction();
        transaction.RemoveTable(NftFamily.Inet, Ours.Table);
        kernel.Nft.Commit(transaction);
    }

    /// <summary>The table as it should be.</summary>
    internal static NftLayout LayoutFor(string wan, uint mask)
    {
        var chain = new NftChain
        {
            Family = NftFamily.Inet,
            Table = Ours.Table,
            Name = ChainName,
            Hook = NftHook.Inet(NF_INET.NF_INET_POST_ROUTING, Priority),
        };
        var unknown = Ours.Class(Ours.WanRoot, Ours.DefaultClass);
        var rules = new NftRule[]
        {
            new()
            {
                Family = NftFamily.Inet,
                Table = Ours.Table,
                Chain = ChainName,
                Expressions =
                [
                    MetaExpression.Load(NFT_META.NFT_META_OIFNAME, NftRegister.R1),
                    CmpExpression.Equal(NftRegister.R1, NftData.DeviceName(wan)),
                    ImmediateExpression.Load(NftRegister.R1, NftData.UInt32(unknown.Value)),
                    MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
                ],
            },
            new()
            {
                Family = NftFamily.Inet,
                Table = Ours.Table,
                Chain = ChainName,
                Expressions =
                [
                    MetaExpression.Load(NFT_META.NFT_META_OIFNAME, NftRegister.R1),
                    CmpExpression.Equal(NftRegister.R1, NftData.DeviceName(wan)),
                    CtExpression.Load(NFT_CT.NFT_CT_MARK, NftRegister.R1),
                    BitwiseExpression.MaskXor(NftRegister.R1, mask),
                    LookupExpression.Map(ClassMap.Definition.Name, NftRegister.R1, NftRegister.R1),
                    MetaExpression.Set(NFT_META.NFT_META_PRIORITY, NftRegister.R1),
                ],
            },
        };
        string[] texts =
        [
            $"oifname \"{wan}\" meta priority set {unknown}",
            $"oifname \"{wan}\" meta priority set ct mark and 0x{mask:x8} map @{ClassMap.Definition.Name}",
        ];
        return new NftLayout(NftFamily.Inet, [ClassMap.Definition], [new NftChainLayout(chain, rules, texts)]);
    }
}
