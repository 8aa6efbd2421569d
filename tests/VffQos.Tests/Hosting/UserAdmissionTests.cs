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

[Trait("Category", "Kernel")]
public sealed class UserAdmissionTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "vffqos-admission-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>The WAN is gone just when marks are taken back: the newcomer gets one all the same, and nobody dies of it.</summary>
    [Fact]
    public void Marks_Are_Taken_Back_While_The_Kernel_Refuses_To_Remove_Classes()
    {
        Requires.Namespaces();
        using var network = new LabNetwork(clients: 1);
        var time = new FakeClock();
        var kernel = new FakeConntrack();
        var config = new VffQosConfig { Marks = new MarkSpace(0xf) };
        var marks = new MarkRegistry(config.Marks, time, [], [], out _);
        Directory.CreateDirectory(_directory);
        using var store = StateStore.Open(_directory, static () => { }, NullLogger.Instance);
        using var conntrack = network.Server.Run(() => new ConntrackFlows(0xf, [443]));
        using var shaper = new BrokenShaper();
        var admission = new UserAdmission(config, marks, store, shaper, conntrack, time, NullLogger.Instance);
        var engine = new FlowEngine(marks, kernel, kernel, new LocalAddresses(), new VffQos.Flows.FlowOptions { Ports = [[443]] }, admission.Ask, time);
        admission.Engine = engine;
        for (var i = 0; i < config.Marks.Capacity; i++)
        {
            Assert.True(marks.TryAssign(System.Text.Encoding.UTF8.GetBytes("user" + i), out var user, out _));
            engine.AddReadyUser(user);
        }

        time.Advance(TimeSpan.FromHours(25));
        var late = new FlowUser("late") { IsAwaited = true };
        admission.Ask(late);
        Assert.Equal(config.Marks.Capacity, shaper.Removed);
        Assert.NotNull(late.Marked);
        store.Flush();
        admission.Work();
        Assert.True(late.IsReady);
    }

    private sealed class BrokenShaper : IShaper
    {
        public int Removed { get; private set; }

        public ChosenDataPlane Plane => throw new NotSupportedException();

        public IFlowTable Flows => throw new NotSupportedException();

        public IFlowTable LeftFlows => throw new NotSupportedException();

        public ILinkGuard Guard => throw new NotSupportedException();

        public ShapingPlan Plan(IReadOnlyCollection<UserShape> users) => throw new NotSupportedException();

        public void Converge(IReadOnlyCollection<UserShape> users) => throw new NotSupportedException();

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
}
