using System.Globalization;
using VffNetlink.Benchmarks.Macro;

// vffqos-macro VFFQOS SECONDS_LATENCY SECONDS_FLOOD [LINES_PER_SECOND]
// Starts the daemon VFFQOS (a published or built binary) in a network namespace of its own, with flows that have no packets, and measures:
// the way from a line to a shaped flow at 1,000 lines a second, the daemon's appetite meanwhile and when nothing happens, and whether it
// keeps up with a flood of lines that each change a mark.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: vffqos-macro VFFQOS SECONDS_LATENCY SECONDS_FLOOD [LINES_PER_SECOND]");
    return 2;
}

int Number(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
using var bench = new DaemonBench(args[0]);
bench.Start();
var passed = bench.Quiet(TimeSpan.FromSeconds(10));
passed &= bench.Latency(1_000, Number(1));
passed &= bench.Flood(args.Length > 3 ? Number(3) : 20_000, Number(2));
return passed ? 0 : 1;
