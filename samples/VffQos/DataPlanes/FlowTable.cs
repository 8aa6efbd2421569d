using System.Runtime.InteropServices;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Nftables;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>
/// The maps <c>flows4</c> and <c>flows6</c>. What is queued is one change per tuple, the last one; a commit brings them to the kernel in
/// transactions of some thousand. Nobody remembers what the kernel holds: an element that is there already, or is not, is seen in
/// the refusal, and the transaction is made again as it should have been.
/// </summary>
/// <param name="kernel">Where they are.</param>
internal sealed class FlowTable(KernelClients kernel) : IFlowTable
{
    private const int EntriesPerTransaction = 4096;

    /// <summary>Each attempt turns every refused entry into another, and none is refused three times.</summary>
    private const int MaximumAttempts = 6;

    /// <summary>EBUSY; some kernels answer with it where others say EEXIST.</summary>
    private const int Clash = Errno.EBUSY;

    private readonly Dictionary<ConntrackTuple, Change> _queue = [];
    private readonly NftTransaction _transaction = new(1 << 20);
    private readonly List<Entry> _entries = [];
    private readonly List<int> _messages = [];
    private readonly List<Found> _found = [];
    private bool _isLost;

    /// <inheritdoc/>
    public bool IsNeeded => true;

    /// <summary>The two maps.</summary>
    /// <param name="size">Elements of each.</param>
    public static IReadOnlyList<NftSet> Definitions(uint size) => [Definition("flows4", NftDataType.Ipv4Addr, size), Definition("flows6", NftDataType.Ipv6Addr, size)];

    /// <summary>Counts the entries of both maps; null where one is missing.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static int? Count(KernelClients kernel)
    {
        var count = 0;
        foreach (var set in Definitions(1))
        {
            if (kernel.Nft.FindSet(set.FullName) is null)
                return null;
            count += kernel.Nft.CountElements(set.FullName);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Put(in ConntrackTuple tuple, ushort index, uint conntrackId)
    {
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(_queue, tuple, out _);
        // Whoever took an element away just before knows that there was one.
        change = new Change(change.Kind is ChangeKind.Remove or ChangeKind.Replace ? ChangeKind.Replace : ChangeKind.Add, index, conntrackId);
    }

    /// <inheritdoc/>
    public void Remove(in ConntrackTuple tuple) => _queue[tuple] = new Change(ChangeKind.Remove, 0, 0);

    /// <inheritdoc/>
    public int Commit()
    {
        var full = 0;
        _entries.Clear();
        foreach (var (tuple, change) in _queue)
        {
            _entries.Add(new Entry(tuple, change));
            if (_entries.Count == EntriesPerTransaction)
                full += CommitEntries();
        }

        full += CommitEntries();
        _queue.Clear();
        return full;
    }

    /// <summary>The maps were made anew, and are empty.</summary>
    public void Lose() => _isLost = true;

    /// <inheritdoc/>
    public bool TakeLoss()
    {
        var isLost = _isLost;
        _isLost = false;
        return isLost;
    }

    /// <inheritdoc/>
    public void Dump<TSink>(ref TSink sink)
        where TSink : struct, IFlowTableSink, allows ref struct
    {
        _found.Clear();
        foreach (var name in (ReadOnlySpan<string>)["flows4", "flows6"])
            Collect(new NftSetName(NftFamily.Netdev, Ours.Table, name));
        foreach (ref readonly var flow in CollectionsMarshal.AsSpan(_found))
            sink.Flow(flow.Tuple, flow.Index, flow.ConntrackId);
    }

    private static NftSet Definition(string name, NftDataType address, uint size) => new()
    {
        Family = NftFamily.Netdev,
        Table = Ours.Table,
        Name = name,
        KeyType = NftDataType.Concat(address, address, NftDataType.InetProto, NftDataType.InetService, NftDataType.InetService),
        DataType = NftDataType.ClassId,
        Size = size,
    };

    private static NftSetName MapOf(in ConntrackTuple tuple) =>
        new(NftFamily.Netdev, Ours.Table, tuple.Family == InetFamily.IPv4 ? "flows4" : "flows6");

    /// <summary>Brings the gathered entries to the kernel and forgets them; returns how many found no room.</summary>
    private int CommitEntries()
    {
        var full = 0;
        for (var attempt = 1; _entries.Count > 0; attempt++)
        {
            Fill();
            if (kernel.Nft.TryCommit(_transaction, out var error))
                break;
            if (attempt == MaximumAttempts || !TryAmend(ref full))
                throw new NetlinkException(error, $"nf_tables transaction of {_transaction.Count} changes to the flow maps");
        }

        _entries.Clear();
        return full;
    }

    private void Fill()
    {
        _transaction.Clear();
        _messages.Clear();
        Span<byte> key = stackalloc byte[FlowElement.MaximumKey];
        Span<byte> userData = stackalloc byte[FlowElement.MaximumUserData];
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < entries.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            var map = MapOf(entry.Tuple);
            var written = FlowElement.WriteKey(key, entry.Tuple);
            if (entry.Change.Kind is ChangeKind.Remove or ChangeKind.Replace)
            {
                _transaction.DeleteElement(map, written);
                _messages.Add(i);
            }

            if (entry.Change.Kind is ChangeKind.Add or ChangeKind.Replace)
            {
                var classId = Ours.Class(Ours.IfbRoot, entry.Change.Index).Value;
                _transaction.CreateElement(map, new NftElementView
                {
                    Key = written,
                    Data = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in classId)),
                    UserData = FlowElement.WriteUserData(userData, entry.Change.ConntrackId),
                });
                // The complement tells the second of two messages.
                _messages.Add(~i);
            }
        }
    }

    /// <summary>Changes each refused entry into what it should have been; false where a refusal means something else.</summary>
    private bool TryAmend(ref int full)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < _transaction.Refusals.Count; i++)
        {
            var refusal = _transaction.Refusals[i];
            if (refusal.Message < 0)
                return false;
            var place = _messages[refusal.Message];
            var isAdd = place < 0;
            ref var entry = ref entries[isAdd ? ~place : place];
            switch (refusal.Error.Number)
            {
                case Errno.EEXIST or Clash when isAdd && entry.Change.Kind == ChangeKind.Add:
                    entry = entry with { Change = entry.Change with { Kind = ChangeKind.Replace } };
                    break;
                case Errno.ENOENT when !isAdd:
                    entry = entry with { Change = entry.Change with { Kind = entry.Change.Kind == ChangeKind.Replace ? ChangeKind.Add : ChangeKind.None } };
                    break;
                case Errno.ENFILE when isAdd:
                    // Nobody's rather than another user's.
                    entry = entry with { Change = entry.Change with { Kind = entry.Change.Kind == ChangeKind.Replace ? ChangeKind.Remove : ChangeKind.None } };
                    full++;
                    break;
                default:
                    return false;
            }
        }

        return _transaction.Refusals.Count > 0;
    }

    private void Collect(in NftSetName map)
    {
        var start = _found.Count;
        for (var attempt = 1; ; attempt++)
        {
            var visitor = new Collector(_found);
            if (kernel.Nft.TryVisitElements(map, ref visitor, out var error) || error.Number == Errno.ENOENT)
                return;
            if (error.Number != Errno.EINTR || attempt == QdiscCensus.MaximumAttempts)
                throw new NetlinkException(error, $"NFT_MSG_GETSETELEM {map}");
            _found.RemoveRange(start, _found.Count - start);
        }
    }

    private enum ChangeKind : byte
    {
        /// <summary>Nothing any more.</summary>
        None,

        /// <summary>There should be no element yet.</summary>
        Add,

        /// <summary>There should be one to remove.</summary>
        Remove,

        /// <summary>There should be one to put another in the place of.</summary>
        Replace,
    }

    private readonly record struct Change(ChangeKind Kind, ushort Index, uint ConntrackId);

    private readonly record struct Entry(ConntrackTuple Tuple, Change Change);

    private readonly record struct Found(ConntrackTuple Tuple, ushort Index, uint ConntrackId);

    private readonly struct Collector(List<Found> found) : INftElementVisitor
    {
        public void Visit(scoped in NftElementView element)
        {
            if (FlowElement.TryRead(element, out var tuple, out var index, out var conntrackId))
                found.Add(new Found(tuple, index, conntrackId));
        }
    }
}
