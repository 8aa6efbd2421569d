using VffNetlink.Tc;
using VffQos.Configuration;
using VffQos.DataPlanes;

namespace VffQos.Shaping;

/// <summary>What the operator wants of the kernel, users apart.</summary>
internal sealed record ShapingPolicy
{
    /// <summary>The device that clients come in by; null: that of the default route, IPv4's before IPv6's.</summary>
    public string? Wan { get; init; }

    /// <summary>The name of the device that shapes what clients send.</summary>
    public required string Ifb { get; init; }

    /// <summary>What all classes of a direction share. A larger limit of a user, or of the default class, is cut to it.</summary>
    public required Rate Ceil { get; init; }

    /// <summary>The limit of traffic to no known user.</summary>
    public required Rate DefaultDownload { get; init; }

    /// <summary>
    /// The limit of traffic from no known user; null: it is not redirected at all. With it all of the WAN's incoming traffic
    /// passes the IFB, so that it stops with the IFB until the guard has seen that.
    /// </summary>
    public Rate? DefaultUpload { get; init; }

    /// <summary>The bits of the connection mark that are ours.</summary>
    public required uint MarkMask { get; init; }

    /// <summary>The data plane that must be taken; null: what the probe finds to work, maps before marks.</summary>
    public DataPlaneKind? Plane { get; init; }

    /// <summary>The part of the configuration that is the kernel's business.</summary>
    public static ShapingPolicy From(VffQosConfig config) => new()
    {
        Wan = config.Wan,
        Ifb = config.Ifb,
        Ceil = config.Ceil,
        DefaultDownload = config.Default.Download,
        DefaultUpload = config.Default.Upload,
        MarkMask = config.Marks.Mask,
        Plane = config.DataPlane,
    };
}
