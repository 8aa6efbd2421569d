namespace VffNetlink.Route;

/// <summary>A view of a message about one kind of object, which it can tell from the others.</summary>
/// <typeparam name="TSelf">The view.</typeparam>
public interface IRouteView<TSelf>
    where TSelf : struct, IRouteView<TSelf>, allows ref struct
{
    /// <summary>Whether the object went away (<c>RTM_DEL…</c>), rather than came or changed.</summary>
    bool IsRemoval { get; }

    /// <summary>Reads a reply to a request or an event; false where the message is about something else.</summary>
    /// <param name="message">The message, whose bytes the view refers to.</param>
    /// <param name="view">Valid as long as the message.</param>
    /// <exception cref="NetlinkFormatException">The message is malformed.</exception>
    static abstract bool TryRead(scoped in NetlinkMessage message, out TSelf view);
}
