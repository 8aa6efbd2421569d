namespace VffQos.Sources;

/// <summary>
/// Reads addresses from UTF-8 without allocating. Only the forms that programs print are read: no octal or short IPv4
/// ("010.1", "1"), which <see cref="System.Net.IPAddress"/> takes for an address.
/// </summary>
internal static class Utf8Address
{
    /// <summary>Reads <c>203.0.113.7:443</c>, <c>[2001:db8::2]:443</c> or <c>[fe80::1%eth0]:443</c>; a zone is left out.</summary>
    public static bool TryParseEndpoint(ReadOnlySpan<byte> text, out ClientEndpoint endpoint)
    {
        endpoint = default;
        var colon = text.LastIndexOf((byte)':');
        if (colon < 0 || !TryParsePort(text[(colon + 1)..], out var port))
            return false;
        var host = text[..colon];
        if (host is not [(byte)'[', .. var inner, (byte)']'])
        {
            if (!TryParseIPv4(host, out var ipv4))
                return false;
            endpoint = new(ipv4, port);
            return true;
        }

        var zone = inner.IndexOf((byte)'%');
        if (zone == inner.Length - 1 || !TryParseIPv6(zone < 0 ? inner : inner[..zone], out var ipv6))
            return false;
        endpoint = new(ipv6, port);
        return true;
    }

    /// <summary>Reads four decimal numbers of at most 255 and without leading zeros.</summary>
    public static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var digits = CountDigits(text);
            if (digits is 0 or > 3 || (digits > 1 && text[0] == '0'))
                return false;
            var value = Number(text[..digits]);
            if (value > 255)
                return false;
            address = (address << 8) | value;
            text = text[digits..];
            if (part == 3)
                break;
            if (text is not [(byte)'.', ..])
                return false;
            text = text[1..];
        }

        return text.IsEmpty;
    }

    /// <summary>Reads RFC 4291's text: groups of 16 bits, at most one "::", the last 32 bits also as IPv4.</summary>
    public static bool TryParseIPv6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = 0;
        UInt128 head = 0; // before "::"
        UInt128 tail = 0; // after it
        var headGroups = 0;
        var tailGroups = 0;
        var isCompressed = false;
        if (text.StartsWith("::"u8))
        {
            isCompressed = true;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            ref var part = ref (isCompressed ? ref tail : ref head);
            ref var groups = ref (isCompressed ? ref tailGroups : ref headGroups);
            var digits = CountHexDigits(text, out var group);
            if (digits < text.Length && text[digits] == '.')
            {
                if (!TryParseIPv4(text, out var ipv4))
                    return false;
                part = (part << 32) | ipv4;
                groups += 2;
                break;
            }

            if (digits is 0 or > 4)
                return false;
            part = (part << 16) | group;
            groups++;
            text = text[digits..];
            if (text.IsEmpty)
                break;
            if (headGroups + tailGroups == 8 || text[0] != ':')
                return false;
            text = text[1..];
            if (text is [(byte)':', ..])
            {
                if (isCompressed)
                    return false;
                isCompressed = true;
                text = text[1..];
            }
            else if (text.IsEmpty)
            {
                return false;
            }
        }

        if (isCompressed ? headGroups + tailGroups > 7 : headGroups != 8)
            return false;
        // A shift by 128 would be one by 0.
        address = headGroups == 0 ? tail : (head << (16 * (8 - headGroups))) | tail;
        return true;
    }

    private static bool TryParsePort(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        var digits = CountDigits(text);
        if (digits is 0 or > 5 || digits != text.Length)
            return false;
        var value = Number(text);
        port = (ushort)value;
        return value <= ushort.MaxValue;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    private static int CountHexDigits(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        var count = 0;
        while (count < text.Length && char.IsAsciiHexDigit((char)text[count]))
        {
            var c = text[count++];
            value = (value << 4) | (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }

        return count;
    }

    private static uint Number(ReadOnlySpan<byte> digits)
    {
        var value = 0u;
        foreach (var digit in digits)
            value = (value * 10) + (uint)(digit - '0');
        return value;
    }
}
