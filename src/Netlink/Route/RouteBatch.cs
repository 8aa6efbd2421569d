using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>
/// Puts operations on links, addresses, routes, neighbours and rules into a batch: each is the message that <see cref="RouteClient"/> would send
/// for it alone. Each returns the operation's index. Send the batch with <see cref="RouteClient.Send(NetlinkBatch)"/>.
/// </summary>
public static partial class RouteBatch
{
    private const NLM_F Add = NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL;
    private const NLM_F Replace = NLM_F.NLM_F_CREATE | NLM_F.NLM_F_REPLACE;
    private const NLM_F Append = NLM_F.NLM_F_CREATE | NLM_F.NLM_F_APPEND;

    /// <summary>Makes a link.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="name">At most 15 bytes, complete.</param>
    /// <param name="kind">What kind of link. What it refers to must be open until the batch is sent.</param>
    /// <param name="set">What to set on it; a <see cref="LinkChange.Namespace"/> must be open until the batch is sent.</param>
    /// <exception cref="ArgumentException">An alias is set: the kernel takes one of a link that is there only.</exception>
    public static int AddLink<TKind>(this NetlinkBatch batch, string name, in TKind kind, in LinkChange set = default)
        where TKind : struct, ILinkOptions
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (set.Alias is not null)
            throw new ArgumentException("The kernel takes no alias while it makes a link: change the link afterwards.", nameof(set));
        var message = batch.Begin((ushort)RTM.RTM_NEWLINK, Add, LinkMessages.RoomFor(kind, set));
        LinkMessages.Add(message, name, kind, set);
        return Commit(batch, message);
    }

    /// <summary>Changes a link.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    /// <param name="change">What changes; a <see cref="LinkChange.Namespace"/> must be open until the batch is sent.</param>
    public static int ChangeLink(this NetlinkBatch batch, int index, in LinkChange change)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_NEWLINK, NLM_F.NONE, LinkMessages.SmallRoom + change.Other.Span.Length);
        LinkMessages.Change(message, index, change);
        return Commit(batch, message);
    }

    /// <summary>Changes what belongs to the kind of a link, or to its master's.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    /// <param name="kind">The kind's data: what is null in it stays as it is.</param>
    public static int ChangeLinkKind<TKind>(this NetlinkBatch batch, int index, in TKind kind)
        where TKind : struct, ILinkOptions
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_NEWLINK, NLM_F.NONE, LinkMessages.SmallRoom + kind.Room);
        LinkMessages.ChangeKind(message, index, kind);
        return Commit(batch, message);
    }

    /// <summary>Removes a link.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    public static int DeleteLink(this NetlinkBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_DELLINK, NLM_F.NONE, LinkMessages.SmallRoom);
        LinkMessages.Of(message, index);
        return Commit(batch, message);
    }

    /// <summary>Asks for one link: the answer reaches <see cref="IBatchSink.Reply"/>, where a <see cref="LinkView"/> reads it.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    public static int GetLink(this NetlinkBatch batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)RTM.RTM_GETLINK, NLM_F.NONE, LinkMessages.SmallRoom);
        LinkMessages.Of(message, index);
        return Commit(batch, message);
    }

    /// <summary>Gives a link another name.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    /// <param name="name">At most 127 bytes.</param>
    public static int AddAlternativeName(this NetlinkBatch batch, int index, string name) =>
        PutName(batch, RTM.RTM_NEWLINKPROP, Add | NLM_F.NLM_F_APPEND, index, name);

    /// <summary>Takes one of its other names from a link.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="index">The link.</param>
    /// <param name="name">At most 127 bytes.</param>
    public static int DeleteAlternativeName(this NetlinkBatch batch, int index, string name) =>
        PutName(batch, RTM.RTM_DELLINKPROP, NLM_F.NONE, index, name);

    /// <summary>Gives a namespace a number.</summary>
    /// <param name="batch">Where it goes.</param>
    /// <param name="ns">The namespace; it must be open until the batch is sent.</param>
    /// <param name="id">The number; <see cref="NamespaceId.None"/>: the kernel chooses.</param>
    public static int SetNamespaceId(this NetlinkBatch batch, NetworkNamespace ns, int id = NamespaceId.None)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(ns);
        var message = batch.Begin((ushort)RTM.RTM_NEWNSID, NLM_F.NONE, 64);
        NamespaceIdMessages.Set(message, ns, id);
        return Commit(batch, message);
    }

    private static int PutName(NetlinkBatch batch, RTM type, NLM_F flags, int index, string name)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var message = batch.Begin((ushort)type, flags, 256);
        LinkMessages.AlternativeName(message, index, name);
        return Commit(batch, message);
    }

    private static int Commit(NetlinkBatch batch, scoped in MessageWriter message)
    {
        batch.Commit(message);
        return batch.Count - 1;
    }
}
