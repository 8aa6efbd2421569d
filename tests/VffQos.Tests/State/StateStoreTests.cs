using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink;
using VffNetlink.Conntrack;
using VffQos.Flows;
using VffQos.Hosting;
using VffQos.Marks;
using VffQos.Sources.Logs;
using VffQos.State;
using VffQos.Tests.Flows;

namespace VffQos.Tests.State;

public sealed class StateStoreTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "vffqos-state-" + Guid.NewGuid().ToString("N"));
    private readonly ManualResetEventSlim _woken = new();

    [Fact]
    public void What_Is_Stored_Is_There_After_A_Restart()
    {
        using (var store = Open())
        {
            Assert.Empty(store.Contents.Users);
            store.SaveUser(Alice());
            store.SavePosition("/var/log/x", new LogPosition(5, ulong.MaxValue, 77, ulong.MaxValue - 1));
            store.Set("txqueuelen", "0");
            store.Set("gone", "1");
            store.Set("gone", null);
        }

        using var again = Open();
        var user = Assert.Single(again.Contents.Users);
        Assert.Equal(("alice", (ushort)2), (user.Name, user.Index));
        Assert.Equal(new LogPosition(5, ulong.MaxValue, 77, ulong.MaxValue - 1), again.Contents.Positions["/var/log/x"]);
        Assert.Equal("0", again.Get("txqueuelen"));
        Assert.Null(again.Get("gone"));
    }

    [Fact]
    public void Durable_Users_Are_Told_Only_Once_They_Can_Be_Read_By_Another_Connection()
    {
        using var store = Open();
        store.SaveUser(Alice());
        Assert.True(_woken.Wait(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.True(store.TryTakeDurable(out var name));
        Assert.Equal("alice", name);
        Assert.Single(StateDatabase.Read(_directory).Users);
        Assert.False(store.TryTakeDurable(out _));
    }

    [Fact]
    public void Remembered_Flows_Survive_A_Restart_And_Come_Back_As_Their_Users()
    {
        var time = new FakeClock();
        var kernel = new FakeConntrack();
        var marks = new MarkRegistry(new MarkSpace(0xffff), time, [], [], out _);
        Assert.True(marks.TryAssign("alice"u8, out var alice, out _));
        FlowEngine Engine() => new(marks, kernel, kernel, new LocalAddresses(), new FlowOptions { Ports = [[443]] }, static _ => { }, time);
        ConntrackTuple Tuple(string client, IpProtocol protocol) => new(protocol, IPEndPoint.Parse(client), IPEndPoint.Parse(client.StartsWith('[') ? "[2001:db8::1]:443" : "192.0.2.1:443"));
        var ended = Tuple("203.0.113.7:5000", IpProtocol.Udp);
        var live = Tuple("[2001:db8::7]:5001", IpProtocol.Udp);
        var tcp = Tuple("203.0.113.7:5002", IpProtocol.Tcp);
        using (var store = Open())
        {
            var engine = Engine();
            var keeper = new FlowKeeper(engine, store, time);
            Assert.Null(keeper.UntilSave);
            engine.Memory.SetLive(tcp, alice.Index, 1, 1);
            Assert.Null(keeper.UntilSave);
            engine.Memory.SetLive(ended, alice.Index, 2, 1);
            engine.Memory.SetLive(live, alice.Index, 3, 1);
            engine.EntryEnded(ended, 2);
            Assert.Equal(TimeSpan.FromMinutes(1), keeper.UntilSave);
            time.Advance(TimeSpan.FromMinutes(4));
            keeper.SaveWhenDue();
            Assert.Null(keeper.UntilSave);
        }

        time.Advance(TimeSpan.FromMinutes(5));
        kernel.Begin(ended);
        kernel.Events.Clear();
        using var again = Open();
        var next = Engine();
        next.AddReadyUser(alice);
        var flows = FlowKeeper.Read(again.Contents.Flows, marks, time).ToList();
        Assert.Equal([new EndedFlow(ended, alice.Index, TimeSpan.FromMinutes(9)), new EndedFlow(live, alice.Index, TimeSpan.FromMinutes(5))], flows);
        next.Load([], new Dictionary<ConntrackTuple, (ushort, uint)>(), flows);
        Assert.Equal(alice.Mark, kernel.Entries[ended].Mark);
        var id = kernel.Begin(live);
        kernel.Deliver(next);
        Assert.Equal((alice.Index, id), kernel.Table[live]);

        // Whoever has the number now had it not when the flows were kept.
        var others = new MarkRegistry(new MarkSpace(0xffff), time, [new StoredUser("bob", alice.Index, time.GetUtcNow(), time.GetUtcNow())], [], out _);
        Assert.Empty(FlowKeeper.Read(again.Contents.Flows, others, time));
        Assert.Throws<StateException>(() => new FlowSnapshot(time.GetUtcNow(), new byte[43]).Flows(time.GetUtcNow()));
    }

    [Fact]
    public void Lazy_Changes_Are_Written_Within_Seconds_Without_Any_Other()
    {
        using var store = Open();
        store.SavePosition("/x", new LogPosition(1, 2, 3, 9));
        store.SavePosition("/x", new LogPosition(1, 2, 4, 9));
        Assert.True(SpinWait.SpinUntil(() => StateDatabase.Read(_directory).Positions.ContainsKey("/x"), TimeSpan.FromSeconds(10)));
        Assert.Equal(4, StateDatabase.Read(_directory).Positions["/x"].Offset);
    }

    [Fact]
    public void Disk_That_Takes_Nothing_Holds_Nobody_Up_And_Loses_Nothing()
    {
        using var store = Open();
        var file = Path.Combine(_directory, StateDatabase.FileName);
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            store.SaveUser(Alice());
            store.Set("txqueuelen", "7");
            Assert.Equal("7", store.Get("txqueuelen"));
            Assert.Contains("could not be written within 3 s", Assert.Throws<StateException>(store.Flush).Message, StringComparison.Ordinal);
            Assert.False(store.TryTakeDurable(out _));
        }

        Assert.True(SpinWait.SpinUntil(() => store.TryTakeDurable(out _), TimeSpan.FromSeconds(60)));
        store.Flush();
        Assert.Equal("7", StateDatabase.Read(_directory).Facts["txqueuelen"]);
    }

    [Fact]
    public void Second_Process_Is_Told_Who_Holds_The_Directory()
    {
        using var store = Open();
        var error = Assert.Throws<StateException>(() => Open());
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_Of_Nothing_Makes_Nothing()
    {
        Assert.Same(StateContents.Empty, StateDatabase.Read(_directory));
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public void Reader_Beside_A_Closed_Store_Leaves_One_File_As_It_Was()
    {
        using (var store = Open())
            store.SaveUser(Alice());
        var before = Snapshot();
        Assert.Single(StateDatabase.Read(_directory).Users);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("not a database at all, by no means, not even a little bit, whatever you may think of it, there is none here to be found, never")]
    public void Damaged_File_Is_Named_And_Kept(string text)
    {
        Directory.CreateDirectory(_directory);
        var file = Path.Combine(_directory, StateDatabase.FileName);
        File.WriteAllText(file, text);
        Assert.Contains(file, Assert.Throws<StateException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Contains(file, Assert.Throws<StateException>(() => StateDatabase.Read(_directory)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void Newer_Version_Is_Refused()
    {
        using (Open())
        {
        }

        var file = Path.Combine(_directory, StateDatabase.FileName);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("version 99", Assert.Throws<StateException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Directory_Is_For_Its_Owner_Alone()
    {
        using var store = Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_directory));
    }

    public void Dispose()
    {
        _woken.Dispose();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private StateStore Open() => StateStore.Open(_directory, _woken.Set, NullLogger.Instance);

    private List<(string, long, DateTime)> Snapshot() =>
        [.. new DirectoryInfo(_directory).GetFiles().OrderBy(f => f.Name).Select(f => (f.Name, f.Length, f.LastWriteTimeUtc))];

    private static MarkedUser Alice() => new("alice", 2, 2, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
