using System.Text;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>Builds the messages of nfnetlink_cttimeout into a caller's buffer and without allocating.</summary>
public static class TimeoutRequest
{
    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 512;

    private const int MaximumName = 31; // CTNL_TIMEOUT_NAME_MAX without the NUL

    /// <summary>The names of what the messages hold, for errors that point at an attribute.</summary>
    public static AttributeSpace Space => ConntrackCatalog.Timeouts;

    /// <summary>Makes a policy, or replaces the timeouts of one of the same family and transport.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="replace">Whether one that is there is replaced; else the kernel refuses (EEXIST).</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static MessageWriter Create(Span<byte> buffer, TimeoutPolicy policy, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var message = Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_NEW, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | (replace ? NLM_F.NLM_F_REPLACE : NLM_F.NLM_F_EXCL), out var attributes);
        PutName(attributes, policy.Name);
        PutTransport(attributes, policy.Family, policy.Protocol);
        policy.Timeouts.Write(attributes);
        return message;
    }

    /// <summary>Asks for a policy. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static MessageWriter Get(Span<byte> buffer, string name)
    {
        var message = Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_GET, NLM_F.NLM_F_REQUEST, out var attributes);
        PutName(attributes, name);
        return message;
    }

    /// <summary>Asks for all policies.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    public static MessageWriter Dump(Span<byte> buffer) => Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_GET, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP, out _);

    /// <summary>Deletes a policy. The kernel refuses (ENOENT) where there is none, (EBUSY) where a rule uses it.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static MessageWriter Delete(Span<byte> buffer, string name)
    {
        // A deletion without a name would be taken for the wish to delete all that are not used.
        var message = Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_DELETE, NLM_F.NLM_F_REQUEST, out var attributes);
        PutName(attributes, name);
        return message;
    }

    /// <summary>Asks for the timeouts of flows without a policy.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="family">The family.</param>
    /// <param name="protocol">The transport.</param>
    public static MessageWriter GetDefault(Span<byte> buffer, InetFamily family, IpProtocol protocol)
    {
        var message = Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_DEFAULT_GET, NLM_F.NLM_F_REQUEST, out var attributes);
        PutTransport(attributes, family, protocol);
        return message;
    }

    /// <summary>Sets timeouts of flows without a policy.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="family">The family.</param>
    /// <param name="protocol">The transport.</param>
    /// <param name="timeouts">What is missing stays.</param>
    public static MessageWriter SetDefault(Span<byte> buffer, InetFamily family, IpProtocol protocol, StateTimeouts timeouts)
    {
        ArgumentNullException.ThrowIfNull(timeouts);
        var message = Begin(buffer, IPCTNL_MSG_TIMEOUT.IPCTNL_MSG_TIMEOUT_DEFAULT_SET, NLM_F.NLM_F_REQUEST, out var attributes);
        PutTransport(attributes, family, protocol);
        timeouts.Write(attributes);
        return message;
    }

    internal static ushort TypeOf(IPCTNL_MSG_TIMEOUT message) => (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_TIMEOUT << 8) | (int)message);

    private static MessageWriter Begin(Span<byte> buffer, IPCTNL_MSG_TIMEOUT type, NLM_F flags, out AttributeWriter<CTA_TIMEOUT> attributes)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(type), flags);
        attributes = message.PutHeader<nfgenmsg, CTA_TIMEOUT>(default);
        return message;
    }

    private static void PutName(AttributeWriter<CTA_TIMEOUT> attributes, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > MaximumName || name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"The name of a timeout policy has 1 to {MaximumName} bytes: \"{name}\".", nameof(name));
        attributes.PutString(CTA_TIMEOUT.CTA_TIMEOUT_NAME, name);
    }

    private static void PutTransport(AttributeWriter<CTA_TIMEOUT> attributes, InetFamily family, IpProtocol protocol)
    {
        attributes.PutBigEndian(CTA_TIMEOUT.CTA_TIMEOUT_L3PROTO, (ushort)family);
        attributes.Put(CTA_TIMEOUT.CTA_TIMEOUT_L4PROTO, (byte)protocol);
    }
}
