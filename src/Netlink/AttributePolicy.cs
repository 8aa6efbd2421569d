using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>What the kernel takes as an attribute's value, as it tells with some refusals (<c>NLMSGERR_ATTR_POLICY</c>, Linux 5.10).</summary>
/// <param name="Type">What it takes the attribute for.</param>
/// <param name="Minimum">The least value; null where it gives none.</param>
/// <param name="Maximum">The greatest value; null where it gives none.</param>
/// <param name="MinimumLength">Bytes at least; null where it gives none.</param>
/// <param name="MaximumLength">Bytes at most; null where it gives none. Of a string without its NUL.</param>
/// <param name="Mask">The bits that may be set; null where it gives none.</param>
public sealed record AttributePolicy(
    NL_ATTR_TYPE Type,
    Int128? Minimum = null,
    Int128? Maximum = null,
    uint? MinimumLength = null,
    uint? MaximumLength = null,
    ulong? Mask = null)
{
    private const int MaximumKept = 1024;

    private static readonly ConcurrentDictionary<Values, AttributePolicy> Known = new();

    /// <summary>Such as <c>U8 from 1 to 5</c>, <c>NUL_STRING of at most 15 bytes</c>, <c>U32 of the bits 0x3</c>.</summary>
    public override string ToString()
    {
        var name = Type.ToString();
        var text = new StringBuilder(name.StartsWith("NL_ATTR_TYPE_", StringComparison.Ordinal) ? name["NL_ATTR_TYPE_".Length..] : $"type {name}");
        if (Minimum is { } least)
            text.Append(CultureInfo.InvariantCulture, $" from {least}");
        if (Maximum is { } most)
            text.Append(CultureInfo.InvariantCulture, $"{(Minimum is null ? " up" : "")} to {most}");
        if (MinimumLength is { } shortest && shortest == MaximumLength)
            text.Append(CultureInfo.InvariantCulture, $" of {shortest} bytes");
        else if (MinimumLength is not null || MaximumLength is not null)
            text.Append(" of ").Append(Bounds(MinimumLength, MaximumLength)).Append(" bytes");
        if (Mask is { } bits)
            text.Append(CultureInfo.InvariantCulture, $" of the bits 0x{bits:x}");
        return text.ToString();
    }

    /// <summary>Reads the payload; null where it says nothing, or makes no sense. A policy that was read before allocates nothing.</summary>
    internal static AttributePolicy? Read(ReadOnlySpan<byte> payload)
    {
        var values = default(Values);
        try
        {
            foreach (var a in new AttributeReader<NL_POLICY_TYPE_ATTR>(payload))
            {
                switch (a.Id)
                {
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_TYPE:
                        values.Type = (NL_ATTR_TYPE)a.ReadUInt32();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_VALUE_S:
                        values.Minimum = (long)a.ReadUInt64();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_VALUE_S:
                        values.Maximum = (long)a.ReadUInt64();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_VALUE_U:
                        values.Minimum = a.ReadUInt64();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_VALUE_U:
                        values.Maximum = a.ReadUInt64();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MIN_LENGTH:
                        values.MinimumLength = a.ReadUInt32();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MAX_LENGTH:
                        values.MaximumLength = a.ReadUInt32();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_BITFIELD32_MASK:
                        values.Mask = a.ReadUInt32();
                        break;
                    case NL_POLICY_TYPE_ATTR.NL_POLICY_TYPE_ATTR_MASK:
                        values.Mask = a.ReadUInt64();
                        break;
                }
            }
        }
        catch (NetlinkFormatException)
        {
            // The number of the error stands without it.
            return null;
        }

        if (values == default)
            return null;
        if (Known.TryGetValue(values, out var known))
            return known;
        var policy = new AttributePolicy(values.Type, values.Minimum, values.Maximum, values.MinimumLength, values.MaximumLength, values.Mask);
        return Known.Count < MaximumKept ? Known.GetOrAdd(values, policy) : policy;
    }

    private static string Bounds(uint? least, uint? most) => (least, most) switch
    {
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{from} to {to}"),
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $"at least {from}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
    };

    private record struct Values(NL_ATTR_TYPE Type, Int128? Minimum, Int128? Maximum, uint? MinimumLength, uint? MaximumLength, ulong? Mask);
}
