using System.Globalization;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffQos.Configuration;
using VffQos.DataPlanes;
using VffQos.Lab;
using VffQos.Users;

namespace VffQos.Tests.Traffic;

/// <summary>A laboratory with the daemon on it; what the sockets count is checked against what the kernel counts.</summary>
internal sealed class TrafficScene : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(7);

    private readonly CancellationToken _stop = TestContext.Current.CancellationToken;
    private readonly string _folder;
    private readonly TestLoggers _loggers = new();
    private readonly VffQosConfig _config;
    private readonly LabDaemon _daemon;

    /// <summary>Makes the laboratory and starts the daemon; skips the test where the kernel cannot do the data plane.</summary>
    /// <param name="plane">The data plane to be tested, as the configuration calls it.</param>
    /// <param name="config">What the test wants, users apart.</param>
    /// <param name="users">Whose limits go into the configuration.</param>
    public TrafficScene(string plane, VffQosConfig config, params ReadOnlySpan<LabUser> users)
    {
        Requires.Namespaces();
        var kind = Enum.Parse<DataPlaneKind>(plane, ignoreCase: true);
        if (kind == DataPlaneKind.Marks)
            KernelParts.RequireMarks();
        // Not before the test may skip: then nobody would delete it.
        _folder = Directory.CreateTempSubdirectory("vffqos-traffic-").FullName;
        var log = Path.Combine(_folder, "access.log");
        _config = config with
        {
            DataPlane = kind,
            StateDirectory = Path.Combine(_folder, "state"),
            Users = users.ToArray().ToDictionary(static u => u.Name, static u => new UserLimits(u.Upload, u.Download), Utf8NameComparer.Instance),
            Sources = [new XraySource(log, [443, 8443])],
        };
        Lab = new TrafficLab(log, 443, 8443);
        _daemon = new LabDaemon(Lab.Network, _config, _loggers);
        try
        {
            _daemon.WaitReady(_stop);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TrafficLab Lab { get; }

    /// <summary>Opens the flows of users and waits until all stand.</summary>
    public void Open(params ReadOnlySpan<LabUser> users)
    {
        foreach (var user in users)
            user.Open(Lab);
        Lab.WaitEstablished(Patience, _stop);
    }

    /// <summary>The class of a user on the WAN and on the IFB, once the daemon has made them.</summary>
    public (TcHandle Download, TcHandle Upload) ClassesOf(LabUser user)
    {
        TcHandle download = default, upload = default;
        WaitUntil(
            () => Download().ByCeiling.TryGetValue(user.Download, out var onWan) && (download = onWan.Id) != default
                && Upload().ByCeiling.TryGetValue(user.Upload, out var onIfb) && (upload = onIfb.Id) != default,
            $"there are classes of {user.Name}");
        return (download, upload);
    }

    /// <summary>Waits for a condition, but not for ever.</summary>
    public void WaitUntil(Func<bool> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + Patience; !condition(); Wait(TimeSpan.FromMilliseconds(50)))
            Assert.True(DateTime.UtcNow < deadline, $"waited in vain until {what}");
    }

    /// <summary>Lets the traffic settle and measures groups of flows.</summary>
    public IReadOnlyList<TrafficRates> Measure(params ReadOnlySpan<IReadOnlyList<TrafficFlow>> groups)
    {
        var flows = groups.ToArray();
        Wait(Ramp);
        var before = Array.ConvertAll(flows, static g => TrafficSample.Take(g));
        Wait(Window);
        return Array.ConvertAll(flows, static g => TrafficSample.Take(g)).Select((after, i) => TrafficRates.Between(before[i], after)).ToArray();
    }

    /// <summary>
    /// Asserts that each user is held to both limits and reaches them, and that the user's classes counted what was received. No two of
    /// the users have one limit.
    /// </summary>
    public void AssertLimits(params ReadOnlySpan<LabUser> users)
    {
        var all = users.ToArray();
        var (atFirst, upAtFirst) = (Download(), Upload());
        WaitUntil(
            () => (Download(), Upload()) is var (down, up) && all.All(u => down.Counted(u.Download) > atFirst.Counted(u.Download) && up.Counted(u.Upload) > upAtFirst.Counted(u.Upload)),
            "every user's traffic is in the user's classes");
        Wait(Ramp);
        var (download, upload) = (Download(), Upload());
        var before = Array.ConvertAll(all, static u => TrafficSample.Take(u.Flows));
        Wait(Window);
        var (laterDownload, laterUpload) = (Download(), Upload());
        var after = Array.ConvertAll(all, static u => TrafficSample.Take(u.Flows));
        var faults = new List<string>();
        for (var i = 0; i < all.Length; i++)
        {
            var (user, rates) = (all[i], TrafficRates.Between(before[i], after[i]));
            var text = string.Create(CultureInfo.InvariantCulture, $"{user.Name}: up {Mbit(rates.Upload)} of {Mbit(user.Upload)}, class {Mbit(laterUpload.Since(upload, user.Upload))};"
                + $" down {Mbit(rates.Download)} of {Mbit(user.Download)}, class {Mbit(laterDownload.Since(download, user.Download))}");
            _loggers.Write(text);
            if (!IsWithin(0.1, user.Upload, rates.Upload) || !IsWithin(0.1, user.Download, rates.Download)
                || !IsWithin(0.02, laterUpload.Since(upload, user.Upload), rates.Upload) || !IsWithin(0.02, laterDownload.Since(download, user.Download), rates.Download))
                faults.Add(text);
        }

        Assert.True(faults.Count == 0, $"not within 10 % of the limit or 2 % of the class's counter (mbit): {string.Join("; ", faults)}");
    }

    /// <summary>Asserts that a rate is another one but for a part of it.</summary>
    public void AssertWithin(double part, Rate expected, Rate actual, string what)
    {
        var text = $"{what}: {Mbit(actual)} mbit, expected {Mbit(expected)} within {part:0 %}";
        _loggers.Write(text);
        Assert.True(IsWithin(part, expected, actual), text);
    }

    public void Dispose()
    {
        Lab.CloseFlows();
        _daemon.Dispose();
        Lab.Dispose();
        _loggers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsWithin(double part, Rate expected, Rate actual) =>
        Math.Abs((double)actual.BytesPerSecond - expected.BytesPerSecond) <= part * expected.BytesPerSecond;

    private static string Mbit(Rate rate) => (rate.BitsPerSecond / 1e6).ToString("0.000", CultureInfo.InvariantCulture);

    private ClassCounts Download() => ClassCounts.Of(Lab.Network.Server, LabNetwork.WanName);

    private ClassCounts Upload() => ClassCounts.Of(Lab.Network.Server, _config.Ifb);

    private void Wait(TimeSpan time)
    {
        if (_stop.WaitHandle.WaitOne(time))
            _stop.ThrowIfCancellationRequested();
        _daemon.ThrowIfEnded();
    }
}
