using System.Diagnostics;

namespace VffNetlink.Fuzzing.Tests;

/// <summary>Whatever bytes come, every reader ends with values or with <see cref="NetlinkFormatException"/>. <c>tests/fuzz</c> does the same for longer.</summary>
public class FuzzTests
{
    private const ulong Seed = 20261122;

    // What the code does with a message does not depend on the kernel; an emulated machine (tests/vm) only has to see that it runs.
    private static readonly bool IsEmulated = Environment.GetEnvironmentVariable("VFFNETLINK_VM") is not null;
    private static readonly int Messages = IsEmulated ? 3_000 : 100_000;

    [Fact]
    public void Every_Reader_Ends_With_Values_Or_A_Format_Error()
    {
        var suite = FuzzSuite.Load();
        var run = new FuzzRun(suite, Seed); // stays where it is if it hangs
        var started = Stopwatch.GetTimestamp();
        var hung = FuzzSupervisor.Watch(run, () => run.Run(0, Messages));
        Assert.True(hung is null, hung is { } number ? $"a reader hangs: {Convert.ToHexString(new FuzzRun(suite, Seed).Make(number))}" : "");
        Assert.True(run.Faults.Count == 0, string.Join('\n', run.Faults));
        var report = new FuzzReport(run, Stopwatch.GetElapsedTime(started));
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.Equal(Messages, run.Messages);
        Assert.InRange(report.StructuredShare, 0.5, 0.7);
        // Both ends were met by every reader.
        if (!IsEmulated)
            Assert.All(report.Lowest, static c => Assert.True(c.Count > 0, $"{c.Reader} never met {c.Attribute}"));
        Assert.All(run.Tallies, static t => Assert.InRange(t.Refused, 0, t.Messages - 1));
        run.Dispose();
    }

    [Fact]
    public void A_Message_Depends_On_Its_Number_Alone()
    {
        var suite = FuzzSuite.Load();
        using var forward = new FuzzRun(suite, Seed);
        using var backward = new FuzzRun(suite, Seed);
        var messages = Enumerable.Range(0, 500).Select(i => forward.Make(i)).ToList();
        for (var i = messages.Count - 1; i >= 0; i--)
            Assert.Equal(messages[i], backward.Make(i));
        using var other = new FuzzRun(suite, Seed + 1);
        Assert.NotEqual(messages[0], other.Make(0));
    }

    [Fact]
    public void Captures_Are_Read_By_Whom_They_Are_For()
    {
        var suite = FuzzSuite.Load();
        Assert.InRange(suite.Captures.Count, 300, int.MaxValue);
        using var run = new FuzzRun(suite, Seed);
        var idle = new List<string>();
        for (var i = 0; i < suite.Targets.Count; i++)
        {
            // A space that no capture has is filled from its names alone.
            var taken = suite.Seeds[i].Count(seed => run.IsTaken(i, seed));
            if (suite.Seeds[i].Count > 0 && taken == 0)
                idle.Add(suite.Targets[i].Name);
        }

        Assert.Empty(idle);
        Assert.Empty(run.Faults);
    }
}
