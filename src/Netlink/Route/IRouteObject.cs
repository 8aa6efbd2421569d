namespace VffNetlink.Route;

/// <summary>An object that a request is about as a whole: written by itself, sent alone or in a batch.</summary>
internal interface IRouteObject
{
    /// <summary>The names in its messages.</summary>
    static abstract AttributeSpace Space { get; }

    /// <summary>Bytes of its message at most.</summary>
    int Room { get; }

    /// <summary>Puts its header and attributes.</summary>
    void Write(MessageWriter message);
}
