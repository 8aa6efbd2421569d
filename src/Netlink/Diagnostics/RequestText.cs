using System.Runtime.CompilerServices;

namespace VffNetlink.Diagnostics;

/// <summary>The words that tell what a request is about, the same for every family. Nothing is allocated.</summary>
public static class RequestText
{
    /// <summary>Puts the device: <c> on index 4</c>; nothing for 0, which is none.</summary>
    public static void PutIndex(scoped ref DefaultInterpolatedStringHandler text, int index)
    {
        if (index == 0)
            return;
        text.AppendLiteral(" on index ");
        text.AppendFormatted(index);
    }

    /// <summary>Puts a string of the request, such as a kind, behind a space; nothing where it is empty.</summary>
    public static void Put(scoped ref DefaultInterpolatedStringHandler text, ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[64];
        if (utf8.IsEmpty || !System.Text.Encoding.UTF8.TryGetChars(utf8, chars, out var length))
            return;
        text.AppendLiteral(" ");
        text.AppendFormatted((ReadOnlySpan<char>)chars[..length]);
    }
}
