namespace VffNetlink.Fuzzing.Tests;

/// <summary>What a run that memory killed leaves behind.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void It_Tells_The_Message_While_The_Run_Is_Not_Over()
    {
        using var journal = new FuzzJournal(_path, 17);
        journal.Enter(3);
        journal.Enter(4_000_000_000);
        Assert.Equal((17UL, 4_000_000_000L), FuzzJournal.Read(_path));
    }

    [Fact]
    public void A_Run_That_Ends_By_Itself_Leaves_None()
    {
        new FuzzJournal(_path, 17).Dispose();
        Assert.False(File.Exists(_path));
        Assert.Null(FuzzJournal.Read(_path));
    }

    [Fact]
    public void A_Run_Enters_Each_Message()
    {
        using (var journal = new FuzzJournal(_path, 5))
        {
            using var run = new FuzzRun(FuzzSuite.Load(), 5);
            run.Run(100, 20, journal, TestContext.Current.CancellationToken);
            Assert.Equal((5UL, 119L), FuzzJournal.Read(_path));
        }
    }
}
