using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using VffNetlink.Uapi;

namespace VffNetlink.Diagnostics;

/// <summary>
/// Tells captured netlink bytes to people: every message by name, its header's fields, its attributes by name with their values, one a
/// line. What nobody knows is told as its number, length and bytes; bytes that make no sense are told as such, and never throw.
/// </summary>
/// <remarks>
/// <code>
/// RTM_NEWQDISC len 60 flags NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE seq 7 pid 0
///   tcmsg tcm_family 0 tcm_ifindex 4 tcm_handle 1: tcm_parent root tcm_info 0
///   TCA_KIND "htb"
///   TCA_OPTIONS:
///     TCA_HTB_INIT tc_htb_glob version 3 rate2quantum 10 defcls 32 debug 0 direct_pkts 0
/// </code>
/// Safe to share between threads.
/// </remarks>
public sealed class MessagePrinter
{
    private const int MaximumDepth = 32;

    private readonly MessageCatalog _catalog;

    /// <summary>A printer that knows the names of a catalogue.</summary>
    /// <param name="catalog">Of one library, or a combination (<see cref="MessageCatalog.Combine"/>).</param>
    public MessagePrinter(MessageCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        _catalog = catalog;
    }

    /// <summary>Tells the messages of one datagram, or of several one behind the other.</summary>
    /// <param name="protocol">The socket's.</param>
    /// <param name="bytes">As they were sent or received.</param>
    /// <returns>Lines, each with its end.</returns>
    public string Print(NETLINK protocol, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        Print(protocol, bytes, text);
        return text.ToString();
    }

    /// <summary>Tells the messages of one datagram, or of several one behind the other.</summary>
    /// <param name="protocol">The socket's.</param>
    /// <param name="bytes">As they were sent or received.</param>
    /// <param name="text">Where lines go, each with its end.</param>
    public void Print(NETLINK protocol, ReadOnlySpan<byte> bytes, StringBuilder text)
    {
        ArgumentNullException.ThrowIfNull(text);
        while (!bytes.IsEmpty)
        {
            var length = bytes.Length < MessageWriter.HeaderSize ? 0 : MemoryMarshal.Read<uint>(bytes);
            if (length < MessageWriter.HeaderSize)
            {
                text.Append("no message: ").AppendBytes(bytes).Append('\n');
                return;
            }

            PrintMessage(protocol, bytes[..(int)Math.Min(length, (uint)bytes.Length)], new Lines(text, 0));
            bytes = bytes[(int)Math.Min((length + 3L) & ~3L, bytes.Length)..]; // NLMSG_ALIGN
        }
    }

    /// <summary>Tells one message, which may be shorter than it says.</summary>
    private void PrintMessage(NETLINK protocol, ReadOnlySpan<byte> message, Lines lines)
    {
        var header = MemoryMarshal.Read<nlmsghdr>(message);
        PrintHeader(protocol, header, lines);
        if (header.nlmsg_len > (uint)message.Length)
            lines.Text.Append(CultureInfo.InvariantCulture, $" cut to {message.Length}");
        lines.End();
        var payload = message[MessageWriter.HeaderSize..];
        switch ((NLMSG)header.nlmsg_type)
        {
            case NLMSG.NLMSG_ERROR:
                PrintError(protocol, header, payload, lines.Deeper());
                break;
            case NLMSG.NLMSG_DONE:
                PrintDone(header, payload, lines.Deeper());
                break;
            case < NLMSG.NLMSG_MIN_TYPE:
                PrintRest(payload, lines.Deeper());
                break;
            default:
                PrintInside(payload, _catalog.SpaceOf(protocol, header.nlmsg_type), lines.Deeper(), isMessage: true);
                break;
        }
    }

    private void PrintHeader(NETLINK protocol, in nlmsghdr header, Lines lines)
    {
        var name = _catalog.NameOf(protocol, header.nlmsg_type);
        lines.Begin(name ?? string.Create(CultureInfo.InvariantCulture, $"{protocol} type 0x{header.nlmsg_type:x}"));
        lines.Text.Append(CultureInfo.InvariantCulture, $" len {header.nlmsg_len} flags ");
        MessageFlags.Write(header.nlmsg_flags, header.nlmsg_type, name, protocol == NETLINK.NETLINK_GENERIC, lines.Text);
        lines.Text.Append(CultureInfo.InvariantCulture, $" seq {header.nlmsg_seq} pid {header.nlmsg_pid}");
    }

    private void PrintError(NETLINK protocol, in nlmsghdr header, ReadOnlySpan<byte> payload, Lines lines)
    {
        if (!TryPrintErrno(ref payload, lines))
            return;
        if (payload.Length < MessageWriter.HeaderSize)
        {
            PrintRest(payload, lines);
            return;
        }

        var echoed = MemoryMarshal.Read<nlmsghdr>(payload);
        var isCapped = (header.nlmsg_flags & NLM_F.NLM_F_CAPPED) != 0;
        // Without explanation the header alone is there where the request was acknowledged, flagged or not.
        var length = isCapped || echoed.nlmsg_len < MessageWriter.HeaderSize || echoed.nlmsg_len > (uint)payload.Length
            ? MessageWriter.HeaderSize
            : (int)echoed.nlmsg_len;
        var request = payload[..length];
        var space = _catalog.SpaceOf(protocol, echoed.nlmsg_type);
        lines.Begin("request ");
        PrintHeader(protocol, echoed, lines.Inline());
        lines.End();
        if (length > MessageWriter.HeaderSize)
            PrintInside(request[MessageWriter.HeaderSize..], space, lines.Deeper(), isMessage: true);
        PrintExplanation(header, payload[Math.Min((length + 3) & ~3, payload.Length)..], lines);
        PrintPaths(header, payload, request, space, lines);
    }

    /// <summary>Names the attributes whose offsets the kernel told, where the request is there to look at.</summary>
    private static void PrintPaths(in nlmsghdr header, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> request, AttributeSpace? space, Lines lines)
    {
        if (space is null || (header.nlmsg_flags & NLM_F.NLM_F_ACK_TLVS) == 0 || request.Length == MessageWriter.HeaderSize)
            return;
        var explanation = payload[Math.Min((request.Length + 3) & ~3, payload.Length)..];
        var error = AckReader.ReadAttributes(Errno.EINVAL, explanation, request, space);
        if (error.Attribute is not null)
            lines.Line($"attribute {error.Attribute}");
        if (error.MissingAttribute is not null)
            lines.Line($"missing {error.MissingAttribute}");
    }

    private void PrintDone(in nlmsghdr header, ReadOnlySpan<byte> payload, Lines lines)
    {
        if (!payload.IsEmpty && TryPrintErrno(ref payload, lines))
            PrintExplanation(header, payload, lines);
    }

    private static bool TryPrintErrno(ref ReadOnlySpan<byte> payload, Lines lines)
    {
        if (payload.Length < 4)
        {
            PrintRest(payload, lines);
            return false;
        }

        var number = MemoryMarshal.Read<int>(payload);
        payload = payload[4..];
        lines.Line(number is < 0 and >= -AckReader.MaximumErrno
            ? string.Create(CultureInfo.InvariantCulture, $"error {number} {Errno.NameOf(-number)}")
            : string.Create(CultureInfo.InvariantCulture, $"error {number}"));
        return true;
    }

    private void PrintExplanation(in nlmsghdr header, ReadOnlySpan<byte> attributes, Lines lines)
    {
        if ((header.nlmsg_flags & NLM_F.NLM_F_ACK_TLVS) != 0)
            PrintAttributes(attributes, AckSpaces.Explanation, lines);
        else
            PrintRest(attributes, lines);
    }

    /// <summary>Tells a header and the attributes behind it.</summary>
    private void PrintInside(ReadOnlySpan<byte> bytes, AttributeSpace? space, Lines lines, bool isMessage = false)
    {
        if (space?.Header is { } header)
        {
            if (bytes.IsEmpty)
                return;
            var length = Math.Min(space.HeaderLength, bytes.Length);
            lines.Begin("");
            header.TryWrite(bytes[..length], lines.Text);
            lines.End();
            bytes = bytes[length..];
        }
        else if (isMessage && space is null)
        {
            // Without its header's length nobody knows where its attributes start.
            PrintRest(bytes, lines);
            return;
        }

        PrintAttributes(bytes, space, lines);
    }

    private void PrintRecords(ReadOnlySpan<byte> bytes, AttributeSpace space, Lines lines)
    {
        while (bytes.Length >= space.HeaderLength)
        {
            int length = MemoryMarshal.Read<ushort>(bytes);
            if (length < space.HeaderLength || length > bytes.Length)
                break;
            PrintInside(bytes[..length], space, lines);
            bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..];
        }

        PrintRest(bytes, lines);
    }

    private void PrintAttributes(ReadOnlySpan<byte> bytes, AttributeSpace? space, Lines lines)
    {
        var siblings = bytes;
        while (bytes.Length >= 4)
        {
            int length = MemoryMarshal.Read<ushort>(bytes);
            if (length < 4 || length > bytes.Length)
                break;
            var type = MemoryMarshal.Read<ushort>(bytes[2..]);
            PrintAttribute(type, bytes[4..length], siblings, space, lines);
            bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..]; // NLA_ALIGN
        }

        PrintRest(bytes, lines);
    }

    private void PrintAttribute(ushort type, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> siblings, AttributeSpace? space, Lines lines)
    {
        var id = (ushort)(type & NLA.NLA_TYPE_MASK);
        lines.Begin(space?.IsNamed(id) == true ? space.NameOf(id) : string.Create(CultureInfo.InvariantCulture, $"attribute {id}"));
        var inside = space?.Inside(id, siblings);
        var isFlagged = (type & NLA.NLA_F_NESTED) != 0;
        var isNest = inside is not null || (isFlagged && space?.FormatOf(id) is null && IsWhole(payload));
        if (isNest && lines.Depth < MaximumDepth)
        {
            lines.Append(isFlagged ? ": NLA_F_NESTED" : ":");
            if (inside is { IsHeaderOnly: true })
            {
                lines.Append(" ");
                inside.Header!.TryWrite(payload, lines.Text);
                lines.End();
                return;
            }

            lines.End();
            if (inside is { IsRecords: true })
                PrintRecords(payload, inside, lines.Deeper());
            else
                PrintInside(payload, inside, lines.Deeper());
            return;
        }

        if ((type & NLA.NLA_F_NET_BYTEORDER) != 0)
            lines.Append(" NLA_F_NET_BYTEORDER");
        var start = lines.Text.Length;
        if (space?.FormatOf(id) is { } format)
        {
            lines.Append(" ");
            if (format.TryWrite(payload, lines.Text))
            {
                lines.End();
                return;
            }

            lines.Text.Length = start;
        }

        lines.Append(" ");
        lines.Text.AppendBytes(payload);
        lines.End();
    }

    /// <summary>Whether the bytes are attributes from beginning to end.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 4)
        {
            int length = MemoryMarshal.Read<ushort>(bytes);
            if (length < 4 || length > bytes.Length)
                return false;
            bytes = bytes[Math.Min((length + 3) & ~3, bytes.Length)..];
        }

        return bytes.IsEmpty;
    }

    private static void PrintRest(ReadOnlySpan<byte> bytes, Lines lines)
    {
        if (bytes.IsEmpty)
            return;
        lines.Begin("no attribute: ");
        lines.Text.AppendBytes(bytes);
        lines.End();
    }
}
