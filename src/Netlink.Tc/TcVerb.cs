namespace VffNetlink.Tc;

/// <summary>How an object is to be made.</summary>
internal enum TcVerb
{
    /// <summary>Make it; what is there already is an error (EEXIST).</summary>
    Add,

    /// <summary>Make it, or change what is there. A qdisc of another kind or handle makes way.</summary>
    Replace,

    /// <summary>Change what is there; an error (ENOENT) where there is nothing.</summary>
    Change,
}
