using VffNetlink.Uapi;

namespace VffNetlink.Route;

/// <summary>Which routes a dump has. The kernel leaves out the others; the default value has all, but for <see cref="IsCloned"/>.</summary>
public readonly record struct RouteFilter
{
    /// <summary>Routes of this family.</summary>
    public InetFamily Family { get; init; }

    /// <summary>Routes of this table. Where no route was ever put into it the kernel answers ENOENT, which lists tell as no routes.</summary>
    public uint? Table { get; init; }

    /// <summary>Routes that this one made.</summary>
    public RTPROT? Protocol { get; init; }

    /// <summary>Routes of this type.</summary>
    public RTN? Type { get; init; }

    /// <summary>Routes that leave by this link.</summary>
    public int? OutputIndex { get; init; }

    /// <summary>Not routes of tables but what was made from them: exceptions, such as learnt MTUs.</summary>
    public bool IsCloned { get; init; }
}
