using System.Runtime.CompilerServices;
using VffNetlink.Uapi;

namespace VffNetlink.Diagnostics;

/// <summary>
/// The messages of netlink families by their types: each one's name, and the space that it starts with. A printer tells messages by
/// it. Every library has one (<see cref="Route.RouteCatalog"/>); <see cref="Combine"/> makes one of several.
/// </summary>
/// <remarks>
/// <para>How a family adds its names:</para>
/// <list type="number">
/// <item>Its spaces stand beside its constants or its client: <c>AttributeSpace.Of&lt;ndmsg, NDA&gt;().With(ValueFormat.Address, NDA.NDA_DST)</c>.
/// The same space goes with its requests, for errors; <see cref="AttributeSpace.WithRequests"/> gives them the names of their messages.</item>
/// <item>One line in its library's catalogue says which messages start with it: <c>.Add(NETLINK.NETLINK_ROUTE, Neighbours, RTM.RTM_NEWNEIGH, …)</c>.</item>
/// <item>What depends on a kind's name (<see cref="AttributeSpace.WithKinds"/>) comes from a register that each kind enters by itself when the
/// library is loaded (<c>[ModuleInitializer]</c>), so that a new kind changes no other file.</item>
/// </list>
/// A catalogue does not change: <see cref="Add{TType}(NETLINK, AttributeSpace?, ReadOnlySpan{TType})"/> makes a larger one.
/// </remarks>
public sealed class MessageCatalog
{
    private readonly Dictionary<(NETLINK Protocol, ushort Type), Entry> _entries;

    private MessageCatalog(IEnumerable<KeyValuePair<(NETLINK Protocol, ushort Type), Entry>> entries) => _entries = new(entries);

    /// <summary>Without any name but those that all families share.</summary>
    public static MessageCatalog Empty { get; } = new([]);

    /// <summary>All messages of several catalogues; where two have the same, the later one's counts.</summary>
    public static MessageCatalog Combine(params ReadOnlySpan<MessageCatalog> catalogs)
    {
        var all = new Dictionary<(NETLINK, ushort), Entry>();
        foreach (var catalog in catalogs)
        {
            foreach (var (key, entry) in catalog._entries)
                all[key] = entry;
        }

        return new MessageCatalog(all);
    }

    /// <summary>With messages of a protocol under the names of an enum's members.</summary>
    /// <param name="protocol">Whose they are.</param>
    /// <param name="space">The header and attributes that they start with; null: not known.</param>
    /// <param name="types">Of <c>nlmsg_type</c>.</param>
    public MessageCatalog Add<TType>(NETLINK protocol, AttributeSpace? space, params ReadOnlySpan<TType> types)
        where TType : unmanaged, Enum => Add(protocol, 0, space, types);

    /// <summary>With messages of a part of nfnetlink.</summary>
    /// <param name="subsystem">The high byte of their type.</param>
    /// <param name="space">The header and attributes that they start with; null: not known.</param>
    /// <param name="types">The low byte of their type.</param>
    public MessageCatalog Add<TType>(NFNL_SUBSYS subsystem, AttributeSpace? space, params ReadOnlySpan<TType> types)
        where TType : unmanaged, Enum => Add(NETLINK.NETLINK_NETFILTER, (ushort)((int)subsystem << 8), space, types);

    /// <summary>With a message of any protocol, such as a family of generic netlink whose number is known at run time alone.</summary>
    /// <param name="protocol">Whose it is.</param>
    /// <param name="type"><c>nlmsg_type</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="space">The header and attributes that it starts with; null: not known.</param>
    public MessageCatalog Add(NETLINK protocol, ushort type, string name, AttributeSpace? space) =>
        new(_entries.Where(e => e.Key != (protocol, type)).Append(new((protocol, type), new Entry(name, space))));

    /// <summary>The name of a message; null where nobody knows it.</summary>
    public string? NameOf(NETLINK protocol, ushort type) =>
        type < (ushort)NLMSG.NLMSG_MIN_TYPE ? Enum.GetName((NLMSG)type) : _entries.GetValueOrDefault((protocol, type))?.Name;

    /// <summary>The space that a message starts with; null where nobody knows it.</summary>
    public AttributeSpace? SpaceOf(NETLINK protocol, ushort type) => _entries.GetValueOrDefault((protocol, type))?.Space;

    private MessageCatalog Add<TType>(NETLINK protocol, ushort high, AttributeSpace? space, ReadOnlySpan<TType> types)
        where TType : unmanaged, Enum
    {
        var all = new Dictionary<(NETLINK, ushort), Entry>(_entries);
        foreach (var type in types)
        {
            var number = Unsafe.SizeOf<TType>() == 1 ? Unsafe.BitCast<TType, byte>(type) : Unsafe.BitCast<TType, ushort>(type);
            all[(protocol, (ushort)(high | number))] = new Entry(type.ToString(), space);
        }

        return new MessageCatalog(all);
    }

    private sealed record Entry(string Name, AttributeSpace? Space);
}
