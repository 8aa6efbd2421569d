using System.Runtime.InteropServices;
using VffNetlink;
using VffNetlink.Nftables;
using VffNetlink.Tc;
using VffQos.Shaping;

namespace VffQos.DataPlanes;

/// <summary>The map from users' connection marks to their classes on the WAN.</summary>
/// <param name="kernel">Where it is.</param>
internal sealed class ClassMap(KernelClients kernel)
{
    /// <summary>A datagram of some 300 KiB.</summary>
    private const int ElementsPerTransaction = 8192;

    private readonly NftTransaction _transaction = new();

    /// <summary>The map, with room for every user that there can be.</summary>
    public static NftSet Definition { get; } = new()
    {
        Family = NftFamily.Inet,
        Table = Ours.Table,
        Name = "classes",
        KeyType = NftDataType.Mark,
        DataType = NftDataType.ClassId,
        Size = 65_536,
    };

    /// <summary>Brings the map to exactly these users.</summary>
    /// <param name="users">All of them.</param>
    /// <param name="isThere">Whether the map is; a plan may have yet to make it.</param>
    /// <param name="changes">Where differences go.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Converge(IReadOnlyCollection<UserShape> users, bool isThere, ChangeLog changes)
    {
        var found = isThere ? Read() : [];
        var add = new List<UserShape>();
        var remove = new List<uint>();
        foreach (var user in users)
        {
            if (found.Remove(user.Mark, out var classId) && classId == ClassOf(user.Index))
                continue;
            if (classId != default && changes.Carry($"nft delete element inet {Ours.Table} classes {{ 0x{user.Mark:x8} }}"))
                remove.Add(user.Mark);
            if (changes.Carry($"nft add element inet {Ours.Table} classes {{ 0x{user.Mark:x8} : {ClassOf(user.Index)} }}"))
                add.Add(user);
        }

        foreach (var mark in found.Keys)
        {
            if (changes.Carry($"nft delete element inet {Ours.Table} classes {{ 0x{mark:x8} }}"))
                remove.Add(mark);
        }

        Send(CollectionsMarshal.AsSpan(remove), CollectionsMarshal.AsSpan(add));
    }

    /// <summary>The marks that are in it.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or there is no such map.</exception>
    public IReadOnlyCollection<uint> Marks() => Read().Keys;

    /// <summary>Adds users. One who is there with the same class already stays as he is.</summary>
    /// <returns>Whether that worked; if not, nobody was added, and only comparing with what is there helps.</returns>
    public bool TryAdd(ReadOnlySpan<UserShape> users)
    {
        for (; !users.IsEmpty; users = users[Math.Min(ElementsPerTransaction, users.Length)..])
        {
            _transaction.Clear();
            Add(users[..Math.Min(ElementsPerTransaction, users.Length)]);
            if (!kernel.Nft.TryCommit(_transaction, out _))
                return false;
        }

        return true;
    }

    /// <summary>Removes marks.</summary>
    /// <returns>As <see cref="TryAdd"/>.</returns>
    public bool TryRemove(ReadOnlySpan<uint> marks)
    {
        for (; !marks.IsEmpty; marks = marks[Math.Min(ElementsPerTransaction, marks.Length)..])
        {
            _transaction.Clear();
            Remove(marks[..Math.Min(ElementsPerTransaction, marks.Length)]);
            if (!kernel.Nft.TryCommit(_transaction, out _))
                return false;
        }

        return true;
    }

    private static TcHandle ClassOf(ushort index) => Ours.Class(Ours.WanRoot, index);

    private Dictionary<uint, TcHandle> Read()
    {
        for (var attempt = 1; ; attempt++)
        {
            var visitor = new Visitor([]);
            if (kernel.Nft.TryVisitElements(Definition.FullName, ref visitor, out var error))
                return visitor.Found;
            if (error.Number != Errno.EINTR || attempt == QdiscCensus.MaximumAttempts)
                throw new NetlinkException(error, $"NFT_MSG_GETSETELEM {Definition.FullName}");
        }
    }

    private void Send(ReadOnlySpan<uint> remove, ReadOnlySpan<UserShape> add)
    {
        while (!remove.IsEmpty || !add.IsEmpty)
        {
            _transaction.Clear();
            var removed = Math.Min(ElementsPerTransaction, remove.Length);
            Remove(remove[..removed]);
            remove = remove[removed..];
            // All removals come first where they do not fit one transaction: a mark must be gone before it comes again.
            var added = remove.IsEmpty ? Math.Min(ElementsPerTransaction, add.Length) : 0;
            Add(add[..added]);
            add = add[added..];
            kernel.Nft.Commit(_transaction);
        }
    }

    private void Add(ReadOnlySpan<UserShape> users)
    {
        scoped var list = _transaction.AddElements(Definition.FullName);
        Span<byte> key = stackalloc byte[sizeof(uint)];
        Span<byte> data = stackalloc byte[sizeof(uint)];
        foreach (ref readonly var user in users)
        {
            MemoryMarshal.Write(key, user.Mark);
            MemoryMarshal.Write(data, ClassOf(user.Index).Value);
            list.Add(new NftElementView { Key = key, Data = data });
        }

        list.End();
    }

    private void Remove(ReadOnlySpan<uint> marks)
    {
        scoped var list = _transaction.DeleteElements(Definition.FullName);
        Span<byte> key = stackalloc byte[sizeof(uint)];
        foreach (var mark in marks)
        {
            MemoryMarshal.Write(key, mark);
            list.Add(new NftElementView { Key = key });
        }

        list.End();
    }

    private readonly struct Visitor(Dictionary<uint, TcHandle> found) : INftElementVisitor
    {
        public Dictionary<uint, TcHandle> Found { get; } = found;

        public void Visit(scoped in NftElementView element)
        {
            if (element.Key.Length == sizeof(uint) && element.Data.Length == sizeof(uint))
                Found[MemoryMarshal.Read<uint>(element.Key)] = new TcHandle(MemoryMarshal.Read<uint>(element.Data));
        }
    }
}
