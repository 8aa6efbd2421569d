using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>A named set of timeouts that rules can give to flows of a transport (nfnetlink_cttimeout; <c>nfct timeout</c>).</summary>
public sealed record TimeoutPolicy
{
    /// <summary>Its name, at most 31 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The family of the flows that it is for.</summary>
    public required InetFamily Family { get; init; }

    /// <summary>The transport of the flows that it is for; the kernel refuses one that it does not know (EOPNOTSUPP), and 255 stands for all of those.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>The timeouts. A new policy takes those that are missing from the kernel's own.</summary>
    public StateTimeouts Timeouts { get; init; } = StateTimeouts.Empty;

    /// <summary>Rules and flows that use it, and one for being there. Not taken when a policy is made.</summary>
    public uint? UseCount { get; init; }

    /// <summary>Reads a message.</summary>
    internal static TimeoutPolicy Read(scoped in NetlinkMessage message)
    {
        string? name = null;
        uint? uses = null;
        var family = InetFamily.Unspecified;
        var protocol = IpProtocol.Unspecified;
        var timeouts = StateTimeouts.Empty;
        foreach (var a in message.Attributes<nfgenmsg, CTA_TIMEOUT>())
        {
            switch (a.Id)
            {
                case CTA_TIMEOUT.CTA_TIMEOUT_NAME:
                    name = a.ReadString();
                    break;
                case CTA_TIMEOUT.CTA_TIMEOUT_L3PROTO:
                    family = (InetFamily)a.ReadUInt16BigEndian();
                    break;
                case CTA_TIMEOUT.CTA_TIMEOUT_L4PROTO:
                    protocol = (IpProtocol)a.ReadByte();
                    break;
                case CTA_TIMEOUT.CTA_TIMEOUT_DATA:
                    timeouts = StateTimeouts.Read(a.Nested<CTA_TIMEOUT_GENERIC>());
                    break;
                case CTA_TIMEOUT.CTA_TIMEOUT_USE:
                    uses = a.ReadUInt32BigEndian();
                    break;
            }
        }

        // The answer with default timeouts has no name.
        return new TimeoutPolicy { Name = name ?? "", Family = family, Protocol = protocol, Timeouts = timeouts, UseCount = uses };
    }
}
