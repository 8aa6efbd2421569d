using VffNetlink;
using VffNetlink.Nftables;
using VffNetlink.Nftables.Uapi;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// Brings one of our tables to its layout, a transaction at a time, so that no packet ever meets a part of it. What is right stays
/// untouched, and a table that is right altogether costs no transaction.
/// </summary>
internal sealed class NftTableSync
{
    private readonly KernelClients _kernel;
    private readonly NftLayout _layout;
    private readonly NftTransaction _transaction = new();
    private readonly string _name;
    private readonly Dictionary<string, NftChain> _chains = [];
    private readonly ILookup<string, NftRule> _rules = Array.Empty<NftRule>().ToLookup(static rule => rule.Chain);

    /// <summary>Looks at what is there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public NftTableSync(KernelClients kernel, NftLayout layout)
    {
        _kernel = kernel;
        _layout = layout;
        _name = $"{(layout.Family == NftFamily.Netdev ? "netdev" : "inet")} {Ours.Table}";
        Table = kernel.Nft.FindTable(layout.Family, Ours.Table);
        if (Table is null)
            return;
        Sets = kernel.Nft.GetSets(layout.Family, Ours.Table);
        _chains = kernel.Nft.GetChains(layout.Family, Ours.Table).ToDictionary(static chain => chain.Name);
        _rules = kernel.Nft.GetRules(layout.Family, Ours.Table).ToLookup(static rule => rule.Chain);
    }

    /// <summary>The table; null where there was none.</summary>
    public NftTable? Table { get; }

    /// <summary>The sets that it had.</summary>
    public IReadOnlyList<NftSet> Sets { get; } = [];

    /// <summary>The chains that it had, less those that were removed since.</summary>
    public IReadOnlyCollection<NftChain> Chains => _chains.Values;

    /// <summary>Whether a set was there as it should be, or larger.</summary>
    public bool IsRight(NftSet wanted) => Sets.Any(found => Suffices(found, wanted));

    /// <summary>Whether a chain is there as it should be, with its rules.</summary>
    public bool IsRight(NftChainLayout wanted) => _chains.TryGetValue(wanted.Chain.Name, out var chain) && chain.Matches(wanted.Chain) && HasRules(wanted);

    /// <summary>
    /// Makes the table and its maps, and removes whatever else is in it. Where a map has to be made anew the chains, which may look into it, go
    /// first; <see cref="ConvergeChains"/> brings them back.
    /// </summary>
    /// <exception cref="NetlinkException">The kernel refused; nothing was changed.</exception>
    public void ConvergeSets(ChangeLog changes)
    {
        _transaction.Clear();
        var isDormant = Table is not null && (Table.Flags & NFT_TABLE_F.NFT_TABLE_F_DORMANT) != 0;
        if ((Table is null || isDormant) && changes.Carry($"nft add table {_name}"))
            _transaction.Add(new NftTable { Family = _layout.Family, Name = Ours.Table });
        var stale = Sets.Where(found => !_layout.Sets.Any(wanted => Suffices(found, wanted))).ToList();
        foreach (var chain in Chains.Where(chain => stale.Count > 0 || _layout.Chains.All(wanted => wanted.Chain.Name != chain.Name)).ToList())
            RemoveChain(chain.Name, changes);
        foreach (var set in stale)
        {
            if (changes.Carry($"nft delete map {_name} {set.Name}"))
                _transaction.DeleteSet(set.FullName);
        }

        foreach (var set in _layout.Sets.Where(wanted => !IsRight(wanted)))
        {
            if (changes.Carry($"nft add map {_name} {set.Name} {{ type {set.KeyType} : {set.DataType}; size {set.Size}; }}"))
                _transaction.Create(set);
        }

        Commit();
    }

    /// <summary>Makes the chains and their rules.</summary>
    /// <exception cref="NetlinkException">The kernel refused; nothing was changed.</exception>
    public void ConvergeChains(ChangeLog changes)
    {
        _transaction.Clear();
        foreach (var wanted in _layout.Chains)
            ConvergeChain(wanted, changes);
        Commit();
    }

    /// <summary>A chain in nft's notation.</summary>
    private static string TextOf(NftChain chain)
    {
        var hook = chain.Hook!;
        return hook.Devices is [var device]
            ? $"{{ type {hook.Type} hook ingress device \"{device}\" priority {hook.Priority}; }}"
            : $"{{ type {hook.Type} hook postrouting priority {hook.Priority}; }}";
    }

    private static bool Suffices(NftSet found, NftSet wanted) => found.Name == wanted.Name && found.Size >= wanted.Size && found.Matches(wanted with { Size = found.Size });

    private bool HasRules(NftChainLayout wanted)
    {
        var rules = _rules[wanted.Chain.Name].ToList();
        return rules.Count == wanted.Rules.Count && rules.Zip(wanted.Rules).All(static pair => pair.First.Matches(pair.Second));
    }

    private void ConvergeChain(NftChainLayout wanted, ChangeLog changes)
    {
        if (IsRight(wanted))
            return;
        var name = wanted.Chain.Name;
        if (_chains.TryGetValue(name, out var chain) && !chain.Matches(wanted.Chain))
            RemoveChain(name, changes);
        if (!_chains.ContainsKey(name))
        {
            if (changes.Carry($"nft add chain {_name} {name} {TextOf(wanted.Chain)}"))
                _transaction.Create(wanted.Chain);
        }
        else if (_rules.Contains(name) && changes.Carry($"nft flush chain {_name} {name}"))
        {
            _transaction.FlushChain(_layout.Family, Ours.Table, name);
        }

        foreach (var (rule, text) in wanted.Rules.Zip(wanted.Texts))
        {
            if (changes.Carry($"nft add rule {_name} {name} {text}"))
                _transaction.Append(rule);
        }
    }

    private void RemoveChain(string name, ChangeLog changes)
    {
        _chains.Remove(name);
        if (changes.Carry($"nft delete chain {_name} {name}"))
            _transaction.DeleteChain(_layout.Family, Ours.Table, name);
    }

    private void Commit()
    {
        if (_transaction.Count > 0)
            _kernel.Nft.Commit(_transaction);
    }
}
