namespace VffQos.Marks;

/// <summary>A user who has a mark.</summary>
internal sealed class MarkedUser
{
    internal MarkedUser(string name, ushort index, uint mark, DateTimeOffset firstSeen, DateTimeOffset lastSeen)
    {
        Name = name;
        Index = index;
        Mark = mark;
        FirstSeen = firstSeen;
        LastSeen = lastSeen;
    }

    /// <summary>The name, valid by <see cref="Users.UserName"/>.</summary>
    public string Name { get; }

    /// <summary>The minor number of the user's classes.</summary>
    public ushort Index { get; }

    /// <summary>The index as the bits of a conntrack mark.</summary>
    public uint Mark { get; }

    /// <summary>When the user got the mark.</summary>
    public DateTimeOffset FirstSeen { get; }

    /// <summary>When a source last named the user.</summary>
    public DateTimeOffset LastSeen { get; internal set; }

    /// <summary>Whether the configuration names the user, who then keeps the mark for good.</summary>
    public bool IsConfigured { get; internal set; }
}
