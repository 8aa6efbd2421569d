using System.Text;
using VffNetlink.Conntrack.Uapi;
using VffNetlink.Uapi;

namespace VffNetlink.Conntrack;

/// <summary>
/// An expectation as the kernel sent it, without a copy: valid as long as the message is, which is during the call that hands it over. <see cref="ToExpectation"/>
/// makes one that may be kept.
/// </summary>
/// <remarks>Each property looks for its attribute, and throws <see cref="NetlinkFormatException"/> where that makes no sense.</remarks>
public readonly ref struct ExpectationView
{
    private readonly AttributeReader<CTA_EXPECT> _attributes;

    private ExpectationView(AttributeReader<CTA_EXPECT> attributes) => _attributes = attributes;

    /// <summary>All attributes as they came.</summary>
    public AttributeReader<CTA_EXPECT> Attributes => _attributes;

    /// <summary>The original tuple of the flow whose helper expects.</summary>
    /// <exception cref="NetlinkFormatException">The kernel sent none, or it makes no sense.</exception>
    public ConntrackTuple Master => TupleOf(CTA_EXPECT.CTA_EXPECT_MASTER);

    /// <summary>What is expected, as far as <see cref="Mask"/> has bits.</summary>
    /// <exception cref="NetlinkFormatException">The kernel sent none, or it makes no sense.</exception>
    public ConntrackTuple Tuple => TupleOf(CTA_EXPECT.CTA_EXPECT_TUPLE);

    /// <summary>Which bits of <see cref="Tuple"/> are compared, address by address and port by port.</summary>
    public ConntrackTuple? Mask => _attributes.TryFind(CTA_EXPECT.CTA_EXPECT_MASK, out var mask) ? ConntrackTuple.Read(mask.Payload, Zone) : null;

    /// <summary>The zone; 0 where none was sent, and no kernel up to 6.18 sends one.</summary>
    public ushort Zone => _attributes.TryFind(CTA_EXPECT.CTA_EXPECT_ZONE, out var zone) ? zone.ReadUInt16BigEndian() : (ushort)0;

    /// <summary>How long until it is given up, in whole seconds.</summary>
    public TimeSpan? Timeout => Number(CTA_EXPECT.CTA_EXPECT_TIMEOUT) is { } seconds ? TimeSpan.FromSeconds((long)seconds) : null;

    /// <summary>What tells it from another expectation of the same tuple.</summary>
    public uint? Id => Number(CTA_EXPECT.CTA_EXPECT_ID);

    /// <summary>The flags.</summary>
    public ExpectationFlags? Flags => (ExpectationFlags?)Number(CTA_EXPECT.CTA_EXPECT_FLAGS);

    /// <summary>Which of the helper's policies it counts for.</summary>
    public uint? Class => Number(CTA_EXPECT.CTA_EXPECT_CLASS);

    /// <summary>How the expected flow is translated; null: not at all.</summary>
    public ExpectationNat? Nat => _attributes.TryFind(CTA_EXPECT.CTA_EXPECT_NAT, out var nat) ? ExpectationNat.Read(nat.Nested<CTA_EXPECT_NAT>(), Zone) : null;

    /// <summary>The helper's name in UTF-8; empty where there is none.</summary>
    public ReadOnlySpan<byte> HelperName => _attributes.TryFind(CTA_EXPECT.CTA_EXPECT_HELP_NAME, out var name) ? name.ReadUtf8() : default;

    /// <summary>The name in UTF-8 of the function that the kernel calls when the flow comes; empty where there is none.</summary>
    public ReadOnlySpan<byte> Function => _attributes.TryFind(CTA_EXPECT.CTA_EXPECT_FN, out var name) ? name.ReadUtf8() : default;

    /// <summary>Whether a message is about an expectation: the reply to a get, a part of a dump, or an event.</summary>
    public static bool IsExpectation(scoped in NetlinkMessage message) =>
        message.Type == ExpectationRequest.TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_NEW) || message.Type == ExpectationRequest.TypeOf(IPCTNL_MSG_EXP.IPCTNL_MSG_EXP_DELETE);

    /// <summary>Views a message.</summary>
    /// <exception cref="NetlinkFormatException">It is not about an expectation.</exception>
    public static ExpectationView Read(scoped in NetlinkMessage message) => IsExpectation(message)
        ? new ExpectationView(message.Attributes<nfgenmsg, CTA_EXPECT>())
        : throw new NetlinkFormatException($"A message of type 0x{message.Type:x4} is not about an expectation.");

    /// <summary>A copy that may be kept.</summary>
    public Expectation ToExpectation() => new()
    {
        Master = Master,
        Tuple = Tuple,
        Mask = Mask,
        Timeout = Timeout,
        Id = Id,
        Helper = HelperName.IsEmpty ? null : Encoding.UTF8.GetString(HelperName),
        Flags = Flags,
        Class = Class,
        Nat = Nat,
        Function = Function.IsEmpty ? null : Encoding.UTF8.GetString(Function),
    };

    private ConntrackTuple TupleOf(CTA_EXPECT id) => _attributes.TryFind(id, out var tuple)
        ? ConntrackTuple.Read(tuple.Payload, Zone)
        : throw new NetlinkFormatException($"An expectation without {id}.");

    private uint? Number(CTA_EXPECT id) => _attributes.TryFind(id, out var number) ? number.ReadUInt32BigEndian() : null;
}
