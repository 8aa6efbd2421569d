using System.Runtime.CompilerServices;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Route;

public sealed partial class RouteClient
{
    private const int MaximumAliasBytes = 255;

    private static AttributeSpace Links => RouteCatalog.Links;

    /// <summary>
    /// Makes a link (<c>RTM_NEWLINK</c>, exclusive). The kernel takes no alias while it makes one, so that it follows in a message of its
    /// own; where that one is refused the link is removed again.
    /// </summary>
    /// <param name="name">At most 15 bytes, complete: a pattern such as <c>ifb%d</c> is refused.</param>
    /// <param name="kind">What kind of link.</param>
    /// <param name="set">What to set on it at once; its <see cref="LinkChange.Name"/> is not looked at.</param>
    /// <param name="error">EEXIST where the name is taken, EOPNOTSUPP where the kernel lacks the kind.</param>
    /// <exception cref="ArgumentException">The name or the alias is none that a link can have.</exception>
    public bool TryAddLink<TKind>(string name, in TKind kind, in LinkChange set, out NetlinkError error)
        where TKind : ILinkKind
    {
        LinkName.ThrowIfUnfit(name);
        Span<byte> buffer = stackalloc byte[1024];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NLM_F_CREATE | NLM_F.NLM_F_EXCL);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(HeaderOf(0, set));
        Put(attributes, set with { Name = null, Alias = null });
        attributes.PutString(IFLA.IFLA_IFNAME, name);
        using (var info = attributes.Nest<IFLA_INFO>(IFLA.IFLA_LINKINFO))
        {
            info.Put(IFLA_INFO.IFLA_INFO_KIND, TKind.Kind);
            kind.WriteData(info);
        }

        if (set.Alias is not null)
            ThrowIfTooLong(set.Alias);
        KnownLinkKinds.Remember(TKind.Kind, TKind.Data);
        var done = _socket.TryRequest(message.Message, Links, out error);
        // The message has descriptors; their owners must not be collected before it was read.
        GC.KeepAlive(set.Namespace);
        Keep(kind);
        if (!done || set.Alias is null)
            return done;
        if (set.Namespace is null)
            return TryNameAlias(name, set.Alias, out error);
        using var there = Open(new NetlinkSocketOptions { Namespace = set.Namespace });
        return there.TryNameAlias(name, set.Alias, out error);
    }

    /// <summary>Makes a link and tells what became of it.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public Link AddLink<TKind>(string name, in TKind kind, in LinkChange set = default)
        where TKind : ILinkKind
    {
        if (!TryAddLink(name, kind, set, out var error))
            throw new NetlinkException(error, $"RTM_NEWLINK {Encoding.ASCII.GetString(TKind.Kind)} {name}");
        if (set.Namespace is null)
            return GetLink(name);
        using var there = Open(new NetlinkSocketOptions { Namespace = set.Namespace });
        return there.GetLink(name);
    }

    /// <summary>Changes a link (<c>RTM_NEWLINK</c> on an index). Where the kernel refuses one of several changes, others may have been made.</summary>
    /// <param name="index">Never a name: an index does not soon mean another link.</param>
    /// <param name="change">What changes.</param>
    /// <param name="error">ENODEV where the link is gone.</param>
    /// <exception cref="ArgumentException">The name or the alias is none that a link can have.</exception>
    public bool TryChangeLink(int index, in LinkChange change, out NetlinkError error)
    {
        // With 0 the kernel would go by the name.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        Span<byte> buffer = stackalloc byte[512];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        Put(message.PutHeader<ifinfomsg, IFLA>(HeaderOf(index, change)), change);
        var done = _socket.TryRequest(message.Message, Links, out error);
        GC.KeepAlive(change.Namespace);
        return done;
    }

    /// <summary>Changes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void ChangeLink(int index, in LinkChange change)
    {
        if (!TryChangeLink(index, change, out var error))
            throw new NetlinkException(error, $"RTM_NEWLINK {change} on index {index}");
    }

    /// <summary>Removes a link (<c>RTM_DELLINK</c>).</summary>
    /// <param name="index">Never a name: an index does not soon mean another link.</param>
    /// <param name="error">ENODEV where it is gone already.</param>
    public bool TryDeleteLink(int index, out NetlinkError error)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_DELLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        return _socket.TryRequest(message.Message, Links, out error);
    }

    /// <summary>Removes a link.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void DeleteLink(int index)
    {
        if (!TryDeleteLink(index, out var error))
            throw new NetlinkException(error, $"RTM_DELLINK index {index}");
    }

    /// <summary>One link by index; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public Link? FindLink(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        message.PutHeader<ifinfomsg, IFLA>(new ifinfomsg { ifi_index = index });
        return FindLink(message.Message, $"RTM_GETLINK index {index}");
    }

    /// <summary>One link by its name or one of its alternative names; null where there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    /// <exception cref="ArgumentException">It is longer than any name (127 bytes), empty, or has a NUL.</exception>
    public Link? FindLink(string name)
    {
        LinkName.ThrowIfNone(name);
        Span<byte> buffer = stackalloc byte[256];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NONE);
        var isLong = Encoding.UTF8.GetByteCount(name) > LinkName.MaximumBytes;
        message.PutHeader<ifinfomsg, IFLA>(default).PutString(isLong ? IFLA.IFLA_ALT_IFNAME : IFLA.IFLA_IFNAME, name);
        return FindLink(message.Message, $"RTM_GETLINK {name}");
    }

    /// <summary>One link by name.</summary>
    /// <exception cref="NetlinkException">There is none (ENODEV).</exception>
    public Link GetLink(string name) => FindLink(name) ?? throw new NetlinkException(new NetlinkError(Errno.ENODEV), $"RTM_GETLINK {name}");

    /// <summary>All links.</summary>
    /// <exception cref="NetlinkException">The kernel refused, or the table changed during each of several dumps.</exception>
    public IReadOnlyList<Link> GetLinks()
    {
        Span<byte> buffer = stackalloc byte[64];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_GETLINK, NLM_F.NLM_F_DUMP);
        message.PutHeader<ifinfomsg, IFLA>(default);
        return Dump(message.Message, Links, "RTM_GETLINK", static (scoped in NetlinkMessage m) => Link.Read(m));
    }

    private static ifinfomsg HeaderOf(int index, in LinkChange change) => new()
    {
        ifi_index = index,
        ifi_flags = change.Up == true ? IFF.IFF_UP : IFF.NONE,
        ifi_change = change.Up is null ? IFF.NONE : IFF.IFF_UP,
    };

    private static void Put(AttributeWriter<IFLA> attributes, in LinkChange change)
    {
        if (change.Name is not null)
        {
            LinkName.ThrowIfUnfit(change.Name);
            attributes.PutString(IFLA.IFLA_IFNAME, change.Name);
        }

        if (change.TxQueueLength is { } packets)
            attributes.Put(IFLA.IFLA_TXQLEN, packets);
        if (change.Mtu is { } bytes)
            attributes.Put(IFLA.IFLA_MTU, bytes);
        if (change.Alias is not null)
        {
            ThrowIfTooLong(change.Alias);
            attributes.PutText(IFLA.IFLA_IFALIAS, change.Alias);
        }

        if (change.Namespace is not null)
            attributes.Put(IFLA.IFLA_NET_NS_FD, change.Namespace.Descriptor);
    }

    private static void ThrowIfTooLong(string alias)
    {
        if (alias.Length > MaximumAliasBytes || Encoding.UTF8.GetByteCount(alias) > MaximumAliasBytes)
            throw new ArgumentException($"The alias of a link has at most {MaximumAliasBytes} bytes: \"{alias}\".", nameof(alias));
    }

    /// <summary>Sets the alias of the link that was just made under a name.</summary>
    private bool TryNameAlias(string name, string alias, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[512];
        var message = MessageWriter.Begin(buffer, (ushort)RTM.RTM_NEWLINK, NLM_F.NONE);
        var attributes = message.PutHeader<ifinfomsg, IFLA>(default);
        attributes.PutString(IFLA.IFLA_IFNAME, name);
        attributes.PutText(IFLA.IFLA_IFALIAS, alias);
        if (_socket.TryRequest(message.Message, Links, out error))
            return true;
        if (FindLink(name) is { } link)
            TryDeleteLink(link.Index, out _);
        return false;
    }

    /// <summary>Keeps alive what a kind refers to, up to here, without boxing it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep<TKind>(in TKind kind) => _ = kind;

    private Link? FindLink(ReadOnlySpan<byte> request, string what)
    {
        Link? link = null;
        using var replies = _socket.Exchange(request, Links);
        while (replies.MoveNext())
            link = Link.Read(replies.Current);
        return replies.Error.Number is 0 or Errno.ENODEV ? link : throw new NetlinkException(replies.Error, what);
    }
}
