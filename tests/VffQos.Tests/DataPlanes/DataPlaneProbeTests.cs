using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using VffNetlink.Testing;
using VffQos.DataPlanes;
using VffQos.Shaping;
using VffQos.Tests.Shaping;

namespace VffQos.Tests.DataPlanes;

[Trait("Category", "Kernel")]
public class DataPlaneProbeTests
{
    private readonly DataPlaneProbe _probe = new(NullLogger.Instance);

    [Fact]
    public void Maps_pass_on_every_kernel()
    {
        Requires.Namespaces();
        Assert.Null(_probe.Try(DataPlaneKind.Maps));
    }

    [Fact]
    public void Marks_pass_where_the_kernel_has_the_parts()
    {
        Requires.Namespaces();
        ShapingLab.RequireMarks();
        Assert.Null(_probe.Try(DataPlaneKind.Marks));
    }

    [Fact]
    public void Marks_are_taken_when_asked_for_or_refused_by_the_names_of_what_is_missing()
    {
        Requires.Namespaces();
        if (_probe.Try(DataPlaneKind.Marks) is null)
        {
            Assert.Equal(DataPlaneKind.Marks, _probe.Choose(DataPlaneKind.Marks).Kind);
            return;
        }

        var exception = Assert.Throws<ShapingException>(() => _probe.Choose(DataPlaneKind.Marks));
        Assert.Contains("cls_fw", exception.Message, StringComparison.Ordinal);
        Assert.Contains("act_ctinfo", exception.Message, StringComparison.Ordinal);
        Assert.Contains("CONFIG_CLS_U32_MARK", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Auto_takes_maps_and_says_why()
    {
        Requires.Namespaces();
        var chosen = _probe.Choose(null);
        Assert.Equal(DataPlaneKind.Maps, chosen.Kind);
        Assert.EndsWith(".", chosen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_probe_leaves_nothing_behind_and_takes_well_under_a_second()
    {
        Requires.Namespaces();
        var devices = Directory.GetFileSystemEntries("/sys/class/net").Length;
        // The best of some: a machine that does other things at the same time is no slower kernel.
        var elapsed = Enumerable.Range(0, 5).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Null(_probe.Try(DataPlaneKind.Maps));
            return Stopwatch.GetElapsedTime(start);
        });
        // An emulated processor is some ten times slower.
        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("VFFNETLINK_VM") is null ? 0.8 : 8));
        Assert.Equal(devices, Directory.GetFileSystemEntries("/sys/class/net").Length);
    }
}
