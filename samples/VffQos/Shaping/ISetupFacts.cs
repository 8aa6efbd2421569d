namespace VffQos.Shaping;

/// <summary>
/// What the kernel cannot tell about the time before us, kept where it outlives the daemon: a set fact is on disk when
/// <see cref="Set"/> returns, unless the disk refuses it: then shaping goes on, and the fact follows when it can.
/// </summary>
internal interface ISetupFacts
{
    /// <summary>The value of a fact; null where it was never set.</summary>
    string? Get(string key);

    /// <summary>Remembers a fact in place of what it was before; null forgets it.</summary>
    void Set(string key, string? value);
}
