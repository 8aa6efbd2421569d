using System.Diagnostics.CodeAnalysis;
using VffQos.Users;

namespace VffQos.Marks;

/// <summary>
/// Who has which mark. No two users ever share one; a user keeps it over restarts, and it goes to another only after the user was away
/// for <see cref="AwayTime"/> and no connection bears it any more. Not safe for use by several threads.
/// </summary>
internal sealed class MarkRegistry
{
    /// <summary>How long a user must not have been seen before the mark can go to another.</summary>
    public static readonly TimeSpan AwayTime = TimeSpan.FromHours(24);

    private readonly TimeProvider _time;
    private readonly Dictionary<string, MarkedUser> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<string, MarkedUser>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8Name;
    private readonly HashSet<string> _configured = new(Utf8NameComparer.Instance);
    private readonly MarkedUser?[] _byIndex;

    // The mark that has been free the longest goes first: a connection of its former user, should one have been missed, then
    // has the longest time to end.
    private readonly Queue<ushort> _free = new();

    // Nobody's, and yet some connection bears one: a foreign program's number, or what is left of a lost state.
    private readonly List<ushort> _borne = [];

    /// <summary>A registry that holds what an earlier run stored.</summary>
    /// <param name="space">The bits that are ours; they may be others than in the earlier run.</param>
    /// <param name="time">Tells when users are seen.</param>
    /// <param name="stored">The users of the state file.</param>
    /// <param name="configured">The names in the configuration: these users keep their marks for good.</param>
    /// <param name="dropped">The stored users whose index the mask has no room for: they get another when they are seen.</param>
    /// <exception cref="ArgumentException">Two stored users share an index, or one is stored twice: no state that we wrote.</exception>
    public MarkRegistry(MarkSpace space, TimeProvider time, IEnumerable<StoredUser> stored, IEnumerable<string> configured, out IReadOnlyList<StoredUser> dropped)
    {
        Space = space;
        _time = time;
        _byUtf8Name = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
        _byIndex = new MarkedUser?[space.Highest + 1];
        _configured.UnionWith(configured);
        var unusable = new List<StoredUser>();
        foreach (var user in stored)
        {
            if (space.IsUsable(user.Index))
                Restore(user);
            else
                unusable.Add(user);
        }

        dropped = unusable;
        for (int index = MarkSpace.FirstIndex; index <= space.Highest; index++)
        {
            if (space.IsUsable(index) && _byIndex[index] is null)
                _free.Enqueue((ushort)index);
        }
    }

    /// <summary>The bits that are ours.</summary>
    public MarkSpace Space { get; }

    /// <summary>How many users have a mark.</summary>
    public int Count => _byName.Count;

    /// <summary>All users who have a mark, in no order.</summary>
    public IReadOnlyCollection<MarkedUser> Users => _byName.Values;

    /// <summary>Finds a user by name; the look-up allocates nothing.</summary>
    /// <param name="utf8Name">The name in UTF-8.</param>
    /// <param name="user">Who bears the name.</param>
    public bool TryFind(ReadOnlySpan<byte> utf8Name, [NotNullWhen(true)] out MarkedUser? user) => _byUtf8Name.TryGetValue(utf8Name, out user);

    /// <summary>Finds the user of an index.</summary>
    public MarkedUser? Find(ushort index) => index < _byIndex.Length ? _byIndex[index] : null;

    /// <summary>Finds the user whose mark a connection bears, whatever its other bits are.</summary>
    public MarkedUser? FindByMark(uint mark) => Space.TryGetIndex(mark, out var index) ? _byIndex[index] : null;

    /// <summary>Notes that a source has named the user just now.</summary>
    public void Touch(MarkedUser user) => user.LastSeen = _time.GetUtcNow();

    /// <summary>
    /// Gives a user a mark where there was none. It must be on disk before the kernel sees it.
    /// </summary>
    /// <param name="utf8Name">A valid name in UTF-8 that <see cref="TryFind"/> did not find.</param>
    /// <param name="user">The user with the new mark.</param>
    /// <param name="full">Why there is none, naming the user.</param>
    /// <exception cref="ArgumentException">The name is no valid one, or has a mark already.</exception>
    public bool TryAssign(ReadOnlySpan<byte> utf8Name, [NotNullWhen(true)] out MarkedUser? user, out MarkSpaceFull full)
    {
        var fault = UserName.Check(utf8Name);
        if (fault != UserNameFault.None)
            throw new ArgumentException($"A user's name is refused: {fault}.", nameof(utf8Name));
        if (_byUtf8Name.ContainsKey(utf8Name))
            throw new ArgumentException("The user has a mark already.", nameof(utf8Name));

        var name = Utf8NameComparer.Instance.Create(utf8Name);
        if (!_free.TryDequeue(out var index))
        {
            user = null;
            full = new(name, Space.Mask, Space.Capacity);
            return false;
        }

        var now = _time.GetUtcNow();
        user = new MarkedUser(name, index, Space.ToMark(index), now, now) { IsConfigured = _configured.Contains(name) };
        full = default;
        _byName.Add(name, user);
        _byIndex[index] = user;
        return true;
    }

    /// <summary>Keeps indexes that connections bear, and nobody has, from being given to anybody until <see cref="Reclaim"/> finds them free.</summary>
    /// <param name="isBorne">Whether any connection's mark holds this index now.</param>
    public void Avoid(Func<ushort, bool> isBorne)
    {
        for (var left = _free.Count; left > 0; left--)
        {
            var index = _free.Dequeue();
            if (isBorne(index))
                _borne.Add(index);
            else
                _free.Enqueue(index);
        }
    }

    /// <summary>Whether some user was away for <see cref="AwayTime"/>, or a mark is avoided: whether asking the kernel who is borne could free a mark.</summary>
    public bool HasAwayUsers()
    {
        if (_borne.Count > 0)
            return true;
        var limit = _time.GetUtcNow() - AwayTime;
        foreach (var user in _byName.Values)
        {
            if (IsAway(user, limit))
                return true;
        }

        return false;
    }

    /// <summary>Takes back the marks of users who were away for <see cref="AwayTime"/>, unless a connection bears one or the configuration names the user.</summary>
    /// <param name="isBorne">Whether any connection's mark holds this index now; what is nobody's and borne is avoided from now on.</param>
    /// <returns>Who lost the mark. The state must forget them before it stores anyone who is given a mark afterwards.</returns>
    public IReadOnlyList<MarkedUser> Reclaim(Func<ushort, bool> isBorne)
    {
        var limit = _time.GetUtcNow() - AwayTime;
        var freed = new List<MarkedUser>();
        foreach (var user in _byName.Values)
        {
            if (IsAway(user, limit) && !isBorne(user.Index))
                freed.Add(user);
        }

        foreach (var user in freed)
        {
            _byName.Remove(user.Name);
            _byIndex[user.Index] = null;
            _free.Enqueue(user.Index);
        }

        foreach (var index in _borne)
            _free.Enqueue(index);
        _borne.Clear();
        Avoid(isBorne);
        return freed;
    }

    // A clock that was set back makes nobody away.
    private static bool IsAway(MarkedUser user, DateTimeOffset limit) => !user.IsConfigured && user.LastSeen <= limit;

    private void Restore(StoredUser stored)
    {
        if (_byIndex[stored.Index] is { } other)
            throw new ArgumentException($"The users \"{other.Name}\" and \"{stored.Name}\" are stored with the same index {stored.Index}.", nameof(stored));
        var user = new MarkedUser(stored.Name, stored.Index, Space.ToMark(stored.Index), stored.FirstSeen, stored.LastSeen)
        {
            IsConfigured = _configured.Contains(stored.Name),
        };
        if (!_byName.TryAdd(stored.Name, user))
            throw new ArgumentException($"The user \"{stored.Name}\" is stored twice.", nameof(stored));
        _byIndex[stored.Index] = user;
    }
}
