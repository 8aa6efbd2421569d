using System.Text;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>Builds the messages of nfnetlink_cthelper into a caller's buffer and without allocating.</summary>
public static class HelperRequest
{
    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 512;

    private const int MaximumName = 15; // NF_CT_HELPER_NAME_LEN without the NUL
    private const int MaximumPolicies = 4; // NF_CT_MAX_EXPECT_CLASSES

    /// <summary>The names of what the messages hold, for errors that point at an attribute.</summary>
    public static AttributeSpace Space => ConntrackCatalog.Helpers;

    /// <summary>Makes a helper, or changes one. The kernel refuses (EEXIST) to make one that is there.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="helper">The helper.</param>
    /// <param name="change">Whether one that is there is changed: its queue, whether it is enabled, and how much its classes may expect and for how long (Linux up to 6.18 gives all classes what the first one is to have); the rest has to be as it is.</param>
    /// <exception cref="ArgumentException">A name is empty or too long, or there are no policies for a new helper, or more than four.</exception>
    public static MessageWriter Create(Span<byte> buffer, UserHelper helper, bool change = false)
    {
        ArgumentNullException.ThrowIfNull(helper);
        if (helper.Policies.Count > MaximumPolicies || (helper.Policies.Count == 0 && !change))
            throw new ArgumentException($"A helper has 1 to {MaximumPolicies} policies; {helper.Name} has {helper.Policies.Count}.", nameof(helper));
        var message = Begin(buffer, NFNL_MSG_CTHELPER.NFNL_MSG_CTHELPER_NEW, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_CREATE | (change ? 0 : NLM_F.NLM_F_EXCL), out var attributes);
        attributes.PutString(NFCTH.NFCTH_NAME, Checked(helper.Name));
        if (!change)
            attributes.PutBigEndian(NFCTH.NFCTH_PRIV_DATA_LEN, helper.PrivateDataLength);
        PutTuple(attributes, helper.Family, helper.Protocol);
        if (helper.Policies.Count > 0)
            PutPolicies(attributes, helper.Policies);
        if (helper.QueueNumber is { } queue)
            attributes.PutBigEndian(NFCTH.NFCTH_QUEUE_NUM, queue);
        if (helper.IsEnabled is { } enabled)
            attributes.PutBigEndian(NFCTH.NFCTH_STATUS, (uint)(enabled ? NFCT_HELPER_STATUS.NFCT_HELPER_STATUS_ENABLED : NFCT_HELPER_STATUS.NFCT_HELPER_STATUS_DISABLED));
        return message;
    }

    /// <summary>Asks for a helper. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family that it helps.</param>
    /// <param name="protocol">The transport that it helps.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static MessageWriter Get(Span<byte> buffer, string name, InetFamily family, IpProtocol protocol)
    {
        var message = Begin(buffer, NFNL_MSG_CTHELPER.NFNL_MSG_CTHELPER_GET, NLM_F.NLM_F_REQUEST, out var attributes);
        attributes.PutString(NFCTH.NFCTH_NAME, Checked(name));
        PutTuple(attributes, family, protocol);
        return message;
    }

    /// <summary>Asks for all helpers in user space.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    public static MessageWriter Dump(Span<byte> buffer) => Begin(buffer, NFNL_MSG_CTHELPER.NFNL_MSG_CTHELPER_GET, NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP, out _);

    /// <summary>Deletes a helper. The kernel refuses (ENOENT) where there is none, (EBUSY) where flows use it.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="family">The family that it helps.</param>
    /// <param name="protocol">The transport that it helps.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static MessageWriter Delete(Span<byte> buffer, string name, InetFamily family, IpProtocol protocol)
    {
        var message = Begin(buffer, NFNL_MSG_CTHELPER.NFNL_MSG_CTHELPER_DEL, NLM_F.NLM_F_REQUEST, out var attributes);
        attributes.PutString(NFCTH.NFCTH_NAME, Checked(name));
        PutTuple(attributes, family, protocol);
        return message;
    }

    internal static ushort TypeOf(NFNL_MSG_CTHELPER message) => (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTHELPER << 8) | (int)message);

    private static MessageWriter Begin(Span<byte> buffer, NFNL_MSG_CTHELPER type, NLM_F flags, out AttributeWriter<NFCTH> attributes)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(type), flags);
        attributes = message.PutHeader<nfgenmsg, NFCTH>(default);
        return message;
    }

    private static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 || Encoding.UTF8.GetByteCount(name) > MaximumName || name.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException($"The name of a helper, or of its policy, has 1 to {MaximumName} bytes: \"{name}\".", nameof(name))
            : name;
    }

    private static void PutTuple(AttributeWriter<NFCTH> attributes, InetFamily family, IpProtocol protocol)
    {
        using var tuple = attributes.NestFlagged<NFCTH_TUPLE>(NFCTH.NFCTH_TUPLE);
        tuple.PutBigEndian(NFCTH_TUPLE.NFCTH_TUPLE_L3PROTONUM, (ushort)family);
        tuple.Put(NFCTH_TUPLE.NFCTH_TUPLE_L4PROTONUM, (byte)protocol);
    }

    private static void PutPolicies(AttributeWriter<NFCTH> attributes, IReadOnlyList<HelperPolicy> policies)
    {
        using var set = attributes.NestFlagged<NFCTH_POLICY_SET>(NFCTH.NFCTH_POLICY);
        for (var i = 0; i < policies.Count; i++)
        {
            using var policy = set.NestFlagged<NFCTH_POLICY>(NFCTH_POLICY_SET.NFCTH_POLICY_SET1 + (ushort)i);
            policy.PutString(NFCTH_POLICY.NFCTH_POLICY_NAME, Checked(policies[i].Name));
            policy.PutBigEndian(NFCTH_POLICY.NFCTH_POLICY_EXPECT_MAX, policies[i].MaximumExpectations);
            policy.PutBigEndian(NFCTH_POLICY.NFCTH_POLICY_EXPECT_TIMEOUT, FlowRequest.Seconds(policies[i].Timeout));
        }

        set.PutBigEndian(NFCTH_POLICY_SET.NFCTH_POLICY_SET_NUM, (uint)policies.Count);
    }
}
