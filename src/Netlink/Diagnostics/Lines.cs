using System.Text;

namespace VffNetlink.Diagnostics;

/// <summary>Lines of text at one depth.</summary>
internal readonly struct Lines(StringBuilder text, int depth, bool isInline = false)
{
    public StringBuilder Text => text;

    public int Depth => depth;

    public Lines Deeper() => new(text, depth + 1);

    /// <summary>What is written on the line that was begun already.</summary>
    public Lines Inline() => new(text, depth, isInline: true);

    public void Begin(string start)
    {
        if (!isInline)
            text.Append(' ', 2 * depth);
        text.Append(start);
    }

    public void Append(string more) => text.Append(more);

    public void End()
    {
        // A flag has nothing behind its name.
        if (text[^1] == ' ')
            text.Length--;
        text.Append('\n');
    }

    public void Line(string line)
    {
        Begin(line);
        End();
    }
}
