using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>A view of a message about the number of a network namespace, valid until the datagram's buffer is used again.</summary>
public readonly ref struct NamespaceIdView : IRouteView<NamespaceIdView>
{
    private readonly AttributeIndex<NETNSA> _index;

    private NamespaceIdView(scoped in NetlinkMessage message)
    {
        IsRemoval = message.Type == (ushort)RTM.RTM_DELNSID;
        _index = new AttributeIndex<NETNSA>(message.Attributes<rtgenmsg, NETNSA>().Rest);
    }

    /// <inheritdoc/>
    public bool IsRemoval { get; }

    /// <summary>The number; <see cref="NamespaceId.None"/> where it has none.</summary>
    public int Id => _index.Int32(NETNSA.NETNSA_NSID) ?? NamespaceId.None;

    /// <summary>The number in the asker's own namespace, where another one's numbers were asked for.</summary>
    public int? CurrentId => _index.Int32(NETNSA.NETNSA_CURRENT_NSID);

    /// <summary>Reads an <c>RTM_NEWNSID</c> or <c>RTM_DELNSID</c>; false for other messages.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    public static bool TryRead(scoped in NetlinkMessage message, out NamespaceIdView view)
    {
        var isId = message.Type is (ushort)RTM.RTM_NEWNSID or (ushort)RTM.RTM_DELNSID;
        view = isId ? new NamespaceIdView(message) : default;
        return isId;
    }

    /// <summary>A copy to keep.</summary>
    /// <exception cref="NetlinkFormatException">An attribute is malformed.</exception>
    public NamespaceId ToRecord() => new(Id, CurrentId);
}
