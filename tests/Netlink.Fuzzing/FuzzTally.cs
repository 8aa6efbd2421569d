namespace VffNetlink.Fuzzing;

/// <summary>What one reader met.</summary>
/// <param name="reader">Its name.</param>
/// <param name="coverage">Its known attributes.</param>
internal sealed class FuzzTally(string reader, Coverage coverage)
{
    /// <summary>The reader.</summary>
    public string Reader => reader;

    /// <summary>How often each known attribute was met.</summary>
    public Coverage Coverage => coverage;

    /// <summary>Messages that were made for it.</summary>
    public long Messages { get; set; }

    /// <summary>Those among them that it refused.</summary>
    public long Refused { get; set; }
}
