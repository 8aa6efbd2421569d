using System.Globalization;
using System.Text;
using VffNetlink;

namespace Vffnl.Output;

/// <summary>
/// Text for people and for grep, an object a line: <c>name=value</c>, what is inside in brackets behind its name, arrays with commas, and an empty one as <c>none</c>.
/// </summary>
/// <param name="output">Where it goes.</param>
/// <param name="isStream">Whether each object is handed on by itself; else in pieces that are worth a system call.</param>
internal sealed class LineReport(Stream output, bool isStream) : Report
{
    private const int Enough = 1 << 15;

    private readonly StringBuilder _text = new(Enough + (Enough / 8));
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly byte[] _bytes = new byte[2 * Enough];
    private readonly Stack<bool> _arrays = new(); // of the objects and arrays that were begun: which are arrays
    private bool _isFirst = true;

    /// <inheritdoc/>
    public override void BeginObject(string? name = null)
    {
        if (_arrays.Count > 0)
        {
            if (name is not null)
                Name(name);
            _text.Append('(');
        }

        _arrays.Push(false);
        _isFirst = true;
    }

    /// <inheritdoc/>
    public override void EndObject()
    {
        _arrays.Pop();
        _text.Append(_arrays.Count > 0 ? ')' : '\n');
        _isFirst = false;
    }

    /// <inheritdoc/>
    public override void BeginArray(string name)
    {
        Name(name);
        _arrays.Push(true);
        _isFirst = true;
    }

    /// <inheritdoc/>
    public override void EndArray()
    {
        if (_isFirst)
            _text.Append("=none");
        _arrays.Pop();
        _isFirst = false;
    }

    /// <inheritdoc/>
    public override void Item(string value) => BeginItem().Append(TextReport.Plain(value));

    /// <inheritdoc/>
    public override void Item(long value) => BeginItem().Append(CultureInfo.InvariantCulture, $"{value}");

    /// <inheritdoc/>
    public override void Text(string name, string value) => Name(name).Append('=').Append(TextReport.Plain(value));

    /// <inheritdoc/>
    public override void Address(string name, InetAddress value) => Name(name).Append(CultureInfo.InvariantCulture, $"={value}");

    /// <inheritdoc/>
    public override void Number(string name, long value) => Name(name).Append(CultureInfo.InvariantCulture, $"={value}");

    /// <inheritdoc/>
    public override void Number(string name, ulong value) => Name(name).Append(CultureInfo.InvariantCulture, $"={value}");

    /// <inheritdoc/>
    public override void Hundredths(string name, ulong value) => Name(name).Append(CultureInfo.InvariantCulture, $"={value / 100}.{value % 100:00}");

    /// <inheritdoc/>
    public override void Lifetime(string name, uint? seconds)
    {
        if (seconds is { } number)
            Number(name, (ulong)number);
        else
            Text(name, "forever");
    }

    /// <inheritdoc/>
    public override void Flag(string name, bool value)
    {
        Name(name);
        if (!value)
            _text.Append("=off");
    }

    /// <inheritdoc/>
    public override void Mark(string name) => Name(name);

    /// <inheritdoc/>
    public override void Flush()
    {
        if (isStream || _text.Length >= Enough)
            Complete();
    }

    /// <summary>Hands all on.</summary>
    public void Complete()
    {
        foreach (var chunk in _text.GetChunks())
        {
            for (var rest = chunk.Span; !rest.IsEmpty;)
            {
                _encoder.Convert(rest, _bytes, flush: false, out var taken, out var written, out _);
                output.Write(_bytes.AsSpan(0, written));
                rest = rest[taken..];
            }
        }

        _text.Clear();
    }

    private StringBuilder Name(string name)
    {
        if (!_isFirst)
            _text.Append(' ');
        _isFirst = false;
        return _text.Append(name);
    }

    private StringBuilder BeginItem()
    {
        _text.Append(_isFirst ? '=' : ',');
        _isFirst = false;
        return _text;
    }
}
