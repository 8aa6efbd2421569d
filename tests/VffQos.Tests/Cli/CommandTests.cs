using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Testing;
using VffQos.Lab;
using VffQos.State;
using VffQos.Tests.Resilience;
using VffQos.Tests.Traffic;

namespace VffQos.Tests.Cli;

/// <summary>The program as an operator meets it: exit codes, sentences, signals, and that it never starts another program.</summary>
[Trait("Category", "Process")]
[Collection(nameof(TrafficCollection))]
public sealed class CommandTests : IDisposable
{
    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly string _folder = Directory.CreateTempSubdirectory("vffqos-cli-").FullName;
    private readonly string _config;

    public CommandTests()
    {
        _config = Path.Combine(_folder, "vffqos.jsonc");
        File.WriteAllText(_config,
            $$"""
            { "stateDirectory": "{{Path.Combine(_folder, "state")}}", "users": { "alice@example.com": { "upload": "4mbit", "download": "8mbit" } },
              "sources": [ { "type": "xray", "accessLog": "{{Path.Combine(_folder, "access.log")}}", "port": 443 } ] }
            """);
    }

    public static TheoryData<string> Commands => ["run", "plan", "status", "absent"];

    [Theory]
    [MemberData(nameof(Commands))]
    [InlineData("demo")]
    public void Without_The_Privilege_It_Is_One_Sentence_And_Exit_Code_2(string command)
    {
        using var network = Network();
        Requires.Tool("setpriv");
        string[] arguments = command == "demo" ? [command] : [command, "--config", _config];
        var (code, output, error) = DaemonProcess.RunUnder(network.Server, "setpriv", ["--bounding-set", "-all", "--inh-caps", "-all"], arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Matches("^vffqos[^\n]*CAP_[^\n]*\n$", error);
        Assert.False(Directory.Exists(Path.Combine(_folder, "state")));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Bad_Configuration_Is_Told_By_File_And_Line_And_Changes_Nothing(string command)
    {
        using var network = Network();
        var before = Everything(network);
        File.WriteAllText(_config, "{\n  \"celi\": \"1gbit\"\n}");
        var (code, _, error) = DaemonProcess.Run(network.Server, _config, command);
        Assert.Equal(2, code);
        Assert.Contains($"{_config}:2:", error, StringComparison.Ordinal);
        Assert.Equal(before, Everything(network));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public void Stopped_In_Order_It_Ends_With_0_And_The_Shaping_Stays(string signal)
    {
        using var network = Network();
        using var daemon = new DaemonProcess(network.Server, _config);
        daemon.WaitReady(_stop);
        Assert.Equal(0, daemon.Signal(signal));
        var (code, plan, error) = DaemonProcess.Run(network.Server, _config, "plan");
        Assert.True(code == 0 && plan.Contains("nothing to change", StringComparison.Ordinal), plan + error);
        Assert.Contains("htb 7ff1:", Witness.Run(network.Server, "tc", $"qdisc show dev {LabNetwork.WanName}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_Beside_A_Daemon_Is_Refused_Unless_Forced_And_Stops_It_First()
    {
        using var network = Network();
        using var daemon = new DaemonProcess(network.Server, _config);
        daemon.WaitReady(_stop);
        var (code, _, error) = DaemonProcess.Run(network.Server, _config, "absent");
        Assert.Equal(2, code);
        Assert.Contains($"process {daemon.Id}", error, StringComparison.Ordinal);
        (code, _, error) = DaemonProcess.Run(network.Server, _config, "run");
        Assert.Equal(2, code);
        Assert.Contains($"process {daemon.Id}", error, StringComparison.Ordinal);
        (code, _, error) = DaemonProcess.Run(network.Server, _config, "absent", "--force");
        Assert.True(code == 0, error);
        Assert.Equal(0, daemon.WaitEnded());
        Assert.DoesNotContain("vffqos", Witness.Run(network.Server, "ip", "link"), StringComparison.Ordinal);
        Assert.DoesNotContain("htb", Witness.Run(network.Server, "tc", "qdisc show"), StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_Clears_The_Kernel_And_Says_So_Where_The_State_Is_Broken()
    {
        using var network = Network();
        using var conntrack = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = network.Server });
        var before = Everything(network);
        var state = Path.Combine(_folder, "state");
        using (var daemon = new DaemonProcess(network.Server, _config))
        {
            daemon.WaitReady(_stop);
            File.AppendAllText(Path.Combine(_folder, "access.log"), Flow(conntrack, 40_000, "alice@example.com"));
            for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60); conntrack.List().All(static flow => flow.Mark is null or 0); _stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20)))
                Assert.True(DateTime.UtcNow < deadline, "the flow was never marked");
            Assert.Equal(0, daemon.Signal());
        }

        File.WriteAllText(Path.Combine(state, "state.db"), "This is no database, and nobody knows what it was.");
        var (code, output, error) = DaemonProcess.Run(network.Server, _config, "absent");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("What only the state knew is not", error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(state, "state.db"), error, StringComparison.Ordinal);
        Assert.Equal(before, Everything(network));
        Assert.All(conntrack.List(), static flow => Assert.Equal(0u, flow.Mark ?? 0));

        // A file where the directory should be, and nothing left to do.
        Directory.Delete(state, recursive: true);
        File.WriteAllText(state, "");
        (code, _, error) = DaemonProcess.Run(network.Server, _config, "absent");
        Assert.True(code == 1 && error.Contains($"The state directory {state} cannot be used", StringComparison.Ordinal), error);
    }

    [Fact]
    public void Absent_Leaves_A_State_That_Another_Process_Has()
    {
        using var network = Network();
        using var other = StateDirectory.Take(Path.Combine(_folder, "state"));
        var (code, _, error) = DaemonProcess.Run(network.Server, _config, "absent");
        Assert.True(code == 2 && error.Contains($"is in use by process {Environment.ProcessId}", StringComparison.Ordinal), error);
    }

    [Fact]
    public void Name_That_A_Stranger_Took_Is_Told_And_The_State_Keeps_A_Second_Daemon_Out()
    {
        using var network = Network();
        using var squatter = new Squatter(network.Server, listens: true);
        using var daemon = new DaemonProcess(network.Server, _config);
        daemon.WaitReady(_stop);
        Assert.Single(daemon.Log, line => line.Contains($"@vffqos of this network namespace is held by process {squatter.Id} of user 65534", StringComparison.Ordinal));
        foreach (var command in (ReadOnlySpan<string>)["run", "absent"])
        {
            var (code, _, error) = DaemonProcess.Run(network.Server, _config, command);
            Assert.True(code == 2 && error.Contains($"is in use by process {daemon.Id}", StringComparison.Ordinal), error);
        }

        Assert.Equal(0, daemon.Signal());
    }

    [Fact]
    public void Status_Has_The_Keys_That_Are_Documented_With_The_Daemon_Dead()
    {
        using var network = Network();
        using (var daemon = new DaemonProcess(network.Server, _config))
        {
            daemon.WaitReady(_stop);
            daemon.Kill();
        }

        var (code, output, error) = DaemonProcess.Run(network.Server, _config, "status", "--json");
        Assert.True(code == 0, error);
        var status = JsonDocument.Parse(output).RootElement;
        Assert.Equal(["process", "dataPlane", "reason", "wan", "ifb", "redirect", "flows", "upload", "download", "users", "counters"], Keys(status));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("process").ValueKind);
        Assert.Equal((LabNetwork.WanName, "vffqos0", true), (status.GetProperty("wan").GetString(), status.GetProperty("ifb").GetString(), status.GetProperty("redirect").GetBoolean()));
        var user = Assert.Single(status.GetProperty("users").EnumerateArray());
        Assert.Equal(["name", "mark", "class", "lastSeen", "upload", "download"], Keys(user));
        Assert.Equal(["limit", "rate", "bytes", "packets", "backlog", "drops"], Keys(user.GetProperty("upload")));
        Assert.Equal((4_000_000, 8_000_000), (user.GetProperty("upload").GetProperty("limit").GetInt64(), user.GetProperty("download").GetProperty("limit").GetInt64()));
    }

    [Fact]
    public void Whoever_Does_Not_Read_The_Log_Holds_Nobody_Up()
    {
        using var network = Network();
        File.WriteAllText(_config,
            $$"""
            { "stateDirectory": "{{Path.Combine(_folder, "state")}}", "markMask": "0x0000000f", "dataPlane": "maps",
              "users": { {{string.Join(", ", Enumerable.Range(0, 6000).Select(static i => $"\"user{i}@example.com\": {{ }}"))}} },
              "sources": [ { "type": "xray", "accessLog": "{{Path.Combine(_folder, "access.log")}}", "port": 443 } ] }
            """);
        // Each user for whom no mark is left is a line, and together they are more than a pipe and the logger's queue hold.
        using var daemon = DaemonProcess.StartUnread(network.Server, _config);
        for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60); !Witness.Run(network.Server, "nft", "list ruleset").Contains("fwd to", StringComparison.Ordinal); _stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100)))
            Assert.True(DateTime.UtcNow < deadline, "the daemon does not shape");
        Assert.Equal(0, daemon.Signal());
    }

    [Fact]
    public void Kernel_Without_Nfnetlink_Is_One_Sentence_And_Exit_Code_2()
    {
        using var network = Network();
        Requires.Tool("strace");
        // The runtime's own socket, links, traffic control; from then on there is none.
        var (code, output, error) = DaemonProcess.RunUnder(
            network.Server, "strace", ["-f", "-qq", "-o", "/dev/null", "-e", "trace=socket", "-e", "inject=socket:error=EPROTONOSUPPORT:when=4+"], "status", "--config", _config);
        Assert.Equal((2, ""), (code, output));
        Assert.Matches("^vffqos: [^\n]*modprobe nfnetlink[^\n]*\n$", error);
    }

    /// <summary>The system's inotify watches are used up, by whomever: the log is followed all the same, over a rotation, too.</summary>
    [Fact]
    public void Log_Is_Followed_Where_The_System_Has_No_Watch_To_Spare()
    {
        using var network = Network();
        Requires.Tool("strace");
        using var conntrack = ConntrackClient.Open(new NetlinkSocketOptions { Namespace = network.Server });
        var log = Path.Combine(_folder, "access.log");
        File.WriteAllText(log, "");
        using var daemon = new DaemonProcess(
            network.Server, _config, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=inotify_add_watch", "-e", "inject=inotify_add_watch:error=ENOSPC");
        daemon.WaitReady(_stop);
        File.AppendAllText(log, Flow(conntrack, 40_000, "bob"));
        WaitForUser("bob");
        File.Move(log, log + ".1");
        File.AppendAllText(log, Flow(conntrack, 40_001, "carol"));
        WaitForUser("carol");
        Assert.Single(daemon.Log, static line => line.Contains("cannot be watched", StringComparison.Ordinal));
        var (code, _, error) = DaemonProcess.Run(network.Server, _config, "absent", "--force");
        Assert.True(code == 0, error);
        Assert.Equal(0, daemon.WaitEnded());
    }

    [Fact]
    public void No_Command_Ever_Starts_A_Program()
    {
        using var network = Network();
        Requires.Tool("strace");
        Assert.Empty(Started(network, "plan", "--config", _config));
        Assert.Empty(Started(network, ["timeout", "--signal=TERM", "--preserve-status", "10"], "run", "--config", _config));
        Assert.Empty(Started(network, "status", "--config", _config));
        Assert.Empty(Started(network, "absent", "--config", _config));
        Assert.Empty(Started(network, "demo"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static LabNetwork Network()
    {
        Requires.Namespaces();
        return new LabNetwork(clients: 1);
    }

    /// <summary>Makes a flow of the first client's and returns its line.</summary>
    private static string Flow(ConntrackClient conntrack, int port, string user)
    {
        var client = new IPEndPoint(LabNetwork.ClientAddress(AddressFamily.InterNetwork, 1), port);
        var tuple = new ConntrackTuple(IpProtocol.Tcp, client, new IPEndPoint(LabNetwork.ServerAddress(AddressFamily.InterNetwork), 443));
        conntrack.Create(new Flow { Original = tuple, Reply = tuple.Inverted(), Timeout = TimeSpan.FromMinutes(5), Status = FlowStatus.Confirmed });
        return $"2026/11/21 10:00:00.123456 from {client} accepted tcp:1.1.1.1:53 [in -> direct] email: {user}\n";
    }

    private void WaitForUser(string name)
    {
        for (var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(60); StateDatabase.Read(Path.Combine(_folder, "state")).Users.All(user => user.Name != name); _stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20)))
            Assert.True(DateTime.UtcNow < deadline, $"{name} was never seen");
    }

    /// <summary>What the kernel holds, but for what changes by itself, such as a carrier.</summary>
    private static string Everything(LabNetwork network) => string.Join(
        '\n',
        string.Join(' ', JsonDocument.Parse(Witness.Run(network.Server, "ip", "-j", "link")).RootElement.EnumerateArray().Select(static link => link.GetProperty("ifname").GetString())),
        Witness.Run(network.Server, "tc", "qdisc show"),
        Witness.Run(network.Server, "nft", "list ruleset"));

    private static List<string> Keys(JsonElement element) => [.. element.EnumerateObject().Select(static p => p.Name)];

    private List<string> Started(LabNetwork network, params string[] arguments) => Started(network, [], arguments);

    /// <summary>The system calls of a command that begin another process, its own beginning apart.</summary>
    private List<string> Started(LabNetwork network, string[] before, params string[] arguments)
    {
        var trace = Path.Combine(_folder, "trace");
        var (code, output, error) = DaemonProcess.RunUnder(
            network.Server, before.Length > 0 ? before[0] : "strace",
            [.. before.Skip(1), .. before.Length > 0 ? (string[])["strace"] : [], "-f", "-qq", "-e", "trace=execve,execveat,fork,vfork,clone,clone3", "-e", "signal=none", "-o", trace],
            arguments);
        Assert.True(code == 0, $"{arguments[0]}: exit code {code}: {error}{output}");
        var calls = File.ReadAllLines(trace);
        Assert.Contains("execve(", calls[0], StringComparison.Ordinal);
        return [.. calls.Skip(1).Where(static call => call.Contains('(', StringComparison.Ordinal) && !call.Contains("CLONE_THREAD", StringComparison.Ordinal) && !call.Contains("resumed>", StringComparison.Ordinal))];
    }
}
