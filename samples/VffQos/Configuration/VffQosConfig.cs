using VffNetlink.Tc;
using VffQos.DataPlanes;
using VffQos.Marks;
using VffQos.Users;

namespace VffQos.Configuration;

/// <summary>What the operator wants. The initial values are the defaults of keys that a file may leave out.</summary>
internal sealed record VffQosConfig
{
    /// <summary>The least rate that a limit can be: below it a single full packet takes over a second.</summary>
    public static readonly Rate MinimumRate = Rate.Parse("8kbit");

    /// <summary>The device of the WAN; null: that of the default route.</summary>
    public string? Wan { get; init; }

    /// <summary>The name of the IFB that uploads are shaped on. It is ours: made, and removed by <c>absent</c>.</summary>
    public string Ifb { get; init; } = "vffqos0";

    /// <summary>What the link carries; all classes together stay under it, in each direction.</summary>
    public Rate Ceil { get; init; } = Rate.Parse("1gbit");

    /// <summary>Where marks of users and places in logs are kept; made when missing.</summary>
    public string StateDirectory { get; init; } = "/var/lib/vffqos";

    /// <summary>How packets find their classes; null: what the kernel passes the probe of, maps before marks.</summary>
    public DataPlaneKind? DataPlane { get; init; }

    /// <summary>The bits of the conntrack mark that are ours.</summary>
    public MarkSpace Marks { get; init; } = new(MarkSpace.DefaultMask);

    /// <summary>How long the user of a tuple is remembered after the tuple's connection is gone.</summary>
    public TimeSpan Remember { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The limits of traffic of no known user.</summary>
    public DefaultLimits Default { get; init; } = new(Rate.Parse("1gbit"), null);

    /// <summary>The limits of a user who is not in <see cref="Users"/>.</summary>
    public UserLimits UserDefault { get; init; } = new(Rate.Parse("50mbit"), Rate.Parse("80mbit"));

    /// <summary>The limits of users by name; a limit that the file leaves out is that of <see cref="UserDefault"/>.</summary>
    public IReadOnlyDictionary<string, UserLimits> Users { get; init; } = new Dictionary<string, UserLimits>(Utf8NameComparer.Instance);

    /// <summary>Where users come from; a file must name at least one.</summary>
    public IReadOnlyList<XraySource> Sources { get; init; } = [];

    /// <summary>The limits that hold for a user.</summary>
    public UserLimits LimitsOf(string user) => Users.GetValueOrDefault(user, UserDefault);
}
