using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using VffNetlink;

namespace Vffnl.Output;

/// <summary>JSON: one array of all objects, or each object on a line of its own.</summary>
internal sealed class JsonReport : Report, IDisposable
{
    private const int Enough = 1 << 15;

    private readonly Stream _output;
    private readonly bool _isStream;
    private readonly Utf8JsonWriter _json;

    /// <param name="output">Where it goes.</param>
    /// <param name="isStream">Whether objects come one by one, without an end.</param>
    public JsonReport(Stream output, bool isStream)
    {
        _output = output;
        _isStream = isStream;
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (!isStream)
            _json.WriteStartArray();
    }

    /// <inheritdoc/>
    public override void BeginObject(string? name = null)
    {
        if (name is null)
            _json.WriteStartObject();
        else
            _json.WriteStartObject(name);
    }

    /// <inheritdoc/>
    public override void EndObject() => _json.WriteEndObject();

    /// <inheritdoc/>
    public override void BeginArray(string name) => _json.WriteStartArray(name);

    /// <inheritdoc/>
    public override void EndArray() => _json.WriteEndArray();

    /// <inheritdoc/>
    public override void Item(string value) => _json.WriteStringValue(value);

    /// <inheritdoc/>
    public override void Item(long value) => _json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override void Text(string name, string value) => _json.WriteString(name, value);

    /// <inheritdoc/>
    public override void Address(string name, InetAddress value)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var length);
        _json.WriteString(name, text[..length]);
    }

    /// <inheritdoc/>
    public override void Number(string name, long value) => _json.WriteNumber(name, value);

    /// <inheritdoc/>
    public override void Number(string name, ulong value) => _json.WriteNumber(name, value);

    /// <inheritdoc/>
    public override void Hundredths(string name, ulong value)
    {
        _json.WritePropertyName(name);
        _json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{value / 100}.{value % 100:00}"));
    }

    /// <inheritdoc/>
    public override void Lifetime(string name, uint? seconds) => _json.WriteNumber(name, seconds ?? uint.MaxValue);

    /// <inheritdoc/>
    public override void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    /// <inheritdoc/>
    public override void Mark(string name) => _json.WriteNull(name);

    /// <inheritdoc/>
    public override void Flush()
    {
        if (!_isStream)
        {
            if (_json.BytesPending >= Enough)
                _json.Flush();
            return;
        }

        _json.Flush();
        _json.Reset();
        _output.Write("\n"u8);
    }

    /// <summary>Ends the array and hands all on.</summary>
    public void Complete()
    {
        if (_isStream)
            return;
        _json.WriteEndArray();
        _json.Flush();
        _output.Write("\n"u8);
    }

    /// <summary>What was not handed on is dropped: it is not whole.</summary>
    public void Dispose()
    {
        _json.Reset();
        _json.Dispose();
    }
}
