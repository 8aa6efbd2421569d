namespace VffQos.Demo;

/// <summary>One moment of the demonstration.</summary>
/// <param name="Elapsed">Since all users' traffic runs.</param>
/// <param name="IsMeasuring">Whether the ramp is over: what comes now counts.</param>
/// <param name="Readings">The rates of the last second, user by user.</param>
internal sealed record DemoFrame(TimeSpan Elapsed, bool IsMeasuring, IReadOnlyList<DemoReading> Readings);
