using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink;
using VffNetlink.Testing;
using VffQos.Configuration;
using VffQos.DataPlanes;
using VffQos.Flows;
using VffQos.Hosting;
using VffQos.Lab;
using VffQos.Marks;
using VffQos.Shaping;
using VffQos.State;
using VffQos.Tests.Flows;

namespace VffQos.Tests.Hosting;

[Trait("Category", "Native")]
public sealed class UserAdmissionTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "vffqos-admission-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>The WAN is gone just when marks are taken back: the newcomer gets one all the same, and nobody dies of it.</summary>
    [Fact]
    public void Marks_Are_Taken_Back_While_The_Kernel_Refuses_To_Remove_Classes()
    {
        using var full = new FullNode(_directory, 0xf);
        full.Time.Advance(TimeSpan.FromHours(25));
        var late = full.Ask("late");
        Assert.Equal(full.Marks.Space.Capacity, full.Shaper.Removed);
        Assert.NotNull(late.Marked);
        full.Store.Flush();
        full.Admission.Work();
        Assert.True(late.IsReady);
    }

    [Fact]
    public void Who_Lost_The_Mark_And_Is_Back_At_Once_Waits_Until_The_New_One_Is_On_Disk()
    {
        using var full = new FullNode(_directory, 0xf);
        full.Time.Advance(TimeSpan.FromHours(25));
        full.Ask("late");
        full.Store.Flush(); // the loss of the marks is on disk, and nobody has looked yet
        FlowUser back;
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_directory, StateDatabase.FileName)};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            back = full.Ask("user0");
            full.Admission.Work();
            Assert.False(back.IsReady);
        }

        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                full.Admission.Work();
                return back.IsReady;
            },
            TimeSpan.FromSeconds(60)));
        Assert.Contains(StateDatabase.Read(_directory).Users, user => user.Name == "user0" && user.Index == back.Marked!.Index);
    }

    [Fact]
    public void Refusing_Costs_No_Look_At_All_Users_And_Is_Over_A_Minute_After_Some_Are_Away()
    {
        using var full = new FullNode(_directory, 0xffff);
        var refused = new FlowUser("late") { IsAwaited = true };
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20_000; i++)
            full.Admission.Ask(refused);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 1); // 20,000 looks at 65,000 users are many
        Assert.Null(refused.Marked);

        full.Time.Advance(TimeSpan.FromHours(25));
        Assert.NotNull(full.Ask("late").Marked);
    }

    private sealed class BrokenShaper : IShaper
    {
        public int Removed { get; private set; }

        public ChosenDataPlane Plane => throw new NotSupportedException();

        public IFlowTable Flows => throw new NotSupportedException();

        public IFlowTable LeftFlows => throw new NotSupportedException();

        public ILinkGuard Guard => throw new NotSupportedException();

        public ShapingPlan Plan(IReadOnlyCollection<UserShape> users) => throw new NotSupportedException();

        public void Converge(IReadOnlyCollection<UserShape> users, Action? fill) => throw new NotSupportedException();

        public void AddOrChangeUsers(ReadOnlySpan<UserShape> users) => throw new NetlinkException(new NetlinkError(Errno.ENODEV), "RTM_NEWTCLASS");

        public void RemoveUsers(ReadOnlySpan<ushort> indexes)
        {
            Removed = indexes.Length;
            throw new NetlinkException(new NetlinkError(Errno.ENODEV), "RTM_DELTCLASS");
        }

        public void WithdrawRedirect() => throw new NotSupportedException();

        public void RestoreRedirect() => throw new NotSupportedException();

        public ShapingSnapshot Read() => throw new NotSupportedException();

        public void Absent(OurMarks marks) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    /// <summary>An admission on a node whose marks are all given away.</summary>
    private sealed class FullNode : IDisposable
    {
        private readonly LabNetwork _network;
        private readonly ConntrackFlows _conntrack;

        public FullNode(string directory, uint mask)
        {
            Requires.Namespaces();
            _network = new LabNetwork(clients: 1);
            _conntrack = _network.Server.Run(() => new ConntrackFlows(mask, [443]));
            var config = new VffQosConfig { Marks = new MarkSpace(mask) };
            var kernel = new FakeConntrack();
            Marks = new MarkRegistry(config.Marks, Time, [], [], out _);
            Directory.CreateDirectory(directory);
            Store = StateStore.Open(directory, static () => { }, NullLogger.Instance);
            Admission = new UserAdmission(config, Marks, Store, Shaper, _conntrack, Time, NullLogger.Instance);
            var engine = new FlowEngine(Marks, kernel, kernel, new LocalAddresses(), new VffQos.Flows.FlowOptions { Ports = [[443]] }, Admission.Ask, Time);
            Admission.Engine = engine;
            for (var i = 0; i < config.Marks.Capacity; i++)
            {
                Assert.True(Marks.TryAssign(System.Text.Encoding.UTF8.GetBytes("user" + i), out var user, out _));
                engine.AddReadyUser(user);
            }
        }

        public FakeClock Time { get; } = new();

        public MarkRegistry Marks { get; }

        public StateStore Store { get; }

        public BrokenShaper Shaper { get; } = new();

        public UserAdmission Admission { get; }

        public FlowUser Ask(string name)
        {
            var user = new FlowUser(name) { IsAwaited = true };
            Admission.Ask(user);
            return user;
        }

        public void Dispose()
        {
            Store.Dispose();
            Shaper.Dispose();
            _conntrack.Dispose();
            _network.Dispose();
        }
    }
}
