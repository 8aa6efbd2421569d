namespace VffQos.Demo;

/// <summary>What the demonstration measured.</summary>
/// <param name="Window">How long.</param>
/// <param name="Readings">The rates over all of the window, user by user.</param>
internal sealed record DemoOutcome(TimeSpan Window, IReadOnlyList<DemoReading> Readings)
{
    /// <summary>Whether every user was held to both limits and reached them.</summary>
    public bool IsSuccess => Readings.All(static r => r.IsWithin);

    /// <summary>The verdict in one sentence; it names who was not where the limits are.</summary>
    public string Verdict => IsSuccess
        ? $"Every user was within {DemoReading.Tolerance:0 %} of both limits."
        : $"Not within {DemoReading.Tolerance:0 %} of both limits: {string.Join(", ", Readings.Where(static r => !r.IsWithin).Select(static r => r.User.Name))}.";
}
