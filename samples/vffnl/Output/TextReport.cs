using System.Globalization;
using System.Text;
using VffNetlink;

namespace Vffnl.Output;

/// <summary>
/// Text for people: an object starts at the left, its fields follow as names and values, and what is inside it stands further right on
/// lines of its own. What is empty is left out.
/// </summary>
internal sealed class TextReport(Stream output) : Report
{
    private const int Width = 110;
    private const int Step = 4;
    private const string Between = "  ";

    private readonly StringBuilder _text = new();
    private Frame? _frame;
    private int _lineStart;
    private bool _isFresh;

    /// <inheritdoc/>
    public override void BeginObject(string? name = null) => _frame = new Frame(_frame, name);

    /// <inheritdoc/>
    public override void EndObject()
    {
        Leave();
        if (_frame is null && _text.Length > _lineStart)
        {
            _text.Append('\n');
            _lineStart = _text.Length;
        }
    }

    /// <inheritdoc/>
    public override void BeginArray(string name) => _frame = new Frame(_frame, name);

    /// <inheritdoc/>
    public override void EndArray()
    {
        var array = Leave();
        if (array.Items.Count > 0)
            Put($"{array.Name} {string.Join(',', array.Items)}");
    }

    /// <inheritdoc/>
    public override void Item(string value) => _frame!.Items.Add(Plain(value));

    /// <inheritdoc/>
    public override void Item(long value) => _frame!.Items.Add(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void Address(string name, InetAddress value) => Put($"{name} {value}");

    /// <inheritdoc/>
    public override void Text(string name, string value) => Put($"{name} {Plain(value)}");

    /// <inheritdoc/>
    public override void Number(string name, long value) => Put(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));

    /// <inheritdoc/>
    public override void Number(string name, ulong value) => Put(string.Create(CultureInfo.InvariantCulture, $"{name} {value}"));

    /// <inheritdoc/>
    public override void Hundredths(string name, ulong value) => Put(string.Create(CultureInfo.InvariantCulture, $"{name} {value / 100}.{value % 100:00}"));

    /// <inheritdoc/>
    public override void Lifetime(string name, uint? seconds) => Put(seconds is null ? $"{name} forever" : string.Create(CultureInfo.InvariantCulture, $"{name} {seconds}"));

    /// <inheritdoc/>
    public override void Flag(string name, bool value) => Put(value ? name : $"{name} off");

    /// <inheritdoc/>
    public override void Mark(string name) => Put(name);

    /// <inheritdoc/>
    public override void Flush()
    {
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        _text.Clear();
        _lineStart = 0;
    }

    /// <summary>Names may have anything in them: what is no plain word is quoted, what a terminal would obey is told by its number.</summary>
    internal static string Plain(string value)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange('!', '~') && !value.Contains('"'))
            return value;
        return AppendHarmless(new StringBuilder("\""), value, quoted: true).Append('"').ToString();
    }

    /// <summary>Appends what may have anything in it: what a terminal would obey, line ends among it, is told by its number.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="value">From outside.</param>
    /// <param name="quoted">Whether quotation marks stand around it, so that those inside are to be told apart.</param>
    internal static StringBuilder AppendHarmless(StringBuilder text, string value, bool quoted = false)
    {
        foreach (var c in value)
        {
            if (quoted && (c is '"' or '\\'))
                text.Append('\\').Append(c);
            else if (char.IsControl(c))
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                text.Append(c);
        }

        return text;
    }

    private void Put(string pair)
    {
        var frame = _frame!;
        Begin(frame);
        if (frame.WantsLine || (!_isFresh && _text.Length - _lineStart + Between.Length + pair.Length > Width))
            StartLine(frame.Indent);
        frame.WantsLine = false;
        if (!_isFresh)
            _text.Append(Between);
        _text.Append(pair);
        _isFresh = false;
    }

    /// <summary>Starts the line of an object or array that has something to tell after all.</summary>
    private void Begin(Frame frame)
    {
        if (frame.IsBegun)
            return;
        frame.IsBegun = true;
        if (frame.Outer is not null)
            Begin(frame.Outer);
        StartLine(frame.Left);
        if (frame.Name is null)
            return;
        _text.Append(frame.Name).Append(':');
        _isFresh = false;
    }

    private Frame Leave()
    {
        var frame = _frame!;
        _frame = frame.Outer;
        if (frame.IsBegun && _frame is not null)
            _frame.WantsLine = true;
        return frame;
    }

    private void StartLine(int indent)
    {
        if (_text.Length > _lineStart)
            _text.Append('\n');
        _lineStart = _text.Length;
        _text.Append(' ', indent);
        _isFresh = true;
    }

    /// <summary>An object or array that was begun.</summary>
    private sealed class Frame(Frame? outer, string? name)
    {
        public Frame? Outer => outer;

        public string? Name => name;

        public List<string> Items { get; } = [];

        /// <summary>Where its first line starts.</summary>
        public int Left { get; } = outer?.Indent ?? 0;

        /// <summary>Where its other lines start.</summary>
        public int Indent => Left + Step;

        public bool IsBegun { get; set; }

        /// <summary>Whether the next field stands on a line of its own, behind something that was inside.</summary>
        public bool WantsLine { get; set; }
    }
}
