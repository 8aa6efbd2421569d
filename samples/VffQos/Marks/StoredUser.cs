namespace VffQos.Marks;

/// <summary>A user as the state file holds one.</summary>
/// <param name="Name">The name, valid by <see cref="Users.UserName"/>.</param>
/// <param name="Index">The minor number of the user's classes; the mark follows from it and the configured mask.</param>
/// <param name="FirstSeen">When the user got the mark, to the millisecond.</param>
/// <param name="LastSeen">When a source last named the user, to the millisecond.</param>
internal readonly record struct StoredUser(string Name, ushort Index, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
