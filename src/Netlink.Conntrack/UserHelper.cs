using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// A helper in user space (nfnetlink_cthelper; <c>nfct helper</c>): packets of its flows go to a queue, and the program there expects flows because of them.
/// </summary>
public sealed record UserHelper
{
    /// <summary>Its name, at most 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The family of the flows that it helps.</summary>
    public required InetFamily Family { get; init; }

    /// <summary>The transport of the flows that it helps.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>The number of the queue (nfnetlink_queue); null: not set, which is 0 for a new helper.</summary>
    public uint? QueueNumber { get; init; }

    /// <summary>How much it may expect, class by class: one to four. A new helper needs them; a change leaves out what is empty.</summary>
    public IReadOnlyList<HelperPolicy> Policies { get; init; } = [];

    /// <summary>Bytes that it keeps with each flow, 32 at most. Cannot be changed, and is not sent with a change.</summary>
    public uint PrivateDataLength { get; init; }

    /// <summary>Whether packets go to the queue; null: not set, and a new helper waits to be enabled.</summary>
    public bool? IsEnabled { get; init; }

    /// <inheritdoc/>
    public bool Equals(UserHelper? other) => other is not null
        && (Name, Family, Protocol, QueueNumber, PrivateDataLength, IsEnabled) == (other.Name, other.Family, other.Protocol, other.QueueNumber, other.PrivateDataLength, other.IsEnabled)
        && Policies.SequenceEqual(other.Policies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Family, Protocol, QueueNumber, PrivateDataLength, IsEnabled, Policies.Count);

    /// <summary>Reads a message.</summary>
    internal static UserHelper Read(scoped in NetlinkMessage message)
    {
        var helper = new UserHelper { Name = "", Family = InetFamily.Unspecified, Protocol = IpProtocol.Unspecified };
        foreach (var a in message.Attributes<nfgenmsg, NFCTH>())
        {
            helper = a.Id switch
            {
                NFCTH.NFCTH_NAME => helper with { Name = a.ReadString() },
                NFCTH.NFCTH_TUPLE => ReadTuple(helper, a.Nested<NFCTH_TUPLE>()),
                NFCTH.NFCTH_QUEUE_NUM => helper with { QueueNumber = a.ReadUInt32BigEndian() },
                NFCTH.NFCTH_POLICY => helper with { Policies = ReadPolicies(a.Nested<NFCTH_POLICY_SET>()) },
                NFCTH.NFCTH_PRIV_DATA_LEN => helper with { PrivateDataLength = a.ReadUInt32BigEndian() },
                NFCTH.NFCTH_STATUS => helper with { IsEnabled = a.ReadUInt32BigEndian() == (uint)NFCT_HELPER_STATUS.NFCT_HELPER_STATUS_ENABLED },
                _ => helper,
            };
        }

        return helper;
    }

    private static UserHelper ReadTuple(UserHelper helper, AttributeReader<NFCTH_TUPLE> attributes)
    {
        foreach (var a in attributes)
        {
            if (a.Id == NFCTH_TUPLE.NFCTH_TUPLE_L3PROTONUM)
                helper = helper with { Family = (InetFamily)a.ReadUInt16BigEndian() };
            else if (a.Id == NFCTH_TUPLE.NFCTH_TUPLE_L4PROTONUM)
                helper = helper with { Protocol = (IpProtocol)a.ReadByte() };
        }

        return helper;
    }

    private static List<HelperPolicy> ReadPolicies(AttributeReader<NFCTH_POLICY_SET> attributes)
    {
        var policies = new List<HelperPolicy>();
        foreach (var a in attributes)
        {
            if (a.Id >= NFCTH_POLICY_SET.NFCTH_POLICY_SET1)
                policies.Add(ReadPolicy(a.Nested<NFCTH_POLICY>()));
        }

        return policies;
    }

    private static HelperPolicy ReadPolicy(AttributeReader<NFCTH_POLICY> attributes)
    {
        var policy = new HelperPolicy("", 0, default);
        foreach (var a in attributes)
        {
            policy = a.Id switch
            {
                NFCTH_POLICY.NFCTH_POLICY_NAME => policy with { Name = a.ReadString() },
                NFCTH_POLICY.NFCTH_POLICY_EXPECT_MAX => policy with { MaximumExpectations = a.ReadUInt32BigEndian() },
                NFCTH_POLICY.NFCTH_POLICY_EXPECT_TIMEOUT => policy with { Timeout = TimeSpan.FromSeconds((long)a.ReadUInt32BigEndian()) },
                _ => policy,
            };
        }

        return policy;
    }
}
