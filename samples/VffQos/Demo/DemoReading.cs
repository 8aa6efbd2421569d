using VffNetlink.Tc;
using VffQos.Lab;

namespace VffQos.Demo;

/// <summary>A user and the rates that were measured.</summary>
/// <param name="User">Whose, with the limits.</param>
/// <param name="Upload">Received by the server, headers included.</param>
/// <param name="Download">Received by the client, headers included.</param>
internal sealed record DemoReading(LabUser User, Rate Upload, Rate Download)
{
    /// <summary>How far from its limit a rate may be, as a part of the limit.</summary>
    public const double Tolerance = 0.1;

    /// <summary>Whether both rates are where the limits hold them.</summary>
    public bool IsWithin => Math.Abs(UploadDeviation) <= Tolerance && Math.Abs(DownloadDeviation) <= Tolerance;

    /// <summary>How far the upload is from its limit: -0.05 is 5 % less.</summary>
    public double UploadDeviation => Deviation(Upload, User.Upload);

    /// <summary>How far the download is from its limit: -0.05 is 5 % less.</summary>
    public double DownloadDeviation => Deviation(Download, User.Download);

    /// <summary>What the user received between two samples.</summary>
    public static DemoReading Between(LabUser user, in TrafficSample earlier, in TrafficSample later) =>
        new(user, later.Since(earlier, TrafficDirection.Upload), later.Since(earlier, TrafficDirection.Download));

    private static double Deviation(Rate measured, Rate limit) => (double)measured.BytesPerSecond / limit.BytesPerSecond - 1;
}
