using System.Diagnostics;
using VffNetlink;
using VffNetlink.Testing;

namespace VffQos.Tests.Cli;

/// <summary>A process without any privilege that has the daemon's name in a network namespace.</summary>
internal sealed class Squatter : IDisposable
{
    private const string Script = """
        use Socket;
        socket(S, PF_UNIX, SOCK_STREAM, 0) or die;
        bind(S, pack("S a*", AF_UNIX, "\0vffqos")) or die;
        if ($ARGV[0]) { listen(S, 8) or die; }
        $| = 1;
        print "there\n";
        <STDIN>;
        """;

    private readonly Process _process;

    public Squatter(NetworkNamespace ns, bool listens, params ReadOnlySpan<string> before)
    {
        Requires.Tool("setpriv");
        Requires.Tool("perl");
        if (!File.ReadLines("/proc/self/uid_map").First().EndsWith(" 4294967295", StringComparison.Ordinal))
            Assert.Skip("needs a user namespace with all users");
        var start = new ProcessStartInfo("setpriv") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (ReadOnlySpan<string>)["--reuid=65534", "--regid=65534", "--clear-groups", .. before, "perl", "-e", Script, listens ? "1" : "0"])
            start.ArgumentList.Add(argument);
        _process = ns.Run(() => Process.Start(start)!);
        Assert.Equal("there", _process.StandardOutput.ReadLine());
    }

    public int Id => _process.Id;

    public void End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }
}
