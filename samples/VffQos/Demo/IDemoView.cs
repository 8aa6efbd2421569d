namespace VffQos.Demo;

/// <summary>Where the demonstration is seen.</summary>
internal interface IDemoView
{
    /// <summary>Shows moment after moment; the sequence brings each when it is there.</summary>
    void Follow(IEnumerable<DemoFrame> frames);

    /// <summary>Shows what was measured, and the verdict.</summary>
    void Summarize(DemoOutcome outcome);
}
