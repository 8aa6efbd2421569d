namespace VffQos.Sources.Logs;

/// <summary>Takes the lines of a log. A struct, so that the follower calls it directly.</summary>
internal interface ILineSink
{
    /// <summary>One whole line without its line feed, of at most the follower's maximum length.</summary>
    /// <param name="line">The bytes, valid during the call.</param>
    /// <param name="endOffset">Where in its file the next line begins.</param>
    /// <param name="isHistory">
    /// Whether the line was there before the follower was started without a place to go on from: what it tells may have ended long ago.
    /// </param>
    void Line(ReadOnlySpan<byte> line, long endOffset, bool isHistory);
}
