namespace VffQos.Flows;

/// <summary>What an answer of conntrack says of an entry.</summary>
internal enum FlowPresence : byte
{
    /// <summary>There was no answer, or one that says nothing of it: it is to be asked again.</summary>
    Unknown,

    /// <summary>There is no such entry.</summary>
    Gone,

    /// <summary>There is; where it was to be marked, it bears the mark.</summary>
    Exists,
}
