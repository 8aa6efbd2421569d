using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <content>Links.</content>
public sealed partial class RouteClient
{
    /// <summary>
    /// Makes a link (<c>RTM_NEWLINK</c>, exclusive). The kernel takes no alias while it makes one, so that it follows in a message of its
    /// own; where that one is refused the link is removed again.
    /// </summary>
    /// <param name="name">At most 15 bytes, complete: a pattern such as <c>ifb%d</c> is refused.</param>
    /// <param name="kind">What kind of link.</param>
    /// <param name="set">What to set on it at once; its <see cref="LinkChange.Name"/> is not looked at.</param>
    /// <param name="error">EEXIST where the name is taken, EOPNOTSUPP where the kernel lacks the kind.</param>
    /// <exception cref="ArgumentException">
    /// The name or the alias is none that a link can have, or an alias is to be set in a namespace that is told by its number.
    /// </exception>
    [SkipLocalsInit]
    public bool TryAddLink<TKind>(string name, in TKind kind, in LinkChange set, out NetlinkError error)
        where TKind : struct, ILinkOptions
    {
        if (set is { Alias: not null, NamespaceId: not null })
            throw new ArgumentException("The kernel takes an alias of a link that is there only, and not by the number of its namespace: name the namespace itself.", nameof(set));
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], LinkMessages.RoomFor(kind, set));
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        LinkMessages.Add(message, name, kind, set);
        var done = _socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error);
        // The message has descriptors; their owners must not be collected before it was read.
        GC.KeepAlive(set.Namespace);
        Keep(kind);
        if (!done || set.Alias is null)
            return done;
        using var there = OpenAt(set);
        return (there?.Within(_limit) ?? this).TryNameAlias(name, set.Alias, out error);
    }

    /// <summary>Makes a link and tells what became of it.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link AddLink<TKind>(string name, in TKind kind, in LinkChange set = default)
        where TKind : struct, ILinkOptions
    {
        if (!TryAddLink(name, kind, set, out var error))
            throw new NetlinkException(error, $"RTM_NEWLINK {Encoding.ASCII.GetString(kind.KindName)} {name}");
        if (set.NamespaceId is { } id)
            return GetLink(name, id);
        using var there = OpenAt(set);
        return (there?.Within(_limit) ?? this).GetLink(name);
    }

    /// <summary>Changes a link (<c>RTM_NEWLINK</c> on an index). Where the kernel refuses one of several changes, others may have been made.</summary>
    /// <param name="index">Never a name: an index does not soon mean another link.</param>
    /// <param name="change">What changes.</param>
    /// <param name="error">ENODEV where the link is gone.</param>
    /// <exception cref="ArgumentException">The name or the alias is none that a link can have.</exception>
    [SkipLocalsInit]
    public bool TryChangeLink(int index, in LinkChange change, out NetlinkError error)
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], LinkMessages.SmallRoom + change.Other.Span.Length);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        LinkMessages.Change(message, index, change);
        var done = _socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error);
        GC.KeepAlive(change.Namespace);
        return done;
    }

    /// <summary>Changes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ChangeLink(int index, in LinkChange change)
    {
        if (!TryChangeLink(index, change, out var error))
            throw Refused(error, $"RTM_NEWLINK {change} on index {index}", index);
    }

    /// <summary>Changes what belongs to the kind of a link, or (<see cref="BridgePort"/>) to its master's.</summary>
    /// <param name="index">Never a name: an index does not soon mean another link.</param>
    /// <param name="kind">The kind's data: what is null in it stays as it is.</param>
    /// <param name="error">EOPNOTSUPP where the kind cannot be changed, EINVAL where the link is of another kind.</param>
    [SkipLocalsInit]
    public bool TryChangeLinkKind<TKind>(int index, in TKind kind, out NetlinkError error)
        where TKind : struct, ILinkOptions
    {
        using var buffer = new RequestBuffer(stackalloc byte[RequestBuffer.OnStack], LinkMessages.SmallRoom + kind.Room);
        var message = MessageWriter.Begin(buffer.Span, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        LinkMessages.ChangeKind(message, index, kind);
        return _socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error);
    }

    /// <summary>Changes what belongs to the kind of a link, or (<see cref="BridgePort"/>) to its master's.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ChangeLinkKind<TKind>(int index, in TKind kind)
        where TKind : struct, ILinkOptions
    {
        if (!TryChangeLinkKind(index, kind, out var error))
            throw Refused(error, $"RTM_NEWLINK {Encoding.ASCII.GetString(kind.KindName)} on index {index}", index);
    }

    /// <summary>Removes a link (<c>RTM_DELLINK</c>).</summary>
    /// <param name="index">Never a name: an index does not soon mean another link.</param>
    /// <param name="error">ENODEV where it is gone already.</param>
    public bool TryDeleteLink(int index, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[64], (ushort)RTM.RTM_DELLINK, NLM_F.NONE);
        LinkMessages.Of(message, index);
        return _socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error);
    }

    /// <summary>Removes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteLink(int index)
    {
        if (!TryDeleteLink(index, out var error))
            throw Refused(error, $"RTM_DELLINK index {index}", index);
    }

    /// <summary>Gives a link another name, under which it is found, too (<c>RTM_NEWLINKPROP</c>).</summary>
    /// <param name="index">The link.</param>
    /// <param name="name">At most 127 bytes.</param>
    /// <param name="error">EEXIST where a link has the name.</param>
    public bool TryAddAlternativeName(int index, string name, out NetlinkError error) =>
        TryChangeName(RTM.RTM_NEWLINKPROP, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND | NLM_F.NLM_F_EXCL, index, name, out error);

    /// <summary>Gives a link another name, under which it is found, too.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void AddAlternativeName(int index, string name)
    {
        if (!TryAddAlternativeName(index, name, out var error))
            throw Refused(error, $"RTM_NEWLINKPROP {name} on index {index}", index);
    }

    /// <summary>Takes one of its other names from a link (<c>RTM_DELLINKPROP</c>).</summary>
    /// <param name="index">The link.</param>
    /// <param name="name">At most 127 bytes.</param>
    /// <param name="error">ENOENT where it has no such name.</param>
    public bool TryDeleteAlternativeName(int index, string name, out NetlinkError error) =>
        TryChangeName(RTM.RTM_DELLINKPROP, NLM_F.NONE, index, name, out error);

    /// <summary>Takes one of its other names from a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteAlternativeName(int index, string name)
    {
        if (!TryDeleteAlternativeName(index, name, out var error))
            throw Refused(error, $"RTM_DELLINKPROP {name} on index {index}", index);
    }

    private bool TryChangeName(RTM type, NLM_F flags, int index, string name, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[256], (ushort)type, flags);
        LinkMessages.AlternativeName(message, index, name);
        return _socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error);
    }

    /// <summary>Sets the alias of the link that was just made under a name.</summary>
    private bool TryNameAlias(string name, string alias, out NetlinkError error)
    {
        var message = MessageWriter.Begin(stackalloc byte[512], (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        LinkMessages.Alias(message, name, alias);
        if (_socket.TryRequest(message.Message, RouteCatalog.Links, _limit, out error))
            return true;
        if (FindLink(name) is { } link)
            TryDeleteLink(link.Index, out _);
        return false;
    }

    /// <summary>A client where a new link went; null: here, or where the kernel alone can tell by number.</summary>
    private static RouteClient? OpenAt(in LinkChange set)
    {
        if (set.Namespace is { } ns)
            return Open(new NetlinkSocketOptions { Namespace = ns });
        if (set.NamespaceProcess is not { } process)
            return null;
        using var of = NetworkNamespace.OpenByProcess((int)process);
        return Open(new NetlinkSocketOptions { Namespace = of });
    }

    /// <summary>Keeps alive what a kind refers to, up to here, without boxing it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<TKind>(in TKind kind) => _ = kind;
}
