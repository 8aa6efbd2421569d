namespace VffNetlink.Conntrack;

/// <summary>
/// A flow that is expected because of another one, such as FTP's data connection: what the kernel knows of it, or what it is to be made of. What is null was
/// not sent, or is not set.
/// </summary>
public sealed record Expectation
{
    /// <summary>
    /// The original tuple of the flow whose helper expects, with its zone. A new expectation needs that flow to be there and to have a helper. The kernel does not tell the
    /// zone of an expectation: what was read of one has zone 0 in all its tuples.
    /// </summary>
    public required ConntrackTuple Master { get; init; }

    /// <summary>What is expected: the first packet's tuple as far as <see cref="Mask"/> has bits.</summary>
    public required ConntrackTuple Tuple { get; init; }

    /// <summary>
    /// Which bits of <see cref="Tuple"/> are compared, address by address and port by port. The kernel keeps the source's; destination and transport are
    /// always compared whole. Null for a new expectation: all but the source port.
    /// </summary>
    public ConntrackTuple? Mask { get; init; }

    /// <summary>How long until it is given up, in whole seconds (a part of one counts as one); null for a new expectation: as long as the policy of its master's helper says.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What tells it from another expectation of the same tuple. Not taken when one is made.</summary>
    public uint? Id { get; init; }

    /// <summary>The helper that the expected flow gets; null for a new expectation: none.</summary>
    public string? Helper { get; init; }

    /// <summary>The flags.</summary>
    public ExpectationFlags? Flags { get; init; }

    /// <summary>Which of the helper's policies it counts for.</summary>
    public uint? Class { get; init; }

    /// <summary>How the expected flow is translated; null: not at all.</summary>
    public ExpectationNat? Nat { get; init; }

    /// <summary>The function that the kernel calls when the flow comes, such as <c>nat-follow-master</c>; null: none.</summary>
    public string? Function { get; init; }

    /// <summary>Reads a message.</summary>
    internal static Expectation Read(scoped in NetlinkMessage message) => ExpectationView.Read(message).ToExpectation();
}
