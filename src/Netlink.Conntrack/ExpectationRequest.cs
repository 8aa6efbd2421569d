using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>Builds the messages that ask for expectations and change them, into a caller's buffer and without allocating.</summary>
public static class ExpectationRequest
{
    /// <summary>Bytes that every message of this class fits into.</summary>
    public const int MaximumLength = 1024;

    /// <summary>The names of what the messages hold, for errors that point at an attribute.</summary>
    public static AttributeSpace Space => ConntrackCatalog.Expectations;

    /// <summary>Asks for the expectation of a tuple. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="id">Only this one; null: whichever expects the tuple.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public static MessageWriter Get(Span<byte> buffer, scoped in ConntrackTuple tuple, uint? id = null) => One(buffer, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET, tuple, id);

    /// <summary>Makes an expectation. The kernel refuses (EEXIST) where one of the tuple is there, (ENOENT) where the master is not.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="expectation">Its master and tuple, and what else is set. The kernel ignores the timeout of a new one: <see cref="Update"/> sets it.</param>
    /// <exception cref="ArgumentException">A tuple is missing, or the tuples are in two zones.</exception>
    public static MessageWriter Create(Span<byte> buffer, Expectation expectation)
    {
        ArgumentNullException.ThrowIfNull(expectation);
        Check(expectation.Master, nameof(expectation));
        Check(expectation.Tuple, nameof(expectation));
        if (expectation.Master.Zone != expectation.Tuple.Zone)
            throw new ArgumentException($"An expectation is in its master's zone {expectation.Master.Zone}, not in {expectation.Tuple.Zone}: {expectation.Tuple}.", nameof(expectation));
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW), FlowRequest.CreateFlags);
        var attributes = PutHeader(message, expectation.Tuple.Family);
        expectation.Tuple.Write(attributes, CTA_EXPECT.CTA_EXPECT_TUPLE, withZone: false);
        expectation.Master.Write(attributes, CTA_EXPECT.CTA_EXPECT_MASTER, withZone: false);
        (expectation.Mask ?? DefaultMask(expectation.Tuple)).Write(attributes, CTA_EXPECT.CTA_EXPECT_MASK, withZone: false);
        if (expectation.Timeout is { } timeout)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_TIMEOUT, FlowRequest.Seconds(timeout));
        if (expectation.Helper is { } helper)
            attributes.PutString(CTA_EXPECT.CTA_EXPECT_HELP_NAME, helper);
        if (expectation.Tuple.Zone != 0)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_ZONE, expectation.Tuple.Zone);
        if (expectation.Flags is { } flags)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_FLAGS, (uint)flags);
        if (expectation.Class is { } policy)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_CLASS, policy);
        expectation.Nat?.Write(attributes);
        if (expectation.Function is { } function)
            attributes.PutString(CTA_EXPECT.CTA_EXPECT_FN, function);
        return message;
    }

    /// <summary>Sets the timeout of the expectation of a tuple, and starts it anew. The kernel refuses (ENOENT) where there is none.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="timeout">In whole seconds; a part of one counts as one.</param>
    /// <exception cref="ArgumentException">The tuple is the default value, or the timeout is negative.</exception>
    public static MessageWriter Update(Span<byte> buffer, scoped in ConntrackTuple tuple, TimeSpan timeout)
    {
        Check(tuple, nameof(tuple));
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW), NLM_F.NLM_F_REQUEST);
        var attributes = PutHeader(message, tuple.Family);
        tuple.Write(attributes, CTA_EXPECT.CTA_EXPECT_TUPLE, withZone: false);
        // The kernel wants these two to be there, and looks at neither.
        tuple.Write(attributes, CTA_EXPECT.CTA_EXPECT_MASTER, withZone: false);
        DefaultMask(tuple).Write(attributes, CTA_EXPECT.CTA_EXPECT_MASK, withZone: false);
        attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_TIMEOUT, FlowRequest.Seconds(timeout));
        if (tuple.Zone != 0)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_ZONE, tuple.Zone);
        return message;
    }

    /// <summary>Deletes the expectation of a tuple. The kernel refuses (ENOENT) where there is none, or another one.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="id">Only this one; null: whichever expects the tuple.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public static MessageWriter Delete(Span<byte> buffer, scoped in ConntrackTuple tuple, uint? id = null) => One(buffer, IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE, tuple, id);

    /// <summary>Deletes all expectations, or all that helpers of a name have made.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="helper">Null: all.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static MessageWriter Flush(Span<byte> buffer, string? helper = null)
    {
        if (helper is { Length: 0 })
            throw new ArgumentException("A helper has a name; without one, all expectations would be deleted.", nameof(helper));
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE), NLM_F.NLM_F_REQUEST);
        var attributes = PutHeader(message, InetFamily.Unspecified);
        if (helper is not null)
            attributes.PutString(CTA_EXPECT.CTA_EXPECT_HELP_NAME, helper);
        return message;
    }

    /// <summary>Asks for all expectations, or all because of a flow.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    /// <param name="family"><see cref="InetFamily.Unspecified"/>: both.</param>
    /// <param name="master">The flow's original tuple, of the family; null: any flow. The kernel refuses (ENOENT) where it is not there.</param>
    public static MessageWriter Dump(Span<byte> buffer, InetFamily family = InetFamily.Unspecified, ConntrackTuple? master = null)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        var attributes = PutHeader(message, master?.Family ?? family);
        if (master is not { } tuple)
            return message;
        Check(tuple, nameof(master));
        tuple.Write(attributes, CTA_EXPECT.CTA_EXPECT_MASTER, withZone: false);
        if (tuple.Zone != 0)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_ZONE, tuple.Zone);
        return message;
    }

    /// <summary>Asks what each processor counted.</summary>
    /// <param name="buffer">At least <see cref="MaximumLength"/> bytes.</param>
    public static MessageWriter CpuStatistics(Span<byte> buffer)
    {
        var message = MessageWriter.Begin(buffer, TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_GET_STATS_CPU), NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_DUMP);
        PutHeader(message, InetFamily.Unspecified);
        return message;
    }

    internal static ushort TypeOf(IPCTNL_MSG_EXP message) => (ushort)(((int)NFNL_SUBSYS.NFNL_SUBSYS_CTNETLINK_EXP << 8) | (int)message);

    /// <summary>Everything but the source port, as most helpers have it.</summary>
    private static ConntrackTuple DefaultMask(in ConntrackTuple tuple)
    {
        Span<byte> ones = stackalloc byte[tuple.Source.Length];
        ones.Fill(0xff);
        var address = new InetAddress(ones);
        return new ConntrackTuple(tuple.Protocol, address, 0, address, ushort.MaxValue, tuple.Zone);
    }

    private static MessageWriter One(Span<byte> buffer, IPCTNL_MSG_EXP type, scoped in ConntrackTuple tuple, uint? id)
    {
        // A deletion without a tuple would be taken for the wish to delete everything.
        Check(tuple, nameof(tuple));
        var message = MessageWriter.Begin(buffer, TypeOf(type), NLM_F.NLM_F_REQUEST);
        var attributes = PutHeader(message, tuple.Family);
        tuple.Write(attributes, CTA_EXPECT.CTA_EXPECT_TUPLE, withZone: false);
        if (tuple.Zone != 0)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_ZONE, tuple.Zone);
        if (id is { } wanted)
            attributes.PutBigEndian(CTA_EXPECT.CTA_EXPECT_ID, wanted);
        return message;
    }

    private static void Check(in ConntrackTuple tuple, string argument)
    {
        if (tuple.Family == InetFamily.Unspecified)
            throw new ArgumentException("The default value is no tuple.", argument);
    }

    private static AttributeWriter<CTA_EXPECT> PutHeader(MessageWriter message, InetFamily family) =>
        message.PutHeader<nfgenmsg, CTA_EXPECT>(new nfgenmsg { nfgen_family = (byte)family });
}
