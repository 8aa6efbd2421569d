using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using VffNetlink.Benchmarks.Micro;

// "quick" measures briefly, in this process; it fails where anything was allocated. Otherwise BenchmarkDotNet's own command line.
if (args is not ["quick"])
{
    BenchmarkSwitcher.FromAssembly(typeof(BuildMessages).Assembly).Run(args);
    return 0;
}

var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithIterationTime(TimeInterval.FromMilliseconds(100)).WithToolchain(InProcessEmitToolchain.Instance))
    .WithOptions(ConfigOptions.DisableLogFile);
var summaries = BenchmarkRunner.Run([typeof(BuildMessages), typeof(ReadMessages)], config);
var failed = summaries.Any(static s => s.Reports.Length == 0 || s.HasCriticalValidationErrors);
foreach (var report in summaries.SelectMany(static s => s.Reports))
{
    // Of all operations together: what is rare would be rounded away. What was not measured (null) was not shown to be 0.
    if (report.Success && report.GcStats.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) is 0)
        continue;
    Console.Error.WriteLine($"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}: failed, or allocated, where 0 bytes are promised");
    failed = true;
}

return failed ? 1 : 0;
