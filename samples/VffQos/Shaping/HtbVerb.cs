namespace VffQos.Shaping;

/// <summary>What a step does.</summary>
internal enum HtbVerb
{
    /// <summary>Makes our root qdisc, where there is none but the kernel's own.</summary>
    AddRoot,

    /// <summary>Makes our root qdisc in the place of another.</summary>
    ReplaceRoot,

    /// <summary>Removes our root qdisc with all that is below it.</summary>
    DeleteRoot,

    /// <summary>Makes a class.</summary>
    AddClass,

    /// <summary>Changes a class where it stands, with the packets in it.</summary>
    ChangeClass,

    /// <summary>Removes a class with its leaf.</summary>
    DeleteClass,

    /// <summary>Gives a class our leaf, or changes the leaf's limit.</summary>
    PutLeaf,

    /// <summary>Takes another leaf away from a class.</summary>
    DeleteLeaf,
}
