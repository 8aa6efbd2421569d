using System.Buffers;
using VffQos.Users;

namespace VffQos.Sources.Xray;

/// <summary>
/// One line of Xray's access log, read without allocating. It is a view of the line's bytes.
/// </summary>
/// <remarks>
/// <code>
/// 2026/11/21 10:00:00.123456 from [tcp:|udp:]CLIENT accepted TO[ [DETOUR]][ REASON][ email: USER]
/// </code>
/// TO and REASON are text of the client's own choosing, and so is much of Xray's general log, which shares the file where both go
/// to standard output. So nothing is searched for in the middle: the client is the first field behind the first " from ", the
/// status the field after it, and the user all that follows the last " email: ".
/// </remarks>
internal readonly ref struct XrayLine
{
    /// <summary>Longer lines are not Xray's: a TO holds at most an 8 KiB URL.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly SearchValues<byte> ControlBytes =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), 0x7f]);

    private XrayLine(XrayLineVerdict verdict, ClientEndpoint client, ClientTransport transport, ReadOnlySpan<byte> user)
    {
        Verdict = verdict;
        Client = client;
        Transport = transport;
        User = user;
    }

    /// <summary>Whether the line counts.</summary>
    public XrayLineVerdict Verdict { get; }

    /// <summary>Where the client's packets come from; set for <see cref="XrayLineVerdict.Accepted"/> and, except for Unix sockets, <see cref="XrayLineVerdict.LocalClient"/>.</summary>
    public ClientEndpoint Client { get; }

    /// <summary>What stood before the client's own address.</summary>
    public ClientTransport Transport { get; }

    /// <summary>The user's name in UTF-8; also set where only the client is at fault.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>Reads a line without its line feed.</summary>
    /// <returns>Whether <see cref="Verdict"/> is <see cref="XrayLineVerdict.Accepted"/>.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out XrayLine line)
    {
        var verdict = Parse(text, out var client, out var transport, out var user);
        line = new(verdict, client, transport, user);
        return verdict == XrayLineVerdict.Accepted;
    }

    private static XrayLineVerdict Parse(ReadOnlySpan<byte> text, out ClientEndpoint client, out ClientTransport transport, out ReadOnlySpan<byte> user)
    {
        client = default;
        transport = default;
        user = default;
        if (text.Length > MaxLength)
            return XrayLineVerdict.Overlong;
        // A container's terminal ends lines with CR LF.
        if (text is [.., (byte)'\r'])
            text = text[..^1];
        var from = text.IndexOf(" from "u8);
        if (from < 0 || IsGeneralMessage(text[..from]))
            return XrayLineVerdict.NotAccess;

        var rest = text[(from + " from ".Length)..];
        var clientLength = rest.IndexOf((byte)' ');
        if (clientLength < 0)
            return XrayLineVerdict.NotAccess;
        var clientField = rest[..clientLength];
        rest = rest[clientLength..];
        if (!SkipMaskedSpace(clientField, ref rest) || !rest.StartsWith(" accepted "u8))
            return rest.StartsWith(" rejected "u8) ? XrayLineVerdict.Rejected : XrayLineVerdict.NotAccess;
        if (text.ContainsAny(ControlBytes))
            return XrayLineVerdict.ControlCharacters;

        rest = rest[" accepted".Length..];
        var email = rest.LastIndexOf(" email: "u8);
        if (email < 0 || email + " email: ".Length == rest.Length)
            return XrayLineVerdict.NoUser;
        var name = rest[(email + " email: ".Length)..];
        switch (UserName.Check(name))
        {
            case UserNameFault.None:
                break;
            case UserNameFault.ControlCharacters:
                return XrayLineVerdict.ControlCharacters;
            default:
                return XrayLineVerdict.BadUser;
        }

        user = name;
        return ParseClient(clientField, out client, out transport);
    }

    /// <summary>Xray's general messages have their severity where an access line has " from "; clients can put text into them.</summary>
    private static bool IsGeneralMessage(ReadOnlySpan<byte> beforeFrom) =>
        beforeFrom.Contains((byte)'[')
        && (beforeFrom.IndexOf("[Debug] "u8) >= 0 || beforeFrom.IndexOf("[Info] "u8) >= 0
            || beforeFrom.IndexOf("[Warning] "u8) >= 0 || beforeFrom.IndexOf("[Error] "u8) >= 0
            || beforeFrom.IndexOf("[Unknown] "u8) >= 0);

    private static XrayLineVerdict ParseClient(ReadOnlySpan<byte> field, out ClientEndpoint client, out ClientTransport transport)
    {
        client = default;
        transport = ClientTransport.Unknown;
        if (field is [(byte)'@', ..] || field.StartsWith("unix:"u8))
            return XrayLineVerdict.LocalClient;
        if (field.StartsWith("tcp:"u8))
            transport = ClientTransport.Tcp;
        else if (field.StartsWith("udp:"u8))
            transport = ClientTransport.Udp;
        if (transport != ClientTransport.Unknown)
            field = field["tcp:".Length..];
        if (IsMasked(field))
            return XrayLineVerdict.MaskedClient;
        if (!ClientEndpoint.TryParse(field, out var endpoint) || !endpoint.CanBeSource)
            return XrayLineVerdict.BadClient;
        client = endpoint;
        return endpoint.IsLoopback ? XrayLineVerdict.LocalClient : XrayLineVerdict.Accepted;
    }

    /// <summary>The forms of <c>maskAddress</c>: <c>1.2.*.*:443</c>, <c>[2001:db8::/32]:443</c>, <c>[Masked IPv4]:443</c>, <c>[Masked IPv6]:443</c>.</summary>
    private static bool IsMasked(ReadOnlySpan<byte> field) => field.ContainsAny((byte)'*', (byte)'/') || IsFullyMasked(field);

    private static bool IsFullyMasked(ReadOnlySpan<byte> field) => field.EndsWith("[Masked"u8);

    /// <summary>A fully masked address holds a space: its second half is skipped so that the status is found.</summary>
    private static bool SkipMaskedSpace(ReadOnlySpan<byte> clientField, ref ReadOnlySpan<byte> rest)
    {
        if (!IsFullyMasked(clientField))
            return true;
        var end = rest[1..].IndexOf((byte)' ');
        if (end < 0)
            return false;
        rest = rest[(1 + end)..];
        return true;
    }
}
