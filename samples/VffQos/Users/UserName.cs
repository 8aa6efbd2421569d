using System.Buffers;
using System.Text.Unicode;

namespace VffQos.Users;

/// <summary>What a user may be called, the same in the configuration, in sources and in the state: any text without control characters.</summary>
internal static class UserName
{
    /// <summary>Bytes of a name in UTF-8.</summary>
    public const int MaxLength = 256;

    private static readonly SearchValues<byte> AsciiControls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (byte)c), 0x7f]);

    /// <summary>Judges a name in UTF-8 and allocates nothing.</summary>
    public static UserNameFault Check(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return UserNameFault.Empty;
        if (name.Length > MaxLength)
            return UserNameFault.TooLong;
        if (!Utf8.IsValid(name))
            return UserNameFault.NotUtf8;
        if (name.ContainsAny(AsciiControls))
            return UserNameFault.ControlCharacters;
        // What is left of the controls is C1, U+0080 to U+009F: 0xc2 and a byte below 0xa0, which valid UTF-8 has.
        for (var rest = name; ;)
        {
            var i = rest.IndexOf((byte)0xc2);
            if (i < 0)
                return UserNameFault.None;
            if (rest[i + 1] < 0xa0)
                return UserNameFault.ControlCharacters;
            rest = rest[(i + 2)..];
        }
    }
}
