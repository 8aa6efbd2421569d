using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using VffQos.Marks;
using VffQos.State;

namespace VffQos.Tests.State;

public sealed class StateDatabaseTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("vffqos-state-").FullName;

    private string DatabaseFile => Path.Combine(_directory, StateDatabase.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void KilledWriter_LosesNothingThatItWasToldIsOnDisk()
    {
        var report = Path.Combine(_directory, "report");
        var random = new Random();
        var told = 0;
        for (var round = 0; round < 3; round++)
        {
            using (var writer = StateWriter.StartUntilKilled(_directory, report))
            {
                // Killed in the middle of its work: after at least a few more users, and a moment that differs.
                Assert.True(SpinWait.SpinUntil(() => writer.HasExited || Told(report).Count > told + 20, TimeSpan.FromSeconds(60)));
                Thread.Sleep(random.Next(20));
                writer.Kill();
                writer.WaitForExit();
                Assert.True(writer.ExitCode == 137, writer.StandardError.ReadToEnd());
            }

            var users = Told(report);
            var before = Snapshot();
            var read = StateDatabase.Read(_directory);
            Assert.Equal(before, Snapshot());
            Assert.Empty(users.Except(read.Users.Select(u => u.Name)));
            Assert.All(read.Users, user => Assert.Equal($"user{user.Index}", user.Name));
            told = users.Count;
        }

        using var store = StateStore.Open(_directory, () => { }, NullLogger.Instance);
        Assert.True(store.Contents.Users.Count >= told);
        Assert.True(store.Contents.Positions["/log"].Offset > 0);
    }

    [Fact]
    public void Reader_BesideARunningStore_ChangesNothing()
    {
        using var store = Open();
        store.SaveUser(User("alice", 2));
        store.Flush();
        // Within one process SQLite's connections share the index in shared memory, so the reader shows in it here.
        var before = Snapshot(isShared: true);
        Assert.Equal("alice", Assert.Single(StateDatabase.Read(_directory).Users).Name);
        Assert.Equal(before, Snapshot(isShared: true));
        store.SaveUser(User("bob", 3));
        store.Flush();
        Assert.Equal(2, StateDatabase.Read(_directory).Users.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reader_OfWhatACrashLeft_ChangesNothing(bool withSharedMemory)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_directory, "a ?#% copy")).FullName;
        using (var store = Open())
        {
            store.SaveUser(User("alice", 2));
            store.Flush();
            foreach (var suffix in (string[])(withSharedMemory ? ["", "-wal", "-shm"] : ["", "-wal"]))
                File.Copy(DatabaseFile + suffix, Path.Combine(copy, StateDatabase.FileName + suffix));
        }

        var before = Snapshot();
        Assert.Equal("alice", Assert.Single(StateDatabase.Read(copy).Users).Name);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Reader_OfAClosedStore_ChangesNothing()
    {
        using (var store = Open())
            store.SaveUser(User("alice", 2));
        var before = Snapshot();
        Assert.Single(StateDatabase.Read(_directory).Users);
        Assert.Equal(before, Snapshot());
        Assert.DoesNotContain(before, f => f.Name.StartsWith("state.db-", StringComparison.Ordinal));
    }

    [Fact]
    public void Readers_WhileStoresComeAndGo_AlwaysGetAWholeState()
    {
        // Two processes, as in life: within one SQLite's connections share more than files.
        using (Open())
        {
        }

        using var writer = StateWriter.StartComingAndGoing(_directory);
        var reads = 0;
        for (; !writer.HasExited; reads++)
        {
            var users = StateDatabase.Read(_directory).Users.Select(u => (int)u.Index).Order().ToArray();
            Assert.Equal(Enumerable.Range(MarkSpace.FirstIndex, users.Length), users);
        }

        Assert.True(writer.ExitCode == 0, writer.StandardError.ReadToEnd());
        Assert.True(reads > 10, $"only {reads} reads");
        Assert.Equal(StateWriter.ComingAndGoing, StateDatabase.Read(_directory).Users.Count);
    }

    [Fact]
    public void EmptyFile_IsNotTakenForAFirstStart()
    {
        File.WriteAllText(DatabaseFile, "");
        Assert.Contains("is empty or not vffqos's", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
        Assert.Contains(DatabaseFile, Assert.Throws<StateException>(() => StateDatabase.Read(_directory)).Message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(DatabaseFile).Length);
    }

    [Fact]
    public void LogWithoutItsFile_IsNotTakenForAFirstStart()
    {
        File.WriteAllText(DatabaseFile + "-wal", "x");
        Assert.Contains("is gone", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
        Assert.Contains("is gone", Assert.Throws<StateException>(() => StateDatabase.Read(_directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnfinishedFile_OfAFirstStart_IsMadeAnew()
    {
        File.WriteAllText(DatabaseFile + ".new", "half");
        using (var store = Open())
            store.SaveUser(User("alice", 2));
        Assert.Single(StateDatabase.Read(_directory).Users);
        Assert.False(File.Exists(DatabaseFile + ".new"));
    }

    [Fact]
    public void DatabaseOfSomebodyElse_IsLeftAlone()
    {
        Sql("CREATE TABLE theirs (x)", SqliteOpenMode.ReadWriteCreate);
        var before = Snapshot();
        Assert.Contains("not vffqos's", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot().Where(f => f.Name is not ("lock" or "pid")));
    }

    [Fact]
    public void DamagedPage_IsFoundAtTheStart()
    {
        using (var store = Open())
        {
            for (var index = 2; index < 2000; index++)
                store.SaveUser(User($"user{index}@example.com", index));
        }

        using (var file = new FileStream(DatabaseFile, FileMode.Open))
        {
            file.Seek(5 * 4096, SeekOrigin.Begin);
            file.Write(RandomNumberGenerator.GetBytes(2 * 4096));
        }

        var e = Assert.Throws<StateException>(Open);
        Assert.Contains(DatabaseFile, e.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO users VALUES ('alice', 1, 0, 0)", "\"alice\" the index 1")]
    [InlineData("INSERT INTO users VALUES ('alice', 65534, 0, 0)", "\"alice\" the index 65534")]
    [InlineData("INSERT INTO users VALUES ('a' || char(27), 5, 0, 0)", "whose name no source can have given")]
    public void ContentThatWeNeverWrite_IsRefused(string sql, string message)
    {
        using (Open())
        {
        }

        Sql(sql, SqliteOpenMode.ReadWrite);
        Assert.Contains(message, Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_IsForItsOwnerAlone_WhateverTheDirectory()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        using var store = Open();
        store.SaveUser(User("alice", 2));
        store.Flush();
        Assert.All(
            (string[])["", "-wal", "-shm"],
            suffix => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DatabaseFile + suffix)));
    }

    [Fact]
    public void EarlierVersion_IsUpgradedStepByStepAndKeepsItsContent()
    {
        using (var store = Open())
            store.SaveUser(User("alice", 2));
        using (var connection = Connect(SqliteOpenMode.ReadWrite))
            StateSchema.Upgrade(connection, [.. StateSchema.Steps, "ALTER TABLE users ADD COLUMN a INTEGER", "UPDATE users SET a = 7"]);
        Assert.Contains($"version {StateSchema.Steps.Count + 2}", Assert.Throws<StateException>(Open).Message, StringComparison.Ordinal);
        Sql($"PRAGMA user_version = {StateSchema.Steps.Count}", SqliteOpenMode.ReadWrite);
        using var again = Open();
        Assert.Single(again.Contents.Users);
    }

    [Fact]
    public void FailedStep_LeavesTheVersionBefore()
    {
        using (Open())
        {
        }

        using (var connection = Connect(SqliteOpenMode.ReadWrite))
            Assert.Throws<SqliteException>(() => StateSchema.Upgrade(connection, [.. StateSchema.Steps, "CREATE TABLE extra (x); SELECT nonsense"]));
        using var store = Open();
        Assert.Empty(store.Contents.Users);
    }

    [Fact]
    public void CommitThatFails_IsTriedAgainAndTellsNobodyBefore()
    {
        using var store = Open();
        Sql("CREATE TRIGGER no BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'the disk says no'); END", SqliteOpenMode.ReadWrite);
        store.SaveUser(User("alice", 2));
        // Until the store has tried: the trigger counts nothing, so look at what it must not do.
        Assert.False(SpinWait.SpinUntil(() => store.TryTakeDurable(out _), TimeSpan.FromMilliseconds(200)));
        Sql("DROP TRIGGER no", SqliteOpenMode.ReadWrite);
        Assert.True(SpinWait.SpinUntil(() => store.TryTakeDurable(out _), TimeSpan.FromSeconds(30)));
        Assert.Single(StateDatabase.Read(_directory).Users);
    }

    [Fact]
    public void ManyUsersAtOnce_ShareCommits()
    {
        using var store = Open();
        for (var index = 2; index < 5000; index++)
            store.SaveUser(User($"user{index}", index));
        store.Flush();
        var durable = 0;
        while (store.TryTakeDurable(out var name))
            Assert.Equal($"user{2 + durable++}", name);
        Assert.Equal(4998, durable);
    }

    private static List<string> Told(string report) =>
        File.Exists(report) ? [.. ReadShared(report).Split('\n')[..^1]] : [];

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private static MarkedUser User(string name, int index) => new(name, (ushort)index, (uint)index, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private StateStore Open() => StateStore.Open(_directory, () => { }, NullLogger.Instance);

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void Sql(string sql, SqliteOpenMode mode)
    {
        using var connection = Connect(mode);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Every file with its content and the time of its last change; the lock's content nobody else can read.</summary>
    private List<(string Name, string Hash, DateTime Changed)> Snapshot(bool isShared = false) =>
    [
        .. new DirectoryInfo(_directory).GetFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName).Select(f =>
            (f.Name, f.Name is "lock" || (isShared && f.Name.EndsWith("-shm", StringComparison.Ordinal)) ? "" : Hash(f.FullName), f.LastWriteTimeUtc)),
    ];

    private static string Hash(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
